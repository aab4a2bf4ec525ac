import { request as httpRequest, type IncomingMessage } from "node:http";
import {
  CreateRuleCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatorForSuite } from "../running-emulator";
import { Deployment, echoCommands, echoed, type DeployedBalancer } from "./deployment";

describe("headers at an Application Load Balancer", () => {
  const aws = emulatorForSuite({ commands: echoCommands });
  const deployment = new Deployment(aws);
  let balancer: DeployedBalancer;
  let targetGroup: string;
  let url: string;
  const set = (Key: string, Value: string): Promise<unknown> =>
    deployment.elb.send(
      new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: balancer.arn, Attributes: [{ Key, Value }] }),
    );
  const received = async (headers: Record<string, string>): Promise<Record<string, string>> =>
    (await echoed(await aws.request(url, { headers }))).headers;
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await aws.request(url, { headers })).status;

  beforeAll(async () => {
    targetGroup = await deployment.targetGroup("echo");
    balancer = await deployment.balancer("shop", [{ Type: "forward", TargetGroupArn: targetGroup }]);
    url = `http://${balancer.dnsName}/`;
    await deployment.service(targetGroup, await deployment.taskDefinition());
    const FixedResponseConfig = { StatusCode: "200", MessageBody: "fixed" };
    await deployment.elb.send(
      new CreateRuleCommand({
        ListenerArn: balancer.listenerArn,
        Priority: 1,
        Conditions: [{ Field: "path-pattern", Values: ["/fixed"] }],
        Actions: [{ Type: "fixed-response", FixedResponseConfig }],
      }),
    );
  });

  it("are refused with the method TRACE, with more than 30 addresses, and beyond 16 KB a line and 64 KB in all", async () => {
    expect((await aws.request(url, { method: "TRACE" })).status).toBe(405);
    const addresses = (count: number): string => Array.from({ length: count }, () => "192.0.2.1").join(", ");
    expect(await status({ "x-forwarded-for": addresses(31) })).toBe(463);
    expect(await status({ "x-forwarded-for": addresses(30) })).toBe(200);
    expect(await status({ "x-long": "a".repeat(17_000) })).toBe(400);
    const many = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [`x-${name}`, "a".repeat(15_000)]));
    expect(await status(many)).toBe(400);
    expect((await aws.request(`${url}${"a".repeat(17_000)}`)).status).toBe(414);
  });

  it("reach it together with more than 16 KB", async () => {
    const headers = { host: balancer.dnsName, "x-a": "a".repeat(10_000), "x-b": "b".repeat(10_000) };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest(`${aws.endpoint}/fixed`, { headers }, resolve).on("error", reject).end();
    });
    response.resume();
    expect(response.statusCode).toBe(200);
  });

  it("keep the root of a trace, to which it adds itself", async () => {
    const trace = async (id?: string) =>
      (await received(id === undefined ? {} : { "x-amzn-trace-id": id }))["x-amzn-trace-id"];
    expect(await trace()).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    const root = "Root=1-67891233-abcdef012345678912345678;CalledFrom=app";
    const pattern = new RegExp(`^Self=1-[0-9a-f]{8}-[0-9a-f]{24};${root}$`);
    expect(await trace(root)).toMatch(pattern);
    expect(await trace(`Self=1-67891233-000000000000000000000000;${root}`)).toMatch(pattern);
  });

  it("have the addresses of clients as its attributes say", async () => {
    const headers = { "x-forwarded-for": "192.0.2.1" };
    const addresses = async () => (await received(headers))["x-forwarded-for"];
    expect(await addresses()).toBe("192.0.2.1, 203.0.113.10");
    await set("routing.http.xff_client_port.enabled", "true");
    expect(await addresses()).toMatch(/^192\.0\.2\.1, 203\.0\.113\.10:\d+$/);
    await set("routing.http.xff_header_processing.mode", "preserve");
    expect(await addresses()).toBe("192.0.2.1");
    await set("routing.http.xff_header_processing.mode", "remove");
    expect(await addresses()).toBeUndefined();
  });

  it("are dropped when they are invalid and its attribute says so", async () => {
    expect(await received({ x_under: "1", "x-valid": "1" })).toMatchObject({ x_under: "1", "x-valid": "1" });
    await set("routing.http.drop_invalid_header_fields.enabled", "true");
    const left = await received({ x_under: "1", "x-valid": "1" });
    expect([left.x_under, left["x-valid"]]).toEqual([undefined, "1"]);
  });

  it("name the stickiness of targets, which has no effect", async () => {
    const skipped = async () => (await aws.request(url)).headers.get("x-emulator-not-evaluated");
    expect(await skipped()).toBeNull();
    const Attributes = [{ Key: "stickiness.enabled", Value: "true" }];
    await deployment.elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: targetGroup, Attributes }));
    expect(await skipped()).toBe("stickiness of targets");
  });
});
