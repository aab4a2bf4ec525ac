import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import {
  ApiGatewayV2Client,
  CreateApiMappingCommand,
  CreateDomainNameCommand as CreateDomainNameV2Command,
  CreateVpcLinkCommand,
} from "@aws-sdk/client-apigatewayv2";
import { emulatorForSuite } from "../running-emulator";
import { echoCommands, echoed } from "./deployment";
import { RestApi } from "./rest-api";

describe("requests to REST APIs", () => {
  const aws = emulatorForSuite({ commands: echoCommands, hostedZones: ["example.com"] });
  const api = new RestApi(aws);
  const { deployment } = api;

  beforeAll(async () => {
    await api.create();
    const orders = await api.resource("orders");
    await api.method(orders, "GET", "/orders");
    const order = await api.resource("{id}", orders);
    await api.method(
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
    await api.deploy();
  });

  it("answers through the VPC link and the Network Load Balancer by the process of the service", async () => {
    const response = await aws.request(`${api.url}/orders?a=1`, { headers: { "x-own": "1" } });
    expect(response.headers.get("x-emulator-path")).toMatch(
      /^rest-api:\w+\/stage:v1\/method:GET\/orders\/vpc-link:\w+\/nlb:inner\/listener:8081\/target-group:echo\/service:/,
    );
    const { url: received, headers } = await echoed(response);
    expect(received).toBe("/orders?a=1");
    expect(headers).toMatchObject({
      host: new URL(api.backend).host,
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
    } = await echoed(await aws.request(`${api.url}/orders/7?a=1`, { method: "PUT" }));
    expect([verb, received, headers["x-stage"]]).toEqual(["PUT", "/orders/7?a=1&fixed=yes", "v1"]);
  });

  it("answers 403 for an unknown path, an unknown method and an unknown stage", async () => {
    const missing = [403, '{"message":"Missing Authentication Token"}'];
    expect(await api.answered("/unknown")).toEqual(missing);
    expect(await api.answered("/orders", { method: "POST" })).toEqual(missing);
    const stage = await aws.request(api.url.replace("/v1", "/v2"));
    expect([stage.status, await stage.text()]).toEqual([403, '{"message":"Forbidden"}']);
  });

  it("answers at a disabled default endpoint until a stage changes", async () => {
    const { client, restApiId } = api;
    const disable = (value: string) => {
      const patchOperations = [{ op: "replace" as const, path: "/disableExecuteApiEndpoint", value }];
      return client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    };
    const patchOperations = [{ op: "replace" as const, path: "/description", value: "changed" }];
    const status = async (): Promise<number> => (await api.answered("/orders"))[0];
    await disable("true");
    expect(await status()).toBe(200);
    await client.send(new UpdateStageCommand({ restApiId, stageName: "v1", patchOperations }));
    expect(await api.answered("/orders")).toEqual([403, '{"message":"Forbidden"}']);
    await disable("false");
    expect(await status()).toBe(403);
    await api.deploy();
    expect(await status()).toBe(200);
  });

  it("answers an unknown path as the API's gateway response says", async () => {
    await api.client.send(
      new PutGatewayResponseCommand({
        restApiId: api.restApiId,
        responseType: "MISSING_AUTHENTICATION_TOKEN",
        statusCode: "404",
        responseParameters: { "gatewayresponse.header.x-error": "'route'" },
        responseTemplates: { "application/json": '{"error":$context.error.messageString}' },
      }),
    );
    await api.deploy();
    const response = await aws.request(`${api.url}/unknown`);
    expect([response.status, await response.text()]).toEqual([404, '{"error":"Missing Authentication Token"}']);
    expect(response.headers.get("x-error")).toBe("route");
  });

  it("answers preflight requests by a mock integration", async () => {
    const resourceId = await api.resource("cors");
    const ids = { restApiId: api.restApiId, resourceId, httpMethod: "OPTIONS" };
    await api.client.send(new PutMethodCommand({ ...ids, authorizationType: "NONE" }));
    await api.client.send(
      new PutIntegrationCommand({
        ...ids,
        type: "MOCK",
        requestTemplates: { "application/json": '{"statusCode":204}' },
      }),
    );
    const header = "method.response.header.Access-Control-Allow-Origin";
    await api.client.send(
      new PutMethodResponseCommand({ ...ids, statusCode: "204", responseParameters: { [header]: true } }),
    );
    await api.client.send(
      new PutIntegrationResponseCommand({ ...ids, statusCode: "204", responseParameters: { [header]: "'*'" } }),
    );
    await api.deploy();
    const response = await aws.request(`${api.url}/cors`, { method: "OPTIONS" });
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
  });

  it("answers preflight requests with the caller's origin by a mapping template", async () => {
    const resourceId = await api.resource("origins");
    const ids = { restApiId: api.restApiId, resourceId, httpMethod: "OPTIONS" };
    await api.client.send(new PutMethodCommand({ ...ids, authorizationType: "NONE" }));
    const requestTemplates = { "application/json": '{"statusCode":204}' };
    await api.client.send(new PutIntegrationCommand({ ...ids, type: "MOCK", requestTemplates }));
    const header = "method.response.header.Access-Control-Allow-Origin";
    const response = { ...ids, statusCode: "204" };
    await api.client.send(new PutMethodResponseCommand({ ...response, responseParameters: { [header]: true } }));
    await api.client.send(
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
    await api.deploy();
    const allowed = async (origin: string): Promise<string | null> =>
      (await aws.request(`${api.url}/origins`, { method: "OPTIONS", headers: { origin } })).headers.get(
        "access-control-allow-origin",
      );
    expect(await allowed("https://two.example")).toBe("https://two.example");
    expect(await allowed("https://three.example")).toBe("https://one.example");
  });

  it("answers through a VPC link V2 by the load balancer that the integration names", async () => {
    const integrationTarget = (
      await deployment.balancer("direct", [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "202" } }], {
        scheme: "internal",
      })
    ).arn;
    const link = await new ApiGatewayV2Client(aws.client()).send(
      new CreateVpcLinkCommand({
        Name: "direct",
        SubnetIds: [await deployment.subnet()],
        SecurityGroupIds: [(await deployment.network).linkGroup],
      }),
    );
    await api.method(
      await api.resource("direct"),
      "GET",
      "/direct",
      {},
      { uri: "http://direct.internal/direct", integrationTarget, connectionId: link.VpcLinkId },
    );
    await api.deploy();
    const response = await aws.request(`${api.url}/direct`);
    expect(response.status).toBe(202);
    expect(response.headers.get("x-emulator-path")).toMatch(/vpc-link:\w+\/alb:direct\/listener:80/);
  });

  it("answers 504 when the integration takes longer than its time-out", async () => {
    await api.method(await api.resource("hang"), "GET", "/hang", {}, { timeoutInMillis: 50 });
    await api.deploy();
    expect(await api.answered("/hang")).toEqual([504, '{"message":"Endpoint request timed out"}']);
  });

  it("answers at a custom domain name by the longest base path", async () => {
    await api.client.send(
      new CreateDomainNameCommand({
        domainName: "api.example.com",
        regionalCertificateArn: await deployment.certificate("api.example.com", "example.com."),
        endpointConfiguration: { types: ["REGIONAL"] },
      }),
    );
    await api.client.send(
      new CreateBasePathMappingCommand({
        domainName: "api.example.com",
        restApiId: api.restApiId,
        stage: "v1",
        basePath: "shop",
      }),
    );
    const response = await aws.request("https://api.example.com/shop/orders");
    expect(response.headers.get("x-emulator-path")).toMatch(/^domain:api.example.com\/shop\/rest-api:\w+\/stage:v1/);
    expect((await echoed(response)).url).toBe("/orders");
    expect((await aws.request("https://api.example.com/other")).status).toBe(403);
  });

  it("answers at a custom domain name of the API of HTTP APIs", async () => {
    const http = new ApiGatewayV2Client(aws.client());
    const DomainName = "both.example.com";
    const CertificateArn = await deployment.certificate(DomainName, "example.com.");
    const DomainNameConfigurations = [{ CertificateArn, EndpointType: "REGIONAL" as const }];
    await http.send(new CreateDomainNameV2Command({ DomainName, DomainNameConfigurations }));
    await http.send(new CreateApiMappingCommand({ DomainName, ApiId: api.restApiId, Stage: "v1" }));
    const response = await aws.request(`https://${DomainName}/orders`);
    expect(response.headers.get("x-emulator-path")).toMatch(/^domain:both.example.com\/rest-api:\w+\/stage:v1/);
    expect((await echoed(response)).url).toBe("/orders");
  });

  it("serves the API as it was when the stage's deployment was made", async () => {
    await api.method(await api.resource("later"), "GET", "/later");
    expect((await api.answered("/later"))[0]).not.toBe(200);
    await api.deploy();
    expect((await api.answered("/later"))[0]).toBe(200);
  });

  it("fills stage variables into the integration's URL", async () => {
    await api.method(await api.resource("variables"), "GET", "/${stageVariables.path}");
    await api.deploy({ path: "from-stage" });
    expect((await echoed(await aws.request(`${api.url}/variables`))).url).toBe("/from-stage");
  });
});
