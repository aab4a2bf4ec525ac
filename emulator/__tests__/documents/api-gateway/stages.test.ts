import type { JsonObject } from "../../../wire/json";
import { message, patched } from "./requests";

const rest = (change: JsonObject) =>
  message("CreateStage", { restApiId: "a", deploymentId: "d", stageName: "dev", ...change });
const http = (change: JsonObject) => message("CreateStage", { ApiId: "a", StageName: "dev", ...change });

describe("a stage", () => {
  it.each(["dev01", "v4-stg", "a_b", "a".repeat(128)])("may be named %s", (name) => {
    expect(rest({ stageName: name })).toBeUndefined();
    expect(http({ StageName: name })).toBeUndefined();
    expect(message("CreateDeployment", { restApiId: "a", stageName: name })).toBeUndefined();
  });

  it.each(["v1.0", "a b", "$other", "ü", "a".repeat(129)])("is never named %s", (name) => {
    expect(rest({ stageName: name })).toMatch(/^Stage name/);
    expect(http({ StageName: name })).toMatch(/^Stage name/);
    expect(message("CreateDeployment", { restApiId: "a", stageName: name })).toMatch(/^Stage name/);
  });

  it("is named $default only in an HTTP API", () => {
    expect(http({ StageName: "$default", AutoDeploy: true })).toBeUndefined();
    expect(rest({ stageName: "$default" })).toBe("Stage name only allows a-zA-Z0-9_");
  });

  it("is left out of a deployment by an empty name", () => {
    expect(message("CreateDeployment", { restApiId: "a", stageName: "" })).toBeUndefined();
    expect(message("CreateDeployment", { restApiId: "a", canarySettings: {} })).toMatch(/Provided value is null$/);
  });

  it("has variables of words and values of URLs", () => {
    const variables = { host_1: "v1 v2-x.y_z:8/p?q=1&r=2,end", empty: "" };
    expect(rest({ variables })).toBeUndefined();
    expect(http({ StageVariables: variables })).toBeUndefined();
    expect(rest({ variables: { "a-b": "1" } })).toMatch(/only word characters.$/);
    expect(http({ StageVariables: { a: "{}" } })).toMatch(/^Invalid stage variable value of key a/);
    expect(patched("UpdateStage", ["/variables/a", "100%"])).toMatch(/^Invalid stage variable value of key a/);
  });

  it("of automatic deployment has no deployment", () => {
    expect(http({ AutoDeploy: false, DeploymentId: "d" })).toBeUndefined();
    expect(http({ AutoDeploy: true, DeploymentId: "d" })).toMatch(/dev because AutoDeploy is enabled.$/);
  });
});

describe("an access log", () => {
  const restLog = (name: "destinationArn" | "format", value: string) =>
    patched("UpdateStage", [`/accessLogSettings/${name}`, value]);
  const group = "arn:aws:logs:us-east-1:1:log-group:a";
  const log = (change: JsonObject) =>
    http({ AccessLogSettings: { DestinationArn: group, Format: "$context.requestId", ...change } });

  it.each(['{"id":"$context.requestId"}', "$context.extendedRequestId $context.path\n"])("is %j", (format) => {
    expect(restLog("format", format)).toBeUndefined();
    expect(log({ Format: format })).toBeUndefined();
  });

  it.each([
    ["$context.requestIdentity", /^Access Log format must include/],
    ["$context.requestId\n$context.path", /^Access Log format must be single line/],
    ["", /^Access Log value must not be empty$/],
  ])("is never %j", (format, expected) => {
    expect(restLog("format", format)).toMatch(expected);
    expect(log({ Format: format })).toMatch(expected);
  });

  it("goes to a log group, or to Firehose from a REST API", () => {
    const stream = "arn:aws:firehose:us-east-1:1:deliverystream/amazon-apigateway-a";
    expect(restLog("destinationArn", group)).toBeUndefined();
    expect(restLog("destinationArn", stream)).toBeUndefined();
    expect(restLog("destinationArn", stream.replace("amazon-", ""))).toMatch(/^Kinesis Firehose delivery stream name/);
    expect(restLog("destinationArn", "arn:aws:s3:::bucket")).toMatch(/^The ARN must be a valid/);
    expect(restLog("destinationArn", "")).toMatch(/must not be empty$/);
    expect(log({})).toBeUndefined();
    expect(log({ DestinationArn: stream })).toMatch(/^The ARN must be a valid/);
  });
});

describe("settings of methods", () => {
  it.each([
    ["/*/*/logging/loglevel", "ERROR", "DEBUG"],
    ["/~1orders~1{proxy+}/ANY/throttling/rateLimit", "50.000000", "fast"],
    ["/*/*/throttling/burstLimit", "-1", ""],
    ["/~1/GET/caching/ttlInSeconds", "3600", "3601"],
    ["/cacheClusterSize", "0.5", "1"],
  ])("%s may be %s and never %s", (path, good, bad) => {
    expect(patched("UpdateStage", [path, good])).toBeUndefined();
    expect(patched("UpdateStage", [path, bad])).toMatch(/^Invalid/);
  });

  it.each(["/orders/items/GET/metrics/enabled", "/~1orders/FETCH/metrics/enabled", "/GET/metrics/enabled"])(
    "are never at %s",
    (path) => {
      expect(patched("UpdateStage", [path, "true"])).toBe(`Invalid method setting path: ${path}`);
    },
  );

  it("are deleted", () => {
    const patchOperations = [{ op: "remove", path: "/*/*" }];
    expect(message("UpdateStage", { restApiId: "a", stageName: "dev", patchOperations })).toBeUndefined();
  });
});

describe("a change of a stage", () => {
  it.each(["/description", "/deploymentId", "/tracingEnabled", "/cacheClusterEnabled", "/variables/host"])(
    "may have the path %s",
    (path) => {
      expect(patched("UpdateStage", [path, "a"])).toBeUndefined();
    },
  );

  it("is refused with a path that stages do not have", () => {
    expect(patched("UpdateStage", ["/nope", "a"])).toMatch(/^Invalid patch path  '\/nope' specified for op 'replace'/);
  });
});
