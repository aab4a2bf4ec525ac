import {
  CreateApiMappingCommand,
  CreateDomainNameCommand,
  CreateStageCommand,
  UpdateApiCommand,
} from "@aws-sdk/client-apigatewayv2";
import { CreateServiceCommand } from "@aws-sdk/client-ecs";
import { ChangeResourceRecordSetsCommand, Route53Client } from "@aws-sdk/client-route-53";
import {
  CreatePrivateDnsNamespaceCommand,
  CreateServiceCommand as CreateRegistryCommand,
  ListNamespacesCommand,
  ServiceDiscoveryClient,
} from "@aws-sdk/client-servicediscovery";
import { emulatorForSuite } from "../running-emulator";
import { echoCommands, echoed } from "./deployment";
import { HttpApi } from "./http-api";

describe("requests to HTTP APIs", () => {
  const aws = emulatorForSuite({ commands: echoCommands, hostedZones: ["example.com"] });
  const api = new HttpApi(aws);
  const { deployment } = api;
  const routeOf = async (method: string, path: string): Promise<string | undefined> =>
    /route:([^/]*\/?[^:]*?)\/vpc-link/.exec(
      (await aws.request(`${api.url}${path}`, { method })).headers.get("x-emulator-path") ?? "",
    )?.[1];

  beforeAll(async () => {
    await api.create();
    await api.route("GET /orders/{id}");
    await api.route("ANY /orders/latest");
    await api.route("GET /orders/latest");
    await api.route("ANY /orders/{proxy+}");
    await api.route("ANY /{proxy+}");
    await api.route("PATCH /{section}/{item}");
  });

  it("answers through the VPC link and the listener by the process of the service", async () => {
    const response = await aws.request(`${api.url}/orders/7?a=1`, { headers: { "x-own": "1" } });
    expect(response.headers.get("x-emulator-path")).toMatch(
      /^http-api:\w+\/stage:\$default\/route:GET\/orders\/\{id\}\/vpc-link:\w+\/alb:inner\/listener:80\/rule:default\/target-group:echo\/service:/,
    );
    const { url: received, headers } = await echoed(response);
    expect(received).toBe("/orders/7?a=1");
    expect(headers).toMatchObject({
      host: `${api.ApiId}.execute-api.us-east-1.amazonaws.com`,
      "x-own": "1",
      via: "HTTP/1.1 AmazonAPIGateway",
      forwarded: `for=203.0.113.10;host=${api.ApiId}.execute-api.us-east-1.amazonaws.com;proto=https`,
    });
    expect(headers["x-forwarded-for"]).toMatch(/^172\.31\./);
  });

  it("prefers literal segments to variables, variables to greedy ones, and methods to ANY", async () => {
    expect(await routeOf("GET", "/orders/latest")).toBe("GET/orders/latest");
    expect(await routeOf("POST", "/orders/latest")).toBe("ANY/orders/latest");
    expect(await routeOf("GET", "/orders/7")).toBe("GET/orders/{id}");
    expect(await routeOf("POST", "/orders/7")).toBe("ANY/orders/{proxy+}");
    expect(await routeOf("PATCH", "/orders/7")).toBe("PATCH/{section}/{item}");
    expect(await routeOf("GET", "/orders/7/items")).toBe("ANY/orders/{proxy+}");
    expect(await routeOf("GET", "/elsewhere")).toBe("ANY/{proxy+}");
  });

  it("answers 404 where no route matches, and by $default once it exists", async () => {
    expect(await api.answered("/")).toEqual([404, '{"message":"Not Found"}']);
    await api.route("$default");
    expect((await api.answered("/"))[0]).toBe(200);
  });

  it("answers preflight requests by its CORS configuration, without authorization, and adds its headers", async () => {
    await api.client.send(
      new UpdateApiCommand({
        ApiId: api.ApiId,
        CorsConfiguration: { AllowOrigins: ["https://shop.example"], AllowMethods: ["GET"], AllowHeaders: ["x-own"] },
      }),
    );
    const ask = (origin: string) =>
      aws.request(`${api.url}/orders/7`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "GET" },
      });
    const allowed = await ask("https://shop.example");
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(allowed.headers.get("access-control-allow-methods")).toBe("GET");
    expect((await ask("https://other.example")).headers.get("access-control-allow-origin")).toBeNull();
    const answer = await aws.request(`${api.url}/orders/7`, { headers: { origin: "https://shop.example" } });
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://shop.example");
  });

  it("maps parameters, and passes the name of a stage in the path to a private integration", async () => {
    const Target = `integrations/${await api.integrate({
      RequestParameters: {
        "overwrite:path": "/v2/${request.path.id}",
        "overwrite:header.x-caller": "$context.identity.sourceIp",
        "append:querystring.from": "$request.header.x-own",
        "remove:header.x-secret": "''",
      },
    })}`;
    await api.route("GET /mapped/{id}", { Target });
    await api.client.send(new CreateStageCommand({ ApiId: api.ApiId, StageName: "v1", AutoDeploy: true }));
    expect((await echoed(await aws.request(`${api.url}/v1/orders/7`))).url).toBe("/v1/orders/7");
    const headers = { "x-own": "web", "x-secret": "1" };
    const mapped = await echoed(await aws.request(`${api.url}/mapped/7?a=1`, { headers }));
    expect(mapped.url).toBe("/v2/7?a=1&from=web");
    expect(mapped.headers["x-caller"]).toBe("203.0.113.10");
    expect(mapped.headers).not.toHaveProperty("x-secret");
  });

  it("maps the answer of an integration by its status code, and names context variables without a value", async () => {
    const integration = await api.integrate({
      RequestParameters: {
        "append:header.x-request": "$context.requestId",
        "append:header.x-user": "$context.authorizer.claims.sub",
        "overwrite:path": "/status/${request.path.code}",
      },
      ResponseParameters: {
        "500": {
          "overwrite:statuscode": "403",
          "append:header.x-type": "$response.header.content-type",
          "overwrite:header.x-verb": "${response.body.method} of $stageVariables",
          "remove:header.set-cookie": "''",
        },
      },
    });
    await api.route("GET /answers/{code}", { Target: `integrations/${integration}` });
    const changed = await aws.request(`${api.url}/answers/500`);
    expect(changed.status).toBe(403);
    expect(changed.headers.get("x-type")).toBe("application/json");
    expect(changed.headers.get("x-verb")).toBe("GET of $stageVariables");
    expect(changed.headers.getSetCookie()).toEqual([]);
    expect(changed.headers.get("x-emulator-not-evaluated")).toBe("the context variable authorizer.claims.sub");
    expect((await echoed(changed)).headers["x-request"]).toMatch(/^[\w+/]{15}=$/);
    const unchanged = await aws.request(`${api.url}/answers/501`);
    expect([unchanged.status, unchanged.headers.getSetCookie()]).toEqual([501, ["one=1", "two=2"]]);
  });

  it("answers 503 when the integration takes longer than its time-out", async () => {
    await api.route("GET /hang", { Target: `integrations/${await api.integrate({ TimeoutInMillis: 50 })}` });
    expect(await api.answered("/hang")).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  it("answers 429 beyond the limits of the stage", async () => {
    await api.client.send(
      new CreateStageCommand({
        ApiId: api.ApiId,
        StageName: "slow",
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 },
      }),
    );
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await api.answered("/slow/orders/7"))[0]);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it("reaches the instances of a Cloud Map service", async () => {
    const cloudMap = new ServiceDiscoveryClient(aws.client());
    await cloudMap.send(new CreatePrivateDnsNamespaceCommand({ Name: "shop.internal", Vpc: await deployment.vpc() }));
    const { Namespaces } = await cloudMap.send(new ListNamespacesCommand({}));
    const { Service } = await cloudMap.send(
      new CreateRegistryCommand({
        Name: "echo",
        NamespaceId: Namespaces?.[0]?.Id,
        DnsConfig: { DnsRecords: [{ Type: "SRV", TTL: 10 }] },
      }),
    );
    const registryArn = Service?.Arn ?? "";
    await deployment.ecs.send(
      new CreateServiceCommand({
        ...(await deployment.serviceInput(await deployment.taskDefinition())),
        serviceName: "registered",
        serviceRegistries: [{ registryArn, containerName: "web", containerPort: 8080 }],
      }),
    );
    await api.route("GET /registered", {
      Target: `integrations/${await api.integrate({ IntegrationUri: registryArn })}`,
    });
    const response = await aws.request(`${api.url}/registered`);
    expect(response.headers.get("x-emulator-path")).toMatch(/vpc-link:\w+\/cloud-map:srv-\w+\/service:registered$/);
    expect((await echoed(response)).url).toBe("/registered");
  });

  it("answers at a custom domain name by the longest mapping key, through the record of its hosted zone", async () => {
    const domain = await api.client.send(
      new CreateDomainNameCommand({
        DomainName: "api.example.com",
        DomainNameConfigurations: [
          { CertificateArn: await deployment.certificate("api.example.com", "example.com."), EndpointType: "REGIONAL" },
        ],
      }),
    );
    const { ApiGatewayDomainName: DNSName, HostedZoneId } = domain.DomainNameConfigurations?.[0] ?? {};
    await api.client.send(
      new CreateApiMappingCommand({
        ApiId: api.ApiId,
        DomainName: "api.example.com",
        Stage: "$default",
        ApiMappingKey: "shop",
      }),
    );
    const route53 = new Route53Client(aws.client());
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: await deployment.zone("example.com."),
        ChangeBatch: {
          Changes: [
            {
              Action: "CREATE",
              ResourceRecordSet: {
                Name: "api.example.com",
                Type: "A",
                AliasTarget: { DNSName, HostedZoneId, EvaluateTargetHealth: false },
              },
            },
          ],
        },
      }),
    );
    const response = await aws.request("https://api.example.com/shop/orders/7");
    expect(response.headers.get("x-emulator-path")).toMatch(
      /^record:api.example.com\/domain:api.example.com\/shop\/http-api:/,
    );
    expect((await echoed(response)).url).toBe("/orders/7");
    expect((await aws.request("https://api.example.com/other")).status).toBe(403);
  });

  it("answers 404 at the default endpoint when that is disabled", async () => {
    await api.client.send(new UpdateApiCommand({ ApiId: api.ApiId, DisableExecuteApiEndpoint: true }));
    expect(await api.answered("/orders/7")).toEqual([404, '{"message":"Not Found"}']);
  });
});
