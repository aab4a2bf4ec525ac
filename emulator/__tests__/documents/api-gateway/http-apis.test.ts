import type { JsonObject } from "../../../wire/json";
import { message } from "./requests";

describe("an API of version 2", () => {
  const create = (change: JsonObject) => message("CreateApi", { Name: "shop", ProtocolType: "HTTP", ...change });
  const webSocket = { ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" };

  it.each<[JsonObject]>([
    [{ CorsConfiguration: { AllowOrigins: ["*"], AllowCredentials: false, AllowMethods: ["*"] } }],
    [{ CorsConfiguration: { AllowOrigins: ["https://www.example.com"], AllowCredentials: true, MaxAge: 600 } }],
    [{ RouteSelectionExpression: "${request.method} ${request.path}" }],
    [webSocket],
  ])("may have %j", (change) => {
    expect(create(change)).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ CorsConfiguration: { AllowOrigins: ["*"], AllowCredentials: true } }, /^allow-credentials is not supported/],
    [{ RouteSelectionExpression: "$request.body.action" }, /^Route selection expression is currently limited/],
    [{ ProtocolType: "WEBSOCKET" }, /^Invalid routeSelectionExpression$/],
    [{ ...webSocket, CorsConfiguration: {} }, /^Cors is not supported for WEBSOCKET/],
  ])("is refused with %j", (change, expected) => {
    expect(create(change)).toMatch(expected);
  });

  it("changes to origins without credentials", () => {
    const CorsConfiguration = { AllowOrigins: ["*"], AllowCredentials: true };
    expect(message("UpdateApi", { ApiId: "a", CorsConfiguration })).toMatch(/^allow-credentials/);
  });
});

describe("a route", () => {
  const create = (change: JsonObject) => message("CreateRoute", { ApiId: "a", RouteKey: "GET /", ...change });

  it.each<[JsonObject]>([
    [{ AuthorizationType: "NONE", Target: "integrations/b" }],
    [{ AuthorizationType: "JWT", AuthorizerId: "c", AuthorizationScopes: ["orders/read"] }],
    [{ AuthorizationType: "AWS_IAM", AuthorizationScopes: [] }],
  ])("may have %j", (change) => {
    expect(create(change)).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ AuthorizationType: "JWT" }, /to JWT requires a valid JWT authorizer.$/],
    [{ AuthorizationType: "CUSTOM" }, /requires a valid authorizer.$/],
    [{ AuthorizationScopes: ["orders/read"] }, /only valid for COGNITO_USER_POOLS and JWT/],
    [{ Target: "b" }, /^Unexpected or malformed target in route/],
  ])("is refused with %j", (change, expected) => {
    expect(create(change)).toMatch(expected);
  });

  it("changes its target, and not what it leaves out", () => {
    expect(message("UpdateRoute", { ApiId: "a", RouteId: "r", AuthorizationScopes: ["a"] })).toBeUndefined();
    expect(message("UpdateRoute", { ApiId: "a", RouteId: "r", Target: "b" })).toMatch(/malformed target/);
  });
});

