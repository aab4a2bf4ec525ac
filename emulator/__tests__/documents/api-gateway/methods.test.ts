import type { JsonObject } from "../../../wire/json";
import { message, patched } from "./requests";

describe("a path part", () => {
  const create = (pathPart: string) => message("CreateResource", { restApiId: "a", parentId: "b", pathPart });

  it.each(["orders", "v1.0", "a_b-c", "urn:x", "{id}", "{order_id}", "{proxy+}"])("may be %s", (part) => {
    expect(create(part)).toBeUndefined();
    expect(patched("UpdateResource", ["/pathPart", part])).toBeUndefined();
  });

  it.each(["a b", "{id", "id}", "proxy+", "a{b}", "{a}{b}", "{}", "a/b", "ü"])("is never %s", (part) => {
    expect(create(part)).toMatch(/^Resource's path part only allow/);
    expect(patched("UpdateResource", ["/pathPart", part])).toMatch(/^Resource's path part only allow/);
  });
});

describe("a method", () => {
  const put = (change: JsonObject) =>
    message("PutMethod", { restApiId: "a", resourceId: "b", httpMethod: "GET", authorizationType: "NONE", ...change });

  it.each<[JsonObject]>([
    [{ httpMethod: "ANY", authorizationType: "AWS_IAM" }],
    [{ authorizationType: "none" }],
    [{ authorizationType: "CUSTOM", authorizerId: "c" }],
    [{ authorizationType: "COGNITO_USER_POOLS", authorizerId: "c", authorizationScopes: ["orders/read"] }],
    [{ authorizationScopes: [], requestParameters: {} }],
    [{ requestParameters: { "method.request.path.proxy": true, "method.request.header.Content-Type": true } }],
    [{ requestParameters: { "method.request.querystring.page": false } }],
  ])("may have %j", (change) => {
    expect(put(change)).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ httpMethod: "TRACE" }, /^Invalid HttpMethod specified. Valid options are GET,PUT,/],
    [{ authorizationType: "JWT" }, /^Invalid authorization type specified/],
    [{ authorizationType: "CUSTOM" }, /requires a valid authorizer.$/],
    [{ authorizationType: "COGNITO_USER_POOLS", authorizerId: "" }, /requires a valid authorizer.$/],
    [{ authorizationScopes: ["orders/read"] }, /only valid for COGNITO_USER_POOLS authorization type$/],
    [{ requestParameters: { page: true } }, /\[Invalid mapping expression parameter specified: page\]$/],
    [{ requestParameters: { "method.request.body.a": true } }, /parameter specified: method.request.body.a\]$/],
    [
      { requestParameters: { "method.request.path.id": true, "method.request.querystring.id": true } },
      /^Parameter names must be unique across/,
    ],
  ])("is refused with %j", (change, expected) => {
    expect(put(change)).toMatch(expected);
  });

  it("changes to what it may have", () => {
    expect(patched("UpdateMethod", ["/authorizationType", "AWS_IAM"])).toBeUndefined();
    expect(patched("UpdateMethod", ["/authorizationType", "JWT"])).toMatch(/^Invalid authorization type/);
    expect(patched("UpdateMethod", ["/requestParameters/method.request.header.X", "true"])).toBeUndefined();
    expect(patched("UpdateMethod", ["/requestParameters/header.X", "true"])).toMatch(/specified: header.X\]$/);
  });
});

describe("responses", () => {
  const ids = { restApiId: "a", resourceId: "b", httpMethod: "GET", statusCode: "200" };
  const origin = "method.response.header.Access-Control-Allow-Origin";

  it("have headers", () => {
    expect(message("PutMethodResponse", { ...ids, responseParameters: { [origin]: true } })).toBeUndefined();
    expect(message("PutMethodResponse", { ...ids, responseParameters: { Location: true } })).toMatch(/: Location\]$/);
    expect(patched("UpdateMethodResponse", ["/responseParameters/Location", "true"])).toMatch(/: Location\]$/);
  });

  it.each(["'*'", "integration.response.header.ETag", "integration.response.body.id", "context.requestId"])(
    "map headers from %s",
    (value) => {
      expect(message("PutIntegrationResponse", { ...ids, responseParameters: { [origin]: value } })).toBeUndefined();
    },
  );

  it.each(["*", "", "method.request.header.origin", "'open"])("never map headers from %j", (value) => {
    const refused = `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${value}]`;
    expect(message("PutIntegrationResponse", { ...ids, responseParameters: { [origin]: value } })).toBe(refused);
    expect(patched("UpdateIntegrationResponse", [`/responseParameters/${origin}`, value])).toBe(refused);
  });

  it("have templates of media types", () => {
    const put = (type: string) => message("PutIntegrationResponse", { ...ids, responseTemplates: { [type]: "{}" } });
    expect(put("application/json")).toBeUndefined();
    expect(put("json")).toMatch(/\[Invalid content type specified: json\]$/);
    expect(patched("UpdateIntegrationResponse", ["/responseTemplates/application~1json", "{}"])).toBeUndefined();
  });

  it("of the gateway map headers from the request", () => {
    const put = (responseParameters: JsonObject) =>
      message("PutGatewayResponse", { restApiId: "a", responseType: "DEFAULT_4XX", responseParameters });
    const header = "gatewayresponse.header.Access-Control-Allow-Origin";
    expect(put({ [header]: "method.request.header.origin" })).toBeUndefined();
    expect(put({ [header]: "'https://www.example.com'" })).toBeUndefined();
    expect(put({ [origin]: "'*'" })).toMatch(/Allow-Origin\]$/);
    expect(put({ [header]: "test-value" })).toMatch(/: test-value\]$/);
    expect(patched("UpdateGatewayResponse", ["/statusCode", "444"])).toBeUndefined();
    expect(patched("UpdateGatewayResponse", ["/statusCode", "44"])).toMatch(/^Invalid status code/);
  });
});
