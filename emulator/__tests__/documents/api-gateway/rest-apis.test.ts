import type { JsonObject } from "../../../wire/json";
import { message, patched } from "./requests";

describe("a REST API", () => {
  const create = (change: JsonObject) => message("CreateRestApi", { name: "shop", ...change });
  const endpoints = (endpointConfiguration: JsonObject) => create({ endpointConfiguration });

  it("may have one type of endpoint, compression and a policy", () => {
    expect(create({ description: "Services", minimumCompressionSize: 0, policy: "{}" })).toBeUndefined();
    expect(endpoints({ types: ["REGIONAL"], ipAddressType: "ipv4" })).toBeUndefined();
    expect(endpoints({ ipAddressType: "dualstack" })).toBeUndefined();
    expect(endpoints({ types: ["PRIVATE"], vpcEndpointIds: ["vpce-1"] })).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ endpointConfiguration: { types: [] } }, /cannot be both DISABLED.$/],
    [{ endpointConfiguration: { types: ["EDGE", "REGIONAL"] } }, /multiple Endpoint Types.$/],
    [{ endpointConfiguration: { types: ["PRIVATE"], ipAddressType: "ipv4" } }, /^Only dualstack/],
    [{ endpointConfiguration: { types: ["REGIONAL"], vpcEndpointIds: ["vpce-1"] } }, /^VPCEndpoints can only/],
    [{ description: "" }, /^Description cannot be an empty string$/],
    [{ minimumCompressionSize: -1 }, /must be between 0 and 10485760$/],
    [{ policy: " ".repeat(8193) }, /8192/],
  ])("is refused with %j", (change, expected) => {
    expect(create(change)).toMatch(expected);
  });

  it.each<[path: string, good: string | undefined, bad: string]>([
    ["/minimumCompressionSize", "10485760", "10485761"],
    ["/minimumCompressionSize", undefined, "small"],
    ["/endpointConfiguration/types/EDGE", "REGIONAL", "regional"],
    ["/endpointConfiguration/ipAddressType", "dualstack", "ipv6"],
    ["/apiKeySource", "HEADER", "BODY"],
    ["/policy", "{}", " ".repeat(8193)],
  ])("changes %s to %j and never to %j", (path, good, bad) => {
    expect(patched("UpdateRestApi", [path, good])).toBeUndefined();
    expect(patched("UpdateRestApi", [path, bad])).toBeDefined();
  });
});

describe("what a REST API consists of", () => {
  const model = (change: JsonObject) =>
    message("CreateModel", { restApiId: "a", name: "Order", contentType: "application/json", schema: "{}", ...change });

  it("are models with a schema", () => {
    expect(model({ schema: '{"type":"object"}' })).toBeUndefined();
    expect(model({ contentType: "application/xml", schema: "<xs/>" })).toBeUndefined();
    expect(model({ name: "" })).toBe("Model name must be non-empty");
    expect(model({ name: "order-1" })).toBe("Model name must be alphanumeric: order-1");
    expect(model({ contentType: "json" })).toBe("Invalid content type specified: json");
    expect(model({ schema: undefined })).toMatch(/at least 1 property/);
    expect(model({ schema: "type: object" })).toMatch(/^Invalid model specified/);
    expect(model({ schema: '{"type":"Object"}' })).toMatch(/^Invalid model specified/);
    expect(patched("UpdateModel", ["/schema", ""])).toMatch(/at least 1 property/);
    expect(patched("UpdateModel", ["/description", ""])).toBeUndefined();
    expect(message("CreateModel", { ApiId: "a", Name: "Order", Schema: "" })).toBeUndefined();
    expect(message("CreateModel", { ApiId: "a", Name: "order-1", Schema: "" })).toMatch(/alphanumeric/);
  });

  it("are request validators with a name", () => {
    expect(message("CreateRequestValidator", { restApiId: "a", name: "all" })).toBeUndefined();
    expect(message("CreateRequestValidator", { restApiId: "a", name: "" })).toMatch(/cannot be blank$/);
    expect(patched("UpdateRequestValidator", ["/name", ""])).toMatch(/cannot be blank$/);
  });

  it("are API keys of limited length", () => {
    expect(message("CreateApiKey", { name: "a".repeat(1024), value: "v".repeat(128) })).toBeUndefined();
    expect(message("CreateApiKey", { name: "a".repeat(1025) })).toMatch(/at most 1024 characters.$/);
    expect(message("CreateApiKey", { value: "v".repeat(129) })).toMatch(/128 characters$/);
    expect(patched("UpdateApiKey", ["/description", "d".repeat(125001)])).toMatch(/^Invalid API Key description/);
  });
});

describe("a usage plan", () => {
  const create = (change: JsonObject) => message("CreateUsagePlan", { name: "plan", ...change });

  it("may have a quota and limits of methods", () => {
    const throttle = { "/orders/GET": { burstLimit: 1, rateLimit: 1 }, "//ANY": {} };
    expect(create({ quota: { limit: 1, offset: 6, period: "WEEK" } })).toBeUndefined();
    expect(create({ apiStages: [{ apiId: "a", stage: "one", throttle }] })).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ quota: { limit: 0, period: "DAY" } }, /must be a non-negative numeric$/],
    [{ quota: { limit: 1 } }, /Must be one of \[DAY, WEEK, MONTH\]$/],
    [{ quota: { limit: 1, offset: 1, period: "DAY" } }, /between 0 and 0 inclusive in the DAY period$/],
    [{ quota: { limit: 1, offset: 28, period: "MONTH" } }, /between 0 and 27 inclusive/],
    [{ apiStages: [{ apiId: "a", stage: "one", throttle: { "/orders": {} } }] }, /^Invalid method \{resourcePath/],
  ])("is refused with %j", (change, expected) => {
    expect(create(change)).toMatch(expected);
  });

  it("changes to what it may have", () => {
    expect(patched("UpdateUsagePlan", ["/quota/limit", "5"], ["/quota/period", "DAY"])).toBeUndefined();
    expect(patched("UpdateUsagePlan", ["/quota/limit", "0"])).toMatch(/non-negative/);
    expect(patched("UpdateUsagePlan", ["/quota/period", "YEAR"])).toMatch(/Must be one of/);
    expect(patched("UpdateUsagePlan", ["/apiStages", "a:one"])).toBeUndefined();
    expect(patched("UpdateUsagePlan", ["/apiStages", "one"])).toBe("Invalid API Stage specified");
  });
});

describe("a VPC link", () => {
  const create = (targetArns: string[], name = "link") => message("CreateVpcLink", { name, targetArns });
  const nlb = "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/a/b";

  it("has a name and a load balancer", () => {
    expect(create([nlb])).toBeUndefined();
    expect(create([nlb], "")).toBe("Name cannot be empty");
    expect(create([nlb, nlb])).toBe("More than one target arn specified for vpc link.");
    expect(create(["invalid-arn"])).toBe("Invalid ARN. ARN is not well formed invalid-arn");
  });

  it("of HTTP APIs has subnets", () => {
    expect(message("CreateVpcLink", { Name: "link", SubnetIds: ["subnet-1"] })).toBeUndefined();
    expect(message("CreateVpcLink", { Name: "link", SubnetIds: [] })).toMatch(/cannot be empty$/);
  });
});