describe("an authorizer of version 2", () => {
  const create = (input: JsonObject) => message("CreateAuthorizer", { ApiId: "a", Name: "users", ...input });
  const JwtConfiguration = { Issuer: "https://cognito-idp.us-east-1.amazonaws.com/p", Audience: ["client"] };
  const jwt = { AuthorizerType: "JWT", IdentitySource: ["$request.header.Authorization"], JwtConfiguration };
  const request = {
    AuthorizerType: "REQUEST",
    AuthorizerUri: "arn:aws:apigateway:f",
    AuthorizerPayloadFormatVersion: "2.0",
  };

  it.each<[JsonObject]>([
    [jwt],
    [{ ...request, EnableSimpleResponses: true }],
    [{ ...request, AuthorizerResultTtlInSeconds: 300, IdentitySource: ["$context.routeKey"] }],
    [{ ...request, IdentitySource: ["route.request.header.Auth"] }],
  ])("may be %j", (input) => {
    expect(create(input)).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ ...jwt, JwtConfiguration: undefined }, /^JwtConfiguration must not be null/],
    [{ ...jwt, JwtConfiguration: { Audience: ["client"] } }, /^Issuer must not be null/],
    [{ ...jwt, JwtConfiguration: { ...JwtConfiguration, Audience: [] } }, /^Audience must not be empty/],
    [{ ...jwt, JwtConfiguration: { ...JwtConfiguration, Issuer: "accounts.google.com" } }, /^Invalid issuer/],
    [{ ...jwt, IdentitySource: ["Authorization"] }, /^Invalid identity source expression: Authorization$/],
    [{ ...request, AuthorizerUri: undefined }, /^AuthorizerUri is a required field/],
    [{ ...request, AuthorizerPayloadFormatVersion: "3.0" }, /^Unsupported AuthorizerPayloadFormatVersion: 3.0$/],
    [{ ...request, AuthorizerPayloadFormatVersion: "1.0", EnableSimpleResponses: true }, /^EnableSimpleResponses/],
    [{ ...request, AuthorizerResultTtlInSeconds: 300 }, /^Identity source must be set/],
  ])("is refused as %j", (input, expected) => {
    expect(create(input)).toMatch(expected);
  });

  it("changes its issuer", () => {
    const change = { ApiId: "a", AuthorizerId: "b", JwtConfiguration: { Issuer: "http://example.com" } };
    expect(message("UpdateAuthorizer", change)).toMatch(/^Invalid issuer/);
    expect(message("UpdateAuthorizer", { ApiId: "a", AuthorizerId: "b", Name: "c" })).toBeUndefined();
  });
});

describe("an integration of version 2", () => {
  const create = (change: JsonObject) =>
    message("CreateIntegration", {
      ApiId: "a",
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "ANY",
      IntegrationUri: "https://example.com",
      PayloadFormatVersion: "1.0",
      ...change,
    });
  const sqs = { IntegrationType: "AWS_PROXY", IntegrationMethod: undefined, IntegrationSubtype: "SQS-SendMessage" };

  it.each<[JsonObject]>([
    [{ ConnectionType: "VPC_LINK", ConnectionId: "link", TlsConfig: { ServerNameToVerify: "example.com" } }],
    [{ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }],
    [
      {
        ...sqs,
        CredentialsArn: "arn:aws:iam::1:role/r",
        RequestParameters: { QueueUrl: "q", MessageBody: "$request.body" },
      },
    ],
    [{ RequestParameters: { "append:header.header1": "$context.requestId", "overwrite:path": "/a" } }],
    [{ RequestParameters: { "remove:querystring.qs1": "''", "integration.request.header.x": "'a'" } }],
    [{ ResponseParameters: { 500: { "overwrite:statuscode": "403", "append:header.error": "$context.error" } } }],
  ])("may have %j", (change) => {
    expect(create(change)).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ ConnectionType: "VPC_LINK" }, /^ConnectionId must be set to vpcLinkId/],
    [{ IntegrationMethod: undefined }, /for integrationType HTTPPROXY$/],
    [{ PayloadFormatVersion: "2.0" }, /^PayloadFormatVersion 2.0 is not supported/],
    [{ PayloadFormatVersion: "3.0" }, /^Unsupported PayloadFormatVersion: 3.0$/],
    [sqs, /^Role ARN must be specified/],
    [{ ...sqs, CredentialsArn: "arn", PayloadFormatVersion: "2.0" }, /^Operation: SQS-SendMessage is not supported.$/],
    [{ RequestParameters: { "append:path": "a" } }, /destination specified: append:path\]$/],
    [{ RequestParameters: { header1: "a" } }, /destination specified: header1\]$/],
    [{ RequestParameters: { "overwrite:header.Authorization": "a" } }, /header Authorization are restricted\]$/],
    [{ RequestParameters: { "append:header.X-Amz-Date": "a" } }, /header X-Amz-Date are restricted\]$/],
    [{ ResponseParameters: { 199: {} } }, /^Status Code 199 is not valid$/],
    [
      { ResponseParameters: { 200: { "append:querystring.a": "b" } } },
      /destination specified: append:querystring.a\]$/,
    ],
    [{ ResponseParameters: { 200: { "overwrite:header.Via": "b" } } }, /header Via are restricted\]$/],
  ])("is refused with %j", (change, expected) => {
    expect(create(change)).toMatch(expected);
  });

  it("changes, and loses mappings", () => {
    const update = (change: JsonObject) => message("UpdateIntegration", { ApiId: "a", IntegrationId: "i", ...change });
    expect(update({ RequestParameters: { QueueUrl: "q", "append:header.a": "" } })).toBeUndefined();
    expect(update({ RequestParameters: { "append:path": "a" } })).toMatch(/append:path\]$/);
    expect(update({ IntegrationType: "HTTP_PROXY", PayloadFormatVersion: "2.0" })).toMatch(/^PayloadFormatVersion/);
  });
});

