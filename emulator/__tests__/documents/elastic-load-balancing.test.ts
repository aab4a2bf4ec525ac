import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const message = (operation: string, input: JsonObject) => refusalOf("elasticloadbalancing", operation, input)?.message;

describe("a load balancer", () => {
  const create = (change: JsonObject) =>
    message("CreateLoadBalancer", { Name: "shop-alb", Subnets: ["subnet-1", "subnet-2"], ...change });

  it("has a name and two subnets", () => {
    expect(create({})).toBeUndefined();
    expect(create({ Type: "network", Subnets: ["subnet-1"] })).toBeUndefined();
  });

  it("is not checked when it is a Classic Load Balancer", () => {
    expect(message("CreateLoadBalancer", { LoadBalancerName: "internal-classic" })).toBeUndefined();
  });

  it.each([
    [{ Name: "a".repeat(33) }, /cannot be longer than '32' characters$/],
    [{ Name: "shop_alb" }, /alphanumeric characters and hyphens/],
    [{ Name: "-shop" }, /cannot begin or end with '-'$/],
    [{ Name: "internal-shop" }, /cannot begin with 'internal-'$/],
    [{ Subnets: ["subnet-1"] }, /^At least two subnets in two different Availability Zones/],
    [{ Subnets: ["subnet-1", "subnet-1"] }, /more than once$/],
    [{ SubnetMappings: [{ SubnetId: "subnet-3" }] }, /^You must specify either subnets or subnet mappings/],
    [{ Type: "gateway", SecurityGroups: ["sg-1"] }, /^Security groups are not supported/],
    [{ Type: "gateway", Scheme: "internet-facing" }, /^Scheme 'internet-facing' is not supported/],
  ])("is refused with %j", (change, expected) => {
    expect(create(change)).toMatch(expected);
  });

  it.each([
    ["idle_timeout.timeout_seconds", "60", "4001"],
    ["routing.http.desync_mitigation_mode", "defensive", "off"],
    ["deletion_protection.enabled", "false", "no"],
  ])("has %s %s and never %s", (Key, good, bad) => {
    const modify = (Value: string) => message("ModifyLoadBalancerAttributes", { Attributes: [{ Key, Value }] });
    expect(modify(good)).toBeUndefined();
    expect(modify(bad)).toBe(`'${bad}' is not a valid value for the attribute key '${Key}'`);
  });
});

describe("a target group", () => {
  const create = (change: JsonObject) =>
    message("CreateTargetGroup", { Name: "web", TargetType: "ip", Protocol: "HTTP", Port: 80, ...change });

  it.each<[JsonObject]>([
    [{ HealthCheckPath: "/health", HealthCheckProtocol: "HTTP", Matcher: { HttpCode: "200-399" } }],
    [{ ProtocolVersion: "GRPC", Matcher: { GrpcCode: "0-99" } }],
    [{ TargetType: "alb", Protocol: "TCP", HealthCheckProtocol: "HTTPS" }],
    [{ Protocol: "TCP", HealthCheckProtocol: "HTTP", HealthCheckPath: "/" }],
  ])("takes %j", (change) => {
    expect(create(change)).toBeUndefined();
  });

  it.each([
    [{ TargetType: "alb" }, /^Protocol 'HTTP' is not supported with the target type 'alb'$/],
    [{ TargetType: "alb", Protocol: "TCP", HealthCheckProtocol: "TCP" }, /^Health check protocol 'TCP'/],
    [{ Protocol: "TCP", ProtocolVersion: "HTTP2" }, /^Protocol version is not supported/],
    [{ HealthCheckProtocol: "TCP" }, /^Health check protocol 'TCP' is not supported/],
    [{ Protocol: "TCP", HealthCheckProtocol: "TCP", HealthCheckPath: "/" }, /^Health check path is not supported/],
    [{ HealthCheckPath: "health" }, /must begin with a '\/' character$/],
    [{ Matcher: { HttpCode: "200", GrpcCode: "0" } }, /but not both$/],
    [{ Matcher: { GrpcCode: "0" } }, /^A gRPC code is only supported/],
  ])("is refused with %j", (change, expected) => {
    expect(create(change)).toMatch(expected);
  });

  it.each([
    ["deregistration_delay.timeout_seconds", "3600", "3601"],
    ["slow_start.duration_seconds", "0", "29"],
    ["stickiness.app_cookie.cookie_name", "session", "AWSALB"],
  ])("has %s %s and never %s", (Key, good, bad) => {
    const modify = (Value: string) => message("ModifyTargetGroupAttributes", { Attributes: [{ Key, Value }] });
    expect(modify(good)).toBeUndefined();
    expect(modify(bad)).toMatch(/is not a valid value/);
  });
});

