import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const codeOf = (operation: string, input: JsonObject) => refusalOf("elasticloadbalancing", operation, input)?.code;
const invalid = "ValidationError";
const fixedResponse = { Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } };

describe("the conditions of a rule", () => {
  const create = (...Conditions: JsonObject[]) =>
    codeOf("CreateRule", { ListenerArn: "arn", Priority: 1, Conditions, Actions: [fixedResponse] });
  const path = (...Values: string[]) => ({ Field: "path-pattern", PathPatternConfig: { Values } });
  const host = (...Values: string[]) => ({ Field: "host-header", Values });
  const header = (HttpHeaderName: string) => ({
    Field: "http-header",
    HttpHeaderConfig: { HttpHeaderName, Values: ["x"] },
  });
  const source = (...Values: string[]) => ({ Field: "source-ip", SourceIpConfig: { Values } });
  const query = (...values: string[]) => ({
    Field: "query-string",
    QueryStringConfig: { Values: values.map((Value) => ({ Value })) },
  });

  it.each([
    [[path("/orders", "/orders/*", "/~a/b.c_d-e$@:+&?")]],
    [[host("*.example.com", "shop-1.example.com"), path("/*")]],
    [[header("X-Stage"), header("X-Tenant"), query("a", "b")]],
    [[source("10.0.0.0/8", "2001:db8::/32")]],
  ])("are %j", (conditions: JsonObject[]) => {
    expect(create(...conditions)).toBeUndefined();
  });

  it.each([
    [[]],
    [[path("/a"), path("/b")]],
    [[path("/a b")]],
    [[path("/ä")]],
    [[path("/1", "/2", "/3"), host("1.com", "2.com", "3.com")]],
    [[host("example.com/orders")]],
    [[header("")]],
    [[header("Host")]],
    [[query("1", "2", "3", "4", "5", "6")]],
    [[source("10.0.0.1")]],
  ])("never are %j", (conditions: JsonObject[]) => {
    expect(create(...conditions)).toBe(invalid);
  });

  it("can be left out of a change", () => {
    expect(codeOf("ModifyRule", { RuleArn: "arn", Actions: [fixedResponse] })).toBeUndefined();
  });
});

describe("the actions of a rule", () => {
  const create = (...Actions: JsonObject[]) => codeOf("CreateRule", { ListenerArn: "arn", Priority: 1, Actions });
  const redirect = (change: JsonObject) => ({
    Type: "redirect",
    RedirectConfig: { StatusCode: "HTTP_301", ...change },
  });
  const forward = (change: JsonObject) => ({
    Type: "forward",
    ForwardConfig: { TargetGroups: [{ TargetGroupArn: "a" }], ...change },
  });

  it.each<[JsonObject]>([
    [redirect({ Protocol: "HTTPS", Port: "443" })],
    [redirect({ Host: "example.com", Port: "#{port}", Path: "/#{path}" })],
    [redirect({ Path: "/new" })],
    [{ Type: "forward", TargetGroupArn: "a" }],
    [{ ...forward({}), TargetGroupArn: "a" }],
    [forward({ TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 604800 } })],
    [forward({ TargetGroupStickinessConfig: { Enabled: false } })],
  ])("are %j", (action) => {
    expect(create(action)).toBeUndefined();
  });

  it.each<[JsonObject]>([
    [{ Type: "redirect" }],
    [{ Type: "fixed-response" }],
    [{ Type: "forward" }],
    [{ ...forward({}), TargetGroupArn: "b" }],
    [redirect({ Path: "new" })],
    [redirect({ Port: "0", Path: "/new" })],
    [redirect({ Port: "https", Path: "/new" })],
    [forward({ TargetGroupStickinessConfig: { Enabled: true } })],
    [forward({ TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 604801 } })],
  ])("never are %j", (action) => {
    expect(create(action)).toBe(invalid);
  });

  it("exist, and never lead back to the same URL", () => {
    expect(create()).toBe(invalid);
    expect(create(redirect({}))).toBe("InvalidLoadBalancerAction");
    expect(codeOf("ModifyListener", { ListenerArn: "arn", DefaultActions: [redirect({})] })).toBe(
      "InvalidLoadBalancerAction",
    );
    expect(codeOf("ModifyListener", { ListenerArn: "arn", Port: 80 })).toBeUndefined();
  });

  it("of a listener with TCP forward", () => {
    const listen = (action: JsonObject) =>
      codeOf("CreateListener", { Protocol: "TCP", Port: 80, DefaultActions: [action] });
    expect([listen(forward({})), listen(fixedResponse)]).toEqual([undefined, "InvalidLoadBalancerAction"]);
  });
});

