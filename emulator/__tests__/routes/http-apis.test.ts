import {
  CreateApiMappingCommand,
  CreateDomainNameCommand,
  CreateStageCommand,
  DeleteRouteCommand,
  GetRoutesCommand,
  UpdateApiCommand,
  UpdateApiMappingCommand,
  UpdateRouteCommand,
} from "@aws-sdk/client-apigatewayv2";
import { CreateServiceCommand } from "@aws-sdk/client-ecs";
import {
  CreatePrivateDnsNamespaceCommand,
  CreateServiceCommand as CreateRegistryCommand,
  ListNamespacesCommand,
  ServiceDiscoveryClient,
} from "@aws-sdk/client-servicediscovery";
import { ChangeResourceRecordSetsCommand, Route53Client } from "@aws-sdk/client-route-53";
import { HttpApi } from "../data-plane/http-api";
import { RecordedFile } from "../record/recorded";
import { emulatorForSuite } from "../running-emulator";

describe("the record of an HTTP API's routes", () => {
  const record = new RecordedFile();
  const aws = emulatorForSuite({ record: record.path, hostedZones: ["example.com"] });
  const api = new HttpApi(aws);
  const idOf = async (RouteKey: string): Promise<string> => {
    const { Items = [] } = await api.client.send(new GetRoutesCommand({ ApiId: api.ApiId }));
    return Items.find((item) => item.RouteKey === RouteKey)?.RouteId ?? "";
  };

  beforeAll(async () => {
    await api.create();
  });

  it("has each route by its key", async () => {
    await api.route("GET /orders/{id}");
    await api.route("$default");
    await record.state(`GET ${api.url}/orders/{id}`, { served: true });
    await record.state(`ANY ${api.url}/*`, { served: true });
  });

  it("has no outage when a route gets another integration with the same listener", async () => {
    const from = Date.now();
    const [RouteId, integration] = [await idOf("GET /orders/{id}"), await api.integrate()];
    await api.client.send(new UpdateRouteCommand({ ApiId: api.ApiId, RouteId, Target: `integrations/${integration}` }));
    await api.route("GET /settled");
    await record.state(`GET ${api.url}/settled`, { served: true });
    expect(record.route(`GET ${api.url}/orders/{id}`, { from })).toMatchObject({ existence: "kept", outages: [] });
  });

  it("has an outage while a route is deleted and made again", async () => {
    const from = Date.now();
    await api.client.send(new DeleteRouteCommand({ ApiId: api.ApiId, RouteId: await idOf("GET /orders/{id}") }));
    await api.route("GET /orders/{id}");
    await record.state(`GET ${api.url}/orders/{id}`, { served: true });
    expect(record.route(`GET ${api.url}/orders/{id}`, { from })).toMatchObject({
      existence: "kept",
      outages: [{ reasons: ["nothing has this address"] }],
    });
  });

  it("has an outage of a route whose integration leads to nothing", async () => {
    const from = Date.now();
    const RouteId = await idOf("GET /orders/{id}");
    const wrong = await api.integrate({
      ConnectionType: "INTERNET",
      ConnectionId: undefined,
      IntegrationUri: "http://gone-1.us-east-1.elb.amazonaws.com/orders",
    });
    await api.client.send(new UpdateRouteCommand({ ApiId: api.ApiId, RouteId, Target: `integrations/${wrong}` }));
    await record.state(`GET ${api.url}/orders/{id}`, { served: false });
    expect(record.route(`GET ${api.url}/orders/{id}`, { from })?.outages).toMatchObject([
      { reasons: ["the load balancer gone-1.us-east-1.elb.amazonaws.com does not exist"] },
    ]);
  });

  it("has an outage while a Cloud Map service has no instances", async () => {
    const { deployment } = api;
    const cloudMap = new ServiceDiscoveryClient(aws.client());
    await cloudMap.send(new CreatePrivateDnsNamespaceCommand({ Name: "shop.internal", Vpc: await deployment.vpc() }));
    const { Namespaces } = await cloudMap.send(new ListNamespacesCommand({}));
    const DnsConfig = { DnsRecords: [{ Type: "SRV" as const, TTL: 10 }] };
    const { Service } = await cloudMap.send(
      new CreateRegistryCommand({ Name: "echo", NamespaceId: Namespaces?.[0]?.Id, DnsConfig }),
    );
    const registryArn = Service?.Arn ?? "";
    const Target = `integrations/${await api.integrate({ IntegrationUri: registryArn })}`;
    await api.route("GET /registered", { Target });
    const reason = `the Cloud Map service ${Service?.Id ?? ""} has no instances`;
    await record.state(`GET ${api.url}/registered`, { served: false, reason });
    const input = await deployment.serviceInput(await deployment.taskDefinition());
    const serviceRegistries = [{ registryArn, containerName: "web", containerPort: 8080 }];
    await deployment.ecs.send(new CreateServiceCommand({ ...input, serviceRegistries }));
    await record.state(`GET ${api.url}/registered`, { served: true });
  });

  it("has the routes of an API mapping at a custom domain name, also after a mapping to another stage", async () => {
    const DomainName = "api.example.com";
    const CertificateArn = await api.deployment.certificate(DomainName, "example.com.");
    const domain = await api.client.send(
      new CreateDomainNameCommand({
        DomainName,
        DomainNameConfigurations: [{ CertificateArn, EndpointType: "REGIONAL" }],
      }),
    );
    const { ApiGatewayDomainName: DNSName, HostedZoneId } = domain.DomainNameConfigurations?.[0] ?? {};
    const AliasTarget = { DNSName, HostedZoneId, EvaluateTargetHealth: false };
    const Changes = [
      { Action: "CREATE" as const, ResourceRecordSet: { Name: DomainName, Type: "A" as const, AliasTarget } },
    ];
    const zone = await api.deployment.zone("example.com.");
    await new Route53Client(aws.client()).send(
      new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } }),
    );
    const { ApiId } = api;
    const mapped = { ApiId, DomainName, ApiMappingKey: "shop" };
    const mapping = await api.client.send(new CreateApiMappingCommand({ ...mapped, Stage: "$default" }));
    const route = "GET https://api.example.com/shop/settled";
    await record.state(route, { served: true });
    const from = Date.now();
    await api.client.send(new CreateStageCommand({ ApiId, StageName: "v2", AutoDeploy: true }));
    const changed = { ...mapped, ApiMappingId: mapping.ApiMappingId, Stage: "v2" };
    await api.client.send(new UpdateApiMappingCommand(changed));
    await record.state(`GET ${api.url}/v2/settled`, { served: true });
    expect(record.route(route, { from })).toEqual({ route, existence: "kept", outages: [] });
  });

  it("has no route at a disabled default endpoint", async () => {
    await api.client.send(new UpdateApiCommand({ ApiId: api.ApiId, DisableExecuteApiEndpoint: true }));
    await record.state(`ANY ${api.url}/*`, { removed: true });
  });
});
