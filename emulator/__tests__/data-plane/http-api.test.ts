import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateApiMappingCommand,
  CreateAuthorizerCommand,
  CreateDomainNameCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  CreateVpcLinkCommand,
  UpdateApiCommand,
  type CreateRouteCommandInput,
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
import { Deployment, echoCommands, echoed } from "./deployment";
import { poolWithUser, tampered, userScope, type PoolWithUser } from "./tokens";

describe("requests to HTTP APIs", () => {
  const aws = emulatorForSuite({ commands: echoCommands, hostedZones: ["example.com"] });
  const deployment = new Deployment(aws);
  let client: ApiGatewayV2Client;
  let pool: PoolWithUser;
  let ApiId = "";
  let integration = "";
  let vpcLink = "";
  let authorizer = "";
  let listenerArn = "";
  let url = "";

  const integrate = async (settings: object = {}): Promise<string> => {
    const { IntegrationId = "" } = await client.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: "HTTP_PROXY",
        IntegrationMethod: "ANY",
        IntegrationUri: listenerArn,
        ConnectionType: "VPC_LINK",
        ConnectionId: vpcLink,
        PayloadFormatVersion: "1.0",
        ...settings,
      }),
    );
    return IntegrationId;
  };
  const route = (RouteKey: string, settings: Partial<CreateRouteCommandInput> = {}): Promise<unknown> =>
    client.send(new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${integration}`, ...settings }));
  const answered = async (path: string, options = {}): Promise<[number, string]> => {
    const response = await aws.request(`${url}${path}`, options);
    return [response.status, await response.text()];
  };
  const routeOf = async (method: string, path: string): Promise<string | undefined> =>
    /route:([^/]*\/?[^:]*?)\/vpc-link/.exec(
      (await aws.request(`${url}${path}`, { method })).headers.get("x-emulator-path") ?? "",
    )?.[1];

  beforeAll(async () => {
    client = new ApiGatewayV2Client(aws.client());
    const targetGroup = await deployment.targetGroup("echo");
    const balancer = await deployment.balancer("inner", [{ Type: "forward", TargetGroupArn: targetGroup }]);
    listenerArn = balancer.listenerArn;
    await deployment.service(targetGroup, await deployment.taskDefinition());
    const api = await client.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP" }));
    ApiId = api.ApiId ?? "";
    url = `https://${ApiId}.execute-api.us-east-1.amazonaws.com`;
    const link = await client.send(new CreateVpcLinkCommand({ Name: "link", SubnetIds: [await deployment.subnet()] }));
    vpcLink = link.VpcLinkId ?? "";
    integration = await integrate();
    pool = await poolWithUser(aws);
    const created = await client.send(
      new CreateAuthorizerCommand({
        ApiId,
        Name: "users",
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Issuer: pool.issuer, Audience: [pool.clientId] },
      }),
    );
    authorizer = created.AuthorizerId ?? "";
    await client.send(new CreateStageCommand({ ApiId, StageName: "$default", AutoDeploy: true }));
    await route("GET /orders/{id}");
    await route("GET /orders/latest");
    await route("ANY /orders/{proxy+}");
    await route("ANY /{proxy+}");
  });

  it("answers through the VPC link and the listener by the process of the service", async () => {
    const response = await aws.request(`${url}/orders/7?a=1`, { headers: { "x-own": "1" } });
    expect(response.headers.get("x-emulator-path")).toMatch(
      /^http-api:\w+\/stage:\$default\/route:GET\/orders\/\{id\}\/vpc-link:\w+\/alb:inner\/listener:80\/rule:default\/target-group:echo\/service:/,
    );
    const { url: received, headers } = await echoed(response);
    expect(received).toBe("/orders/7?a=1");
    expect(headers).toMatchObject({
      host: `${ApiId}.execute-api.us-east-1.amazonaws.com`,
      "x-own": "1",
      via: "HTTP/1.1 AmazonAPIGateway",
      forwarded: `for=203.0.113.10;host=${ApiId}.execute-api.us-east-1.amazonaws.com;proto=https`,
    });
    expect(headers["x-forwarded-for"]).toMatch(/^172\.31\./);
  });

  it("prefers literal segments to variables, variables to greedy ones, and methods to ANY", async () => {
    expect(await routeOf("GET", "/orders/latest")).toBe("GET/orders/latest");
    expect(await routeOf("GET", "/orders/7")).toBe("GET/orders/{id}");
    expect(await routeOf("POST", "/orders/7")).toBe("ANY/orders/{proxy+}");
    expect(await routeOf("GET", "/orders/7/items")).toBe("ANY/orders/{proxy+}");
    expect(await routeOf("GET", "/elsewhere")).toBe("ANY/{proxy+}");
  });

  it("answers 404 where no route matches, and by $default once it exists", async () => {
    expect(await answered("/")).toEqual([404, '{"message":"Not Found"}']);
    await route("$default");
    expect((await answered("/"))[0]).toBe(200);
  });

  describe("with a JWT authorizer", () => {
    const withToken = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

    beforeAll(async () => {
      const jwt = { AuthorizationType: "JWT", AuthorizerId: authorizer } as const;
      await route("GET /mine", jwt);
      await route("GET /scoped", { ...jwt, AuthorizationScopes: ["orders/read", userScope] });
      await route("GET /admin", { ...jwt, AuthorizationScopes: ["orders/admin"] });
    });

    it("allows a token of the user pool for the client", async () => {
      expect((await answered("/mine", withToken(pool.accessToken)))[0]).toBe(200);
      expect((await answered("/mine", withToken(pool.idToken)))[0]).toBe(200);
    });

    it("refuses a request without a token", async () => {
      expect(await answered("/mine")).toEqual([401, '{"message":"Unauthorized"}']);
    });

    it("refuses a token whose signature does not fit", async () => {
      const token = tampered(pool.accessToken, { username: "eve" });
      expect((await answered("/mine", withToken(token)))[0]).toBe(401);
    });

    it("refuses a token of another user pool", async () => {
      const other = await poolWithUser(aws);
      const response = await aws.request(`${url}/mine`, withToken(other.accessToken));
      expect(response.status).toBe(401);
      expect(response.headers.get("x-emulator-reason")).toBe(`the issuer ${other.issuer} is not allowed`);
    });

    it("refuses a token that has expired", async () => {
      const later = Date.now() + 2 * 3600 * 1000;
      const now = jest.spyOn(Date, "now").mockReturnValue(later);
      const response = await aws.request(`${url}/mine`, withToken(pool.accessToken)).finally(() => {
        now.mockRestore();
      });
      expect(response.headers.get("www-authenticate")).toContain("the token has expired");
      expect(response.status).toBe(401);
    });

    it("requires one of the scopes of the route", async () => {
      expect((await answered("/scoped", withToken(pool.accessToken)))[0]).toBe(200);
      expect(await answered("/admin", withToken(pool.accessToken))).toEqual([403, '{"message":"Forbidden"}']);
    });
  });

  it("answers preflight requests by its CORS configuration, without authorization, and adds its headers", async () => {
    await client.send(
      new UpdateApiCommand({
        ApiId,
        CorsConfiguration: { AllowOrigins: ["https://shop.example"], AllowMethods: ["GET"], AllowHeaders: ["x-own"] },
      }),
    );
    const ask = (origin: string) =>
      aws.request(`${url}/mine`, { method: "OPTIONS", headers: { origin, "access-control-request-method": "GET" } });
    const allowed = await ask("https://shop.example");
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(allowed.headers.get("access-control-allow-methods")).toBe("GET");
    expect((await ask("https://other.example")).headers.get("access-control-allow-origin")).toBeNull();
    const answer = await aws.request(`${url}/orders/7`, { headers: { origin: "https://shop.example" } });
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://shop.example");
  });

  it("maps parameters, and passes the name of a stage in the path to a private integration", async () => {
    const Target = `integrations/${await integrate({
      RequestParameters: {
        "overwrite:path": "/v2/${request.path.id}",
        "overwrite:header.x-caller": "$context.identity.sourceIp",
        "append:querystring.from": "$request.header.x-own",
        "remove:header.x-secret": "''",
      },
    })}`;
    await route("GET /mapped/{id}", { Target });
    await client.send(new CreateStageCommand({ ApiId, StageName: "v1", AutoDeploy: true }));
    expect((await echoed(await aws.request(`${url}/v1/orders/7`))).url).toBe("/v1/orders/7");
    const headers = { "x-own": "web", "x-secret": "1" };
    const mapped = await echoed(await aws.request(`${url}/mapped/7?a=1`, { headers }));
    expect(mapped.url).toBe("/v2/7?a=1&from=web");
    expect(mapped.headers["x-caller"]).toBe("203.0.113.10");
    expect(mapped.headers).not.toHaveProperty("x-secret");
  });

  it("answers 503 when the integration takes longer than its time-out", async () => {
    await route("GET /hang", { Target: `integrations/${await integrate({ TimeoutInMillis: 50 })}` });
    expect(await answered("/hang")).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  it("answers 429 beyond the limits of the stage", async () => {
    await client.send(
      new CreateStageCommand({
        ApiId,
        StageName: "slow",
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 },
      }),
    );
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await answered("/slow/orders/7"))[0]);
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
    await route("GET /registered", { Target: `integrations/${await integrate({ IntegrationUri: registryArn })}` });
    const response = await aws.request(`${url}/registered`);
    expect(response.headers.get("x-emulator-path")).toMatch(/vpc-link:\w+\/cloud-map:srv-\w+\/service:registered$/);
    expect((await echoed(response)).url).toBe("/registered");
  });

  it("answers at a custom domain name by the longest mapping key, through the record of its hosted zone", async () => {
    const domain = await client.send(
      new CreateDomainNameCommand({
        DomainName: "api.example.com",
        DomainNameConfigurations: [
          { CertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1", EndpointType: "REGIONAL" },
        ],
      }),
    );
    const { ApiGatewayDomainName: DNSName, HostedZoneId } = domain.DomainNameConfigurations?.[0] ?? {};
    await client.send(
      new CreateApiMappingCommand({ ApiId, DomainName: "api.example.com", Stage: "$default", ApiMappingKey: "shop" }),
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
    await client.send(new UpdateApiCommand({ ApiId, DisableExecuteApiEndpoint: true }));
    expect(await answered("/orders/7")).toEqual([404, '{"message":"Not Found"}']);
  });
});
