import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateBasePathMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  CreateVpcLinkCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type PutIntegrationCommandInput,
  type PutMethodCommandInput,
} from "@aws-sdk/client-api-gateway";
import { emulatorForSuite } from "../running-emulator";
import { Deployment, echoCommands, echoed } from "./deployment";
import { poolWithUser, userScope, type PoolWithUser } from "./tokens";

describe("requests to REST APIs", () => {
  const aws = emulatorForSuite({ commands: echoCommands });
  const deployment = new Deployment(aws);
  let client: APIGatewayClient;
  let pool: PoolWithUser;
  let restApiId = "";
  let root = "";
  let connectionId = "";
  let authorizerId = "";
  let backend = "";
  let url = "";

  const resource = async (pathPart: string, parentId = root): Promise<string> =>
    (await client.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))).id ?? "";
  const method = async (
    resourceId: string,
    httpMethod: string,
    path: string,
    settings: Partial<PutMethodCommandInput> = {},
    integration: Partial<PutIntegrationCommandInput> = {},
  ): Promise<void> => {
    const ids = { restApiId, resourceId, httpMethod };
    await client.send(new PutMethodCommand({ ...ids, authorizationType: "NONE", ...settings }));
    await client.send(
      new PutIntegrationCommand({
        ...ids,
        type: "HTTP_PROXY",
        integrationHttpMethod: httpMethod,
        uri: `${backend}${path}`,
        connectionType: "VPC_LINK",
        connectionId,
        ...integration,
      }),
    );
  };
  const deploy = (): Promise<unknown> => client.send(new CreateDeploymentCommand({ restApiId, stageName: "v1" }));
  const answered = async (path: string, options = {}): Promise<[number, string]> => {
    const response = await aws.request(`${url}${path}`, options);
    return [response.status, await response.text()];
  };

  beforeAll(async () => {
    client = new APIGatewayClient(aws.client());
    const targetGroup = await deployment.targetGroup("echo", { Protocol: "TCP" });
    const actions = [{ Type: "forward" as const, TargetGroupArn: targetGroup }];
    const balancer = await deployment.balancer("inner", actions, { type: "network", port: 8081 });
    backend = `http://${balancer.dnsName}:8081`;
    await deployment.service(targetGroup, await deployment.taskDefinition());
    const link = await client.send(new CreateVpcLinkCommand({ name: "link", targetArns: [balancer.arn] }));
    connectionId = link.id ?? "";
    const api = await client.send(new CreateRestApiCommand({ name: "shop" }));
    restApiId = api.id ?? "";
    root = api.rootResourceId ?? "";
    url = `https://${restApiId}.execute-api.us-east-1.amazonaws.com/v1`;
    pool = await poolWithUser(aws);
    const authorizer = await client.send(
      new CreateAuthorizerCommand({
        restApiId,
        name: "users",
        type: "COGNITO_USER_POOLS",
        providerARNs: [`arn:aws:cognito-idp:us-east-1:111122223333:userpool/${pool.poolId}`],
        identitySource: "method.request.header.Authorization",
      }),
    );
    authorizerId = authorizer.id ?? "";
    const orders = await resource("orders");
    await method(orders, "GET", "/orders");
    const order = await resource("{id}", orders);
    await method(
      order,
      "ANY",
      "/orders/{id}",
      { requestParameters: { "method.request.path.id": true } },
      {
        requestParameters: {
          "integration.request.path.id": "method.request.path.id",
          "integration.request.header.x-stage": "context.stage",
          "integration.request.querystring.fixed": "'yes'",
        },
      },
    );
    await deploy();
  });

  it("answers through the VPC link and the Network Load Balancer by the process of the service", async () => {
    const response = await aws.request(`${url}/orders?a=1`, { headers: { "x-own": "1" } });
    expect(response.headers.get("x-emulator-path")).toMatch(
      /^rest-api:\w+\/stage:v1\/method:GET\/orders\/vpc-link:\w+\/nlb:inner\/listener:8081\/target-group:echo\/service:/,
    );
    const { url: received, headers } = await echoed(response);
    expect(received).toBe("/orders?a=1");
    expect(headers).toMatchObject({
      host: new URL(backend).host,
      "x-own": "1",
      "x-forwarded-for": "203.0.113.10",
      "x-forwarded-proto": "https",
    });
  });

  it("maps path parameters, context variables and constants to the integration's request", async () => {
    const {
      method: verb,
      url: received,
      headers,
    } = await echoed(await aws.request(`${url}/orders/7?a=1`, { method: "PUT" }));
    expect([verb, received, headers["x-stage"]]).toEqual(["PUT", "/orders/7?a=1&fixed=yes", "v1"]);
  });

  it("answers 403 for an unknown path, an unknown method and an unknown stage", async () => {
    const missing = [403, '{"message":"Missing Authentication Token"}'];
    expect(await answered("/unknown")).toEqual(missing);
    expect(await answered("/orders", { method: "POST" })).toEqual(missing);
    const stage = await aws.request(url.replace("/v1", "/v2"));
    expect([stage.status, await stage.text()]).toEqual([403, '{"message":"Forbidden"}']);
  });

  it("answers an unknown path as the API's gateway response says", async () => {
    await client.send(
      new PutGatewayResponseCommand({
        restApiId,
        responseType: "MISSING_AUTHENTICATION_TOKEN",
        statusCode: "404",
        responseParameters: { "gatewayresponse.header.x-error": "'route'" },
        responseTemplates: { "application/json": '{"error":$context.error.messageString}' },
      }),
    );
    await deploy();
    const response = await aws.request(`${url}/unknown`);
    expect([response.status, await response.text()]).toEqual([404, '{"error":"Missing Authentication Token"}']);
    expect(response.headers.get("x-error")).toBe("route");
  });

  it("requires an id token without scopes, and an access token with one of the scopes", async () => {
    const cognito = { authorizationType: "COGNITO_USER_POOLS", authorizerId };
    await method(await resource("mine"), "GET", "/mine", cognito);
    await method(await resource("scoped"), "GET", "/scoped", { ...cognito, authorizationScopes: [userScope] });
    await method(await resource("admin"), "GET", "/admin", { ...cognito, authorizationScopes: ["orders/admin"] });
    await deploy();
    const status = async (path: string, authorization: string): Promise<number> =>
      (await answered(path, { headers: { authorization } }))[0];
    expect(await answered("/mine")).toEqual([401, '{"message":"Unauthorized"}']);
    expect(await status("/mine", pool.idToken)).toBe(200);
    expect(await status("/mine", `Bearer ${pool.idToken}`)).toBe(200);
    expect(await status("/mine", pool.accessToken)).toBe(401);
    expect(await status("/scoped", pool.accessToken)).toBe(200);
    expect(await status("/scoped", pool.idToken)).toBe(401);
    expect(await status("/admin", pool.accessToken)).toBe(401);
    expect(await status("/mine", `${pool.idToken.slice(0, -8)}AAAAAAAA`)).toBe(401);
  });

  it("requires an API key of a usage plan of the stage, and counts its quota", async () => {
    await method(await resource("keyed"), "GET", "/keyed", { apiKeyRequired: true });
    await deploy();
    const key = await client.send(new CreateApiKeyCommand({ name: "partner", enabled: true }));
    const headers = { "x-api-key": key.value ?? "" };
    const forbidden = [403, '{"message":"Forbidden"}'];
    expect(await answered("/keyed")).toEqual(forbidden);
    expect(await answered("/keyed", { headers })).toEqual(forbidden);
    const plan = await client.send(
      new CreateUsagePlanCommand({
        name: "partners",
        apiStages: [{ apiId: restApiId, stage: "v1" }],
        quota: { limit: 2, period: "DAY" },
      }),
    );
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: "API_KEY" }));
    expect((await answered("/keyed", { headers }))[0]).toBe(200);
    expect((await answered("/keyed", { headers }))[0]).toBe(200);
    expect(await answered("/keyed", { headers })).toEqual([429, '{"message":"Limit Exceeded"}']);
  });

  it("throttles a key by the burst of its usage plan", async () => {
    const key = await client.send(new CreateApiKeyCommand({ name: "slow", enabled: true }));
    const plan = await client.send(
      new CreateUsagePlanCommand({
        name: "slow",
        apiStages: [{ apiId: restApiId, stage: "v1" }],
        throttle: { rateLimit: 0.001, burstLimit: 1 },
      }),
    );
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: "API_KEY" }));
    const headers = { "x-api-key": key.value ?? "" };
    expect((await answered("/keyed", { headers }))[0]).toBe(200);
    expect(await answered("/keyed", { headers })).toEqual([429, '{"message":"Too Many Requests"}']);
  });

  it("refuses a request without a required parameter, and a body that is not JSON", async () => {
    const validator = await client.send(
      new CreateRequestValidatorCommand({
        restApiId,
        name: "all",
        validateRequestParameters: true,
        validateRequestBody: true,
      }),
    );
    await method(await resource("checked"), "POST", "/checked", {
      requestValidatorId: validator.id,
      requestParameters: { "method.request.querystring.page": true },
      requestModels: { "application/json": "Empty" },
    });
    await deploy();
    const headers = { "content-type": "application/json" };
    expect(await answered("/checked", { method: "POST", body: "{}", headers })).toEqual([
      400,
      '{"message":"Missing required request parameters: [page]"}',
    ]);
    const path = "/checked?page=1";
    expect((await answered(path, { method: "POST", body: "{", headers }))[1]).toBe(
      '{"message":"Invalid request body"}',
    );
    const response = await aws.request(`${url}${path}`, { method: "POST", body: "{}", headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-emulator-not-evaluated")).toBe("the JSON schema of the request body");
  });

  it("answers preflight requests by a mock integration", async () => {
    const resourceId = await resource("cors");
    const ids = { restApiId, resourceId, httpMethod: "OPTIONS" };
    await client.send(new PutMethodCommand({ ...ids, authorizationType: "NONE" }));
    await client.send(
      new PutIntegrationCommand({
        ...ids,
        type: "MOCK",
        requestTemplates: { "application/json": '{"statusCode":204}' },
      }),
    );
    const header = "method.response.header.Access-Control-Allow-Origin";
    await client.send(
      new PutMethodResponseCommand({ ...ids, statusCode: "204", responseParameters: { [header]: true } }),
    );
    await client.send(
      new PutIntegrationResponseCommand({ ...ids, statusCode: "204", responseParameters: { [header]: "'*'" } }),
    );
    await deploy();
    const response = await aws.request(`${url}/cors`, { method: "OPTIONS" });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
  });

  it("answers preflight requests with the caller's origin by a mapping template", async () => {
    const resourceId = await resource("origins");
    const ids = { restApiId, resourceId, httpMethod: "OPTIONS" };
    await client.send(new PutMethodCommand({ ...ids, authorizationType: "NONE" }));
    const requestTemplates = { "application/json": '{"statusCode":204}' };
    await client.send(new PutIntegrationCommand({ ...ids, type: "MOCK", requestTemplates }));
    const header = "method.response.header.Access-Control-Allow-Origin";
    const response = { ...ids, statusCode: "204" };
    await client.send(new PutMethodResponseCommand({ ...response, responseParameters: { [header]: true } }));
    await client.send(
      new PutIntegrationResponseCommand({
        ...response,
        responseParameters: { [header]: "'https://one.example'" },
        responseTemplates: {
          "application/json": `#set($origin = $input.params().header.get("origin"))
#if($origin == "https://one.example" || $origin == "https://two.example")
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`,
        },
      }),
    );
    await deploy();
    const allowed = async (origin: string): Promise<string | null> =>
      (await aws.request(`${url}/origins`, { method: "OPTIONS", headers: { origin } })).headers.get(
        "access-control-allow-origin",
      );
    expect(await allowed("https://two.example")).toBe("https://two.example");
    expect(await allowed("https://three.example")).toBe("https://one.example");
  });

  it("answers through a VPC link V2 by the load balancer that the integration names", async () => {
    const integrationTarget = (
      await deployment.balancer("direct", [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "202" } }])
    ).arn;
    await method(
      await resource("direct"),
      "GET",
      "/direct",
      {},
      { uri: "http://direct.internal/direct", integrationTarget },
    );
    await deploy();
    const response = await aws.request(`${url}/direct`);
    expect(response.status).toBe(202);
    expect(response.headers.get("x-emulator-path")).toMatch(/vpc-link:\w+\/alb:direct\/listener:80/);
  });

  it("answers 504 when the integration takes longer than its time-out", async () => {
    await method(await resource("hang"), "GET", "/hang", {}, { timeoutInMillis: 50 });
    await deploy();
    expect(await answered("/hang")).toEqual([504, '{"message":"Endpoint request timed out"}']);
  });

  it("answers at a custom domain name by the longest base path", async () => {
    await client.send(
      new CreateDomainNameCommand({
        domainName: "api.example.com",
        regionalCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
        endpointConfiguration: { types: ["REGIONAL"] },
      }),
    );
    await client.send(
      new CreateBasePathMappingCommand({ domainName: "api.example.com", restApiId, stage: "v1", basePath: "shop" }),
    );
    const response = await aws.request("https://api.example.com/shop/orders");
    expect(response.headers.get("x-emulator-path")).toMatch(/^domain:api.example.com\/shop\/rest-api:\w+\/stage:v1/);
    expect((await echoed(response)).url).toBe("/orders");
    expect((await aws.request("https://api.example.com/other")).status).toBe(403);
  });
});