describe("a listener", () => {
  const DefaultActions = [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }];
  const Certificates = [{ CertificateArn: "arn" }];
  const create = (change: JsonObject) =>
    refusalOf("elasticloadbalancing", "CreateListener", {
      Protocol: "HTTPS",
      Port: 443,
      Certificates,
      DefaultActions,
      ...change,
    });
  const redirect = (RedirectConfig: JsonObject) => [{ Type: "redirect", RedirectConfig }];

  it.each([
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
    "ELBSecurityPolicy-FS-1-2-Res-2020-10",
  ])("has the TLS policy %s", (SslPolicy) => {
    expect(create({ SslPolicy })).toBeUndefined();
  });

  it("has a TLS policy that exists", () => {
    const SslPolicy = "ELBSecurityPolicy-TLS13-2030-01";
    expect(create({ SslPolicy })).toEqual({
      code: "SSLPolicyNotFound",
      message: `SSL policy '${SslPolicy}' not found`,
    });
    expect(message("ModifyListener", { SslPolicy })).toMatch(/not found$/);
  });

  it("changes to one certificate", () => {
    const refused = message("ModifyListener", { Certificates: [...Certificates, ...Certificates] });
    expect(refused).toBe("Only one certificate can be specified for a listener");
    expect(message("ModifyListener", { Certificates })).toBeUndefined();
  });

  it.each([
    [{ Certificates: [] }, "A certificate must be specified for HTTPS listeners"],
    [{ Protocol: "TLS", Certificates: undefined }, "A certificate must be specified for TLS listeners"],
    [{ Protocol: "HTTP" }, "A certificate cannot be specified for HTTP listeners"],
    [{ Certificates: [...Certificates, ...Certificates] }, "Only one certificate can be specified for a listener"],
    [
      { Protocol: "HTTP", Certificates: [], SslPolicy: "ELBSecurityPolicy-2016-08" },
      "An SSL policy cannot be specifed for HTTP listeners",
    ],
  ])("is refused with %j", (change, expected) => {
    expect(create(change)?.message).toBe(expected);
  });

  it("redirects to another protocol, port, host, path or query", () => {
    const http = { Protocol: "HTTP", Port: 80, Certificates: [] };
    expect(create({ ...http, DefaultActions: redirect({ Protocol: "HTTPS", Port: "443" }) })).toBeUndefined();
    expect(create({ ...http, DefaultActions: redirect({ Port: "80" }) })?.message).toMatch(/creates a loop/);
    expect(create({ ...http, DefaultActions: redirect({ Path: "/v2/#{path}" }) })).toBeUndefined();
  });

  it("authenticates on HTTPS only", () => {
    const actions = [
      { Type: "authenticate-cognito", Order: 1 },
      { ...DefaultActions[0], Order: 2 },
    ];
    expect(create({ DefaultActions: actions })).toBeUndefined();
    expect(create({ Protocol: "HTTP", Certificates: [], DefaultActions: actions })?.message).toMatch(/only on HTTPS/);
  });
});

describe("actions of a rule", () => {
  const rule = (...Actions: readonly JsonObject[]) =>
    message("CreateRule", { ListenerArn: "arn", Priority: 1, Actions });
  const forward = (...weights: readonly number[]) => ({
    Type: "forward",
    ForwardConfig: { TargetGroups: weights.map((Weight, index) => ({ TargetGroupArn: `arn${index}`, Weight })) },
  });

  it("forward to up to five target groups by weight", () => {
    expect(rule(forward(100, 0))).toBeUndefined();
    expect(rule(forward(1, 1, 1, 1, 1, 1))).toMatch(/at most 5/);
    expect(rule(forward(1000))).toMatch(/between 0 and 999/);
    const twice = {
      Type: "forward",
      ForwardConfig: { TargetGroups: [{ TargetGroupArn: "a" }, { TargetGroupArn: "a" }] },
    };
    expect(rule(twice)).toMatch(/more than once/);
  });

  it("have one that ends the request, in an order", () => {
    expect(rule({ Type: "authenticate-oidc", Order: 1 }, { ...forward(1), Order: 2 })).toBeUndefined();
    expect(rule({ Type: "authenticate-oidc", Order: 1 }, { ...forward(1), Order: 1 })).toMatch(/must be unique/);
    expect(rule(forward(1), { Type: "redirect" })).toMatch(/^Only one action/);
  });
});