describe("a health check", () => {
  const create = (change: JsonObject) =>
    codeOf("CreateTargetGroup", { Name: "web", TargetType: "ip", Protocol: "HTTP", ...change });

  it.each<[JsonObject]>([
    [{ Matcher: { HttpCode: "200,204,300-399" } }],
    [{ Protocol: "TCP", HealthCheckProtocol: "HTTP", Matcher: { HttpCode: "200-599" } }],
    [{ ProtocolVersion: "GRPC", Matcher: { GrpcCode: "0,12" } }],
    [{ HealthCheckPort: "traffic-port", HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 5 }],
    [{ HealthCheckPort: "8080", HealthCheckEnabled: true }],
    [{ Protocol: "TCP", HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 10 }],
    [{ Protocol: "TCP", HealthCheckProtocol: "HTTP", HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 10 }],
    [{ TargetType: "lambda", Protocol: undefined, HealthCheckEnabled: false }],
  ])("is %j", (change) => {
    expect(create(change)).toBeUndefined();
  });

  it.each<[JsonObject]>([
    [{ Matcher: { HttpCode: "600" } }],
    [{ Matcher: { HttpCode: "200-" } }],
    [{ Matcher: { HttpCode: "200-500" } }],
    [{ Matcher: { HttpCode: "300-200" } }],
    [{ Matcher: { HttpCode: "200, 204" } }],
    [{ Protocol: "TCP", HealthCheckProtocol: "TCP", Matcher: { HttpCode: "200" } }],
    [{ ProtocolVersion: "GRPC", Matcher: { GrpcCode: "100" } }],
    [{ HealthCheckPort: "0" }],
    [{ HealthCheckPort: "http" }],
    [{ HealthCheckEnabled: false }],
    [{ HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 10 }],
    [{ Protocol: "TCP", HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 11 }],
  ])("never is %j", (change) => {
    expect(create(change)).toBe(invalid);
  });

  it("keeps these limits when it changes", () => {
    const modify = (change: JsonObject) => codeOf("ModifyTargetGroup", { TargetGroupArn: "arn", ...change });
    expect(modify({ Matcher: { HttpCode: "599" } })).toBeUndefined();
    expect([modify({ Matcher: { HttpCode: "600" } }), modify({ HealthCheckPath: "health" })]).toEqual([
      invalid,
      invalid,
    ]);
  });
});

it("an attribute of a target group exists", () => {
  const modify = (Key: string, Value: string) =>
    codeOf("ModifyTargetGroupAttributes", { TargetGroupArn: "arn", Attributes: [{ Key, Value }] });
  expect(modify("target_failover.on_unhealthy", "rebalance")).toBeUndefined();
  expect(modify("deregistration_delay.timeout", "30")).toBe(invalid);
});

it("tags have at most 50 keys, each once", () => {
  const add = (...keys: string[]) =>
    codeOf("AddTags", { ResourceArns: ["arn"], Tags: keys.map((Key) => ({ Key, Value: "" })) });
  const many = (count: number) => Array.from({ length: count }, (_, index) => `key-${index}`);
  expect([add("stage"), add(...many(50))]).toEqual([undefined, undefined]);
  expect(add(...many(51))).toBe("TooManyTags");
  expect(add("stage", "stage")).toBe("DuplicateTagKeys");
});