describe("a domain name", () => {
  const rest = (change: JsonObject) => message("CreateDomainName", { domainName: "api.example.com", ...change });
  const http = (change: JsonObject) => message("CreateDomainName", { DomainName: "api.example.com", ...change });
  const arn = "arn:aws:acm:us-east-1:1:certificate/c";

  it("has the certificate of its endpoint", () => {
    const regional = { endpointConfiguration: { types: ["REGIONAL"] } };
    const edge = { endpointConfiguration: { types: ["EDGE"] } };
    expect(rest({ ...regional, regionalCertificateArn: arn, securityPolicy: "TLS_1_2" })).toBeUndefined();
    expect(rest({ certificateArn: arn })).toBeUndefined();
    expect(rest({ ...regional, certificateArn: arn })).toMatch(/for EDGE while REGIONAL is active.$/);
    expect(rest({ ...edge, regionalCertificateArn: arn })).toMatch(/for REGIONAL while EDGE is active.$/);
    expect(http({ DomainNameConfigurations: [{ CertificateArn: arn, EndpointType: "REGIONAL" }] })).toBeUndefined();
    expect(http({ DomainNameConfigurations: [{ CertificateArn: arn, EndpointType: "EDGE" }] })).toMatch(
      /^EDGE endpoint/,
    );
  });

  it("has a certificate", () => {
    expect(rest({})).toBe("Certificate name must be specified");
    expect(rest({ endpointConfiguration: { types: ["REGIONAL"] } })).toBe("Certificate name must be specified");
    expect(http({})).toBe("Certificate ARN must be specified");
    const configuration = { EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" };
    expect(http({ DomainNameConfigurations: [configuration] })).toBe("Certificate ARN must be specified");
    expect(http({ DomainNameConfigurations: [{ ...configuration, CertificateArn: arn }] })).toBeUndefined();
  });

  it("is a host name", () => {
    expect(rest({ domainName: "*.example.com", certificateArn: arn })).toBeUndefined();
    expect(rest({ domainName: "https://example.com" })).toMatch(/^Invalid domain name/);
    expect(http({ DomainName: "API_1.example.com" })).toMatch(/^Invalid domain name/);
  });

  it("takes client certificates with TLS 1.2 only", () => {
    const mutualTlsAuthentication = { truststoreUri: "s3://bucket/certificates.pem" };
    const certificate = { certificateArn: arn };
    expect(rest({ ...certificate, mutualTlsAuthentication, securityPolicy: "TLS_1_2" })).toBeUndefined();
    expect(rest({ mutualTlsAuthentication, securityPolicy: "TLS_1_0" })).toMatch(/^Mutual TLS/);
  });

  it.each(["orders", "orders-1.0", "(v1)"])("maps the path %s", (path) => {
    expect(message("CreateBasePathMapping", { domainName: "a.b", restApiId: "a", basePath: path })).toBeUndefined();
    expect(message("CreateApiMapping", { DomainName: "a.b", ApiId: "a", ApiMappingKey: path })).toBeUndefined();
  });

  it.each(["a b", "{proxy+}", "a?b", "a".repeat(301)])("never maps the path %s", (path) => {
    expect(message("CreateBasePathMapping", { domainName: "a.b", restApiId: "a", basePath: path })).toBeDefined();
    expect(message("CreateApiMapping", { DomainName: "a.b", ApiId: "a", ApiMappingKey: path })).toBeDefined();
  });

  it("maps paths of several parts in version 2", () => {
    const update = (ApiMappingKey: string) => message("UpdateApiMapping", { DomainName: "a.b", ApiMappingKey });
    expect(update("orders/v1")).toBeUndefined();
    expect(update("/orders")).toMatch(/should not start with/);
    expect(update("orders/")).toMatch(/should not end with/);
    expect(message("CreateBasePathMapping", { domainName: "a.b", restApiId: "a", basePath: "(none)" })).toBeUndefined();
  });
});
