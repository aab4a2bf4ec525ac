import { emulatorForSuite } from "../running-emulator";

// The SDK of Cost Explorer is not a dependency; its protocol is AWS JSON 1.1.
describe("Cost Explorer", () => {
  const aws = emulatorForSuite();
  const call = async (operation: string, input: object, region = "us-east-1"): Promise<Reply> => {
    const { endpoint, credentials } = aws.client();
    const scope = `${credentials.accessKeyId}/20250101/${region}/ce/aws4_request`;
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSInsightsIndexService.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return (await response.json()) as Reply; // the fields are those that the tests read
  };
  const createMonitor = (MonitorDimension: string) =>
    call("CreateAnomalyMonitor", {
      AnomalyMonitor: { MonitorName: MonitorDimension, MonitorType: "DIMENSIONAL", MonitorDimension },
    });
  const subscribe = (monitor: string, Frequency: string, Type: string) => {
    const Address = Type === "EMAIL" ? "on-call@example.com" : "arn:aws:sns:us-east-1:111122223333:alarms";
    const Subscribers = [{ Address, Type }];
    const subscription = { SubscriptionName: "own", MonitorArnList: [monitor], Subscribers, Frequency, Threshold: 10 };
    return call("CreateAnomalySubscription", { AnomalySubscription: subscription });
  };
  const monitorOf = async (region?: string): Promise<string> =>
    (await call("GetAnomalyMonitors", {}, region)).AnomalyMonitors?.[0]?.MonitorArn ?? "";

  it("refuses a second monitor of a dimension [dimensional-monitor-quota]", async () => {
    expect((await createMonitor("SERVICE")).__type).toBeUndefined();
    expect((await createMonitor("SERVICE")).__type).toBe("ValidationException");
  });

  it("has the same monitors in all Regions", async () => {
    await createMonitor("SERVICE");
    expect(await monitorOf("eu-west-1")).toBe(await monitorOf());
    expect(await monitorOf("eu-west-1")).toMatch(/^arn:/);
  });

  it("refuses a subscription to a monitor that does not exist [anomaly-monitor-not-found]", async () => {
    await createMonitor("SERVICE");
    const unknown = "arn:aws:ce::111122223333:anomalymonitor/00000000-0000-0000-0000-000000000000";
    expect((await subscribe(unknown, "DAILY", "EMAIL")).__type).toBe("UnknownMonitorException");
    expect((await subscribe(await monitorOf(), "DAILY", "EMAIL")).__type).toBeUndefined();
  });

  it("refuses daily notifications of a topic [anomaly-subscription-frequency]", async () => {
    await createMonitor("SERVICE");
    const monitor = await monitorOf();
    expect((await subscribe(monitor, "DAILY", "SNS")).__type).toBe("ValidationException");
    expect((await subscribe(monitor, "IMMEDIATE", "EMAIL")).__type).toBe("ValidationException");
    expect((await subscribe(monitor, "IMMEDIATE", "SNS")).__type).toBeUndefined();
  });
});

interface Reply {
  readonly __type?: string;
  readonly AnomalyMonitors?: readonly { readonly MonitorArn: string }[];
}
