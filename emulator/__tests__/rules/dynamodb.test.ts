import { emulatorForSuite } from "../running-emulator";

describe("DynamoDB", () => {
  const aws = emulatorForSuite();
  /** The SDK of DynamoDB is not a dependency; its protocol is JSON. */
  const call = async (operation: string, input: object): Promise<string> => {
    const { endpoint, region, credentials } = aws.client();
    const scope = `${credentials.accessKeyId}/20260101/${region}/dynamodb/aws4_request`;
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return response.ok ? "" : await response.text();
  };

  it("refuses to enable or disable time to live twice [time-to-live-unchanged]", async () => {
    const created = await call("CreateTable", {
      TableName: "orders",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    });
    expect(created).toBe("");
    const set = (Enabled: boolean) =>
      call("UpdateTimeToLive", {
        TableName: "orders",
        TimeToLiveSpecification: { Enabled, AttributeName: "expires" },
      });
    expect(await set(false)).toContain("TimeToLive is already disabled");
    expect(await set(true)).toBe("");
    expect(await set(true)).toContain("TimeToLive is already enabled");
    expect(await set(false)).toBe("");
  });
});
