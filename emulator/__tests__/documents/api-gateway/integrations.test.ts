import type { JsonObject } from "../../../wire/json";
import { message, patched } from "./requests";

describe("an integration of a REST API", () => {
  const put = (change: JsonObject) =>
    message("PutIntegration", {
      restApiId: "a",
      resourceId: "b",
      httpMethod: "GET",
      type: "HTTP_PROXY",
      integrationHttpMethod: "ANY",
      uri: "http://shop.example.com:8080/{proxy}",
      ...change,
    });
  const lambda = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:f/invocations";

  it.each<[JsonObject]>([
    [{ timeoutInMillis: 29000, requestParameters: {} }],
    [{ connectionType: "VPC_LINK", connectionId: "${stageVariables.link}" }],
    [{ type: "MOCK", integrationHttpMethod: "", uri: undefined }],
    [{ type: "HTTP", uri: "https://${stageVariables.host}/orders" }],
    [{ type: "AWS_PROXY", integrationHttpMethod: "POST", uri: lambda }],
    [{ type: "AWS", credentials: "arn:aws:iam::1:role/r", uri: "arn:aws:apigateway:us-east-1:s3:path/bucket/{key}" }],
    [{ type: "AWS", uri: "arn:aws:apigateway:us-east-1:sns:${stageVariables.action}" }],
    [{ requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" } }],
    [{ requestParameters: { "integration.request.header.If-None-Match": "'*'" } }],
    [{ requestParameters: { "integration.request.querystring.stage": "context.stage" } }],
    [{ responseTransferMode: "STREAM", timeoutInMillis: 900000 }],
    [{ passthroughBehavior: "NEVER" }],
  ])("may have %j", (change) => {
    expect(put(change)).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ integrationHttpMethod: "FETCH" }, /^Invalid HttpMethod specified/],
    [{ uri: "ftp://shop.example.com" }, /^Invalid HTTP endpoint specified for URI$/],
    [{ uri: undefined }, /^Invalid HTTP endpoint specified for URI$/],
    [{ type: "AWS", uri: undefined }, /^Invalid ARN specified in the request$/],
    [{ type: "AWS_PROXY", uri: "arn:aws:lambda:us-east-1:1:function:f" }, /must contain path or action$/],
    [{ connectionType: "VPC_LINK" }, /^ConnectionId should be set to the vpcLinkId/],
    [{ passthroughBehavior: "ALWAYS" }, /^Invalid passthrough behavior specified: ALWAYS$/],
    [{ credentials: "role" }, /^Invalid ARN specified in the request$/],
    [{ timeoutInMillis: 49 }, /^Timeout should be between 50 ms and 29000 ms$/],
    [{ timeoutInMillis: 29001 }, /^Timeout should be between 50 ms and 29000 ms$/],
    [{ responseTransferMode: "STREAM", timeoutInMillis: 900001 }, /and 900000 ms$/],
    [{ requestParameters: { "integration.request.header.X": "*" } }, /expression specified: \*\]$/],
    [{ requestParameters: { "header.X": "'a'" } }, /parameter specified: header.X\]$/],
  ])("is refused with %j", (change, expected) => {
    expect(put(change)).toMatch(expected);
  });

  it("changes to what it may have", () => {
    const header = "/requestParameters/integration.request.header.X";
    expect(patched("UpdateIntegration", ["/httpMethod", "POST"], [header, "'a'"])).toBeUndefined();
    expect(patched("UpdateIntegration", [header, "a"])).toMatch(/specified: a\]$/);
    expect(patched("UpdateIntegration", ["/integrationHttpMethod", "FETCH"])).toMatch(/^Invalid HttpMethod/);
    expect(patched("UpdateIntegration", ["/credentials", "role"])).toMatch(/^Invalid ARN/);
    const patchOperations = [{ op: "remove", path: header }];
    expect(message("UpdateIntegration", { restApiId: "a", patchOperations })).toBeUndefined();
  });
});

describe("an authorizer of a REST API", () => {
  const uri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:f/invocations";
  const pool = "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_abc";
  const source = "method.request.header.Authorization";
  const create = (input: JsonObject) => message("CreateAuthorizer", { restApiId: "a", name: "users", ...input });

  it.each<[JsonObject]>([
    [{ type: "COGNITO_USER_POOLS", providerARNs: [pool], identitySource: source, authorizerResultTtlInSeconds: 300 }],
    [{ type: "TOKEN", authorizerUri: uri, identitySource: source }],
    [{ type: "REQUEST", authorizerUri: uri, authorizerResultTtlInSeconds: 0 }],
    [
      {
        type: "REQUEST",
        authorizerUri: uri,
        identitySource: `${source}, context.accountId`,
        authorizerResultTtlInSeconds: 9,
      },
    ],
  ])("may be %j", (input) => {
    expect(create(input)).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ type: "COGNITO_USER_POOLS", identitySource: source }, /^ProviderARNs cannot be empty$/],
    [{ type: "COGNITO_USER_POOLS", providerARNs: ["us-east-1_abc"] }, /^Invalid ARN/],
    [{ type: "TOKEN", authorizerUri: uri }, /^IdentitySource cannot be empty$/],
    [{ type: "TOKEN", authorizerUri: uri, identitySource: "header.Authorization" }, /^Invalid mapping expression/],
    [{ type: "TOKEN", identitySource: source }, /^AuthorizerUri cannot be empty$/],
    [{ type: "REQUEST", authorizerUri: uri, authorizerResultTtlInSeconds: 9 }, /^Identity source must be set/],
    [{ type: "REQUEST", authorizerUri: uri, identitySource: "Authorization" }, /expression: Authorization$/],
    [{ type: "TOKEN", authorizerUri: "arn:aws:lambda:f", identitySource: source }, /^Invalid Authorizer URI/],
    [{ type: "TOKEN", authorizerUri: uri, identitySource: source, authorizerResultTtlInSeconds: 3601 }, /0 and 3600/],
  ])("is refused as %j", (input, expected) => {
    expect(create(input)).toMatch(expected);
  });

  it("changes to what it may have", () => {
    expect(patched("UpdateAuthorizer", ["/authorizerResultTtlInSeconds", "3600"])).toBeUndefined();
    expect(patched("UpdateAuthorizer", ["/authorizerResultTtlInSeconds", "3601"])).toMatch(/0 and 3600 seconds/);
    expect(patched("UpdateAuthorizer", ["/authorizerUri", "arn:aws:lambda:f"])).toMatch(/^Invalid Authorizer URI/);
  });
});
