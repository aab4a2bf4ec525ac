import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  CreateVpcLinkCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
  UpdateStageCommand,
  type CreateIntegrationCommandInput,
  type CreateRouteCommandInput,
} from "@aws-sdk/client-apigatewayv2";
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { emulatorForSuite, refusal } from "../../running-emulator";

describe("the routes and integrations of HTTP and WebSocket APIs", () => {
  const aws = emulatorForSuite();
  let client: ApiGatewayV2Client;
  let http: string;
  let socket: string;

  beforeAll(async () => {
    client = new ApiGatewayV2Client(aws.client());
    const create = async (ProtocolType: "HTTP" | "WEBSOCKET", RouteSelectionExpression?: string) =>
      (await client.send(new CreateApiCommand({ Name: ProtocolType, ProtocolType, RouteSelectionExpression }))).ApiId ??
      "";
    http = await create("HTTP");
    socket = await create("WEBSOCKET", "$request.body.action");
  });

  const createRoute = (ApiId: string, RouteKey: string, settings: Partial<CreateRouteCommandInput> = {}) =>
    client.send(new CreateRouteCommand({ ApiId, RouteKey, ...settings }));
  const route = (...input: Parameters<typeof createRoute>) => refusal(createRoute(...input));
  const authorizer = async (ApiId: string, AuthorizerType: "JWT" | "REQUEST") => {
    const JwtConfiguration = { Issuer: "https://example.com", Audience: ["client"] };
    const lambda = {
      AuthorizerUri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
      AuthorizerPayloadFormatVersion: "2.0",
    };
    const { AuthorizerId = "" } = await client.send(
      new CreateAuthorizerCommand({
        ApiId,
        AuthorizerType,
        Name: AuthorizerType,
        IdentitySource: ["$request.header.Authorization"],
        ...(AuthorizerType === "JWT" ? { JwtConfiguration } : lambda),
      }),
    );
    return AuthorizerId;
  };

  it("refuses a route key of an HTTP API that is not a method and a path [route-key-form]", async () => {
    for (const key of ["GET", "/orders", "TRACE /orders", "get /orders", "GET orders", "$connect"]) {
      expect([key, await route(http, key)]).toEqual([key, "BadRequestException"]);
    }
    const { RouteId } = await createRoute(http, "GET /orders/{id}");
    const update = (RouteKey: string) =>
      refusal(client.send(new UpdateRouteCommand({ ApiId: http, RouteId, RouteKey })));
    expect(await update("orders")).toBe("BadRequestException");
    expect(await update("ANY /orders")).toBe("");
    expect(await route(http, "$default")).toBe("");
    expect(await route(socket, "sendMessage")).toBe("");
  });

  it("refuses a greedy variable before the end of a path [route-greedy-at-end]", async () => {
    expect(await route(http, "GET /{proxy+}/items")).toBe("BadRequestException");
    expect(await route(http, "GET /files/{path+}")).toBe("");
  });

  it("refuses an authorizer of another API or kind [route-authorizer-exists]", async () => {
    const { ApiId: other = "" } = await client.send(new CreateApiCommand({ Name: "other", ProtocolType: "HTTP" }));
    const jwt = await authorizer(http, "JWT");
    const lambda = await authorizer(http, "REQUEST");
    const create = (key: string, AuthorizationType: "JWT" | "CUSTOM", AuthorizerId: string) =>
      route(http, key, { AuthorizationType, AuthorizerId });
    expect(await create("GET /foreign", "JWT", await authorizer(other, "JWT"))).toBe("BadRequestException");
    expect(await create("GET /lambda", "JWT", lambda)).toBe("BadRequestException");
    expect(await create("GET /jwt", "CUSTOM", jwt)).toBe("BadRequestException");
    expect(await create("GET /jwt", "JWT", jwt)).toBe("");
    expect(await create("GET /lambda", "CUSTOM", lambda)).toBe("");
    const { RouteId } = await createRoute(http, "GET /changed");
    const update = (AuthorizationType: "JWT" | "NONE", AuthorizerId?: string) =>
      refusal(client.send(new UpdateRouteCommand({ ApiId: http, RouteId, AuthorizationType, AuthorizerId })));
    expect(await update("JWT")).toBe("BadRequestException");
    expect(await update("JWT", jwt)).toBe("");
    expect(await update("NONE")).toBe("");
  });

  it("refuses API keys of an HTTP API [route-api-key]", async () => {
    expect(await route(http, "GET /keys", { ApiKeyRequired: true })).toBe("BadRequestException");
    expect(await route(http, "GET /keys", { ApiKeyRequired: false })).toBe("");
    expect(await route(socket, "keys", { ApiKeyRequired: true })).toBe("");
  });

  it("refuses authorization of a WebSocket API but for connections [websocket-route-authorization]", async () => {
    expect(await route(socket, "order", { AuthorizationType: "AWS_IAM" })).toBe("BadRequestException");
    expect(await route(socket, "$connect", { AuthorizationType: "AWS_IAM" })).toBe("");
    expect(await route(http, "GET /iam", { AuthorizationType: "AWS_IAM" })).toBe("");
  });

  it("refuses a JWT authorizer of a WebSocket API [websocket-authorizer-type]", async () => {
    expect(await refusal(authorizer(socket, "JWT"))).toBe("BadRequestException");
    expect(await refusal(authorizer(socket, "REQUEST"))).toBe("");
  });

  const integration = (ApiId: string, settings: Partial<CreateIntegrationCommandInput>) =>
    client.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: "HTTP_PROXY",
        IntegrationMethod: "ANY",
        IntegrationUri: "https://example.com",
        PayloadFormatVersion: "1.0",
        ...settings,
      }),
    );

  it("refuses an integration of an HTTP API that is not a proxy [integration-of-protocol]", async () => {
    expect(await refusal(integration(http, { IntegrationType: "MOCK" }))).toBe("BadRequestException");
    expect(await refusal(integration(socket, { IntegrationType: "MOCK" }))).toBe("");
    expect(await refusal(integration(http, {}))).toBe("");
  });

  it("refuses a private integration of an HTTP API without a listener [private-integration-target]", async () => {
    const ec2 = new EC2Client(aws.client());
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const network = { VpcId: Vpc?.VpcId, CidrBlock: "10.0.0.0/24", AvailabilityZone: "us-east-1b" };
    const { Subnet } = await ec2.send(new CreateSubnetCommand(network));
    const SubnetIds = [Subnet?.SubnetId ?? ""];
    const { VpcLinkId } = await client.send(new CreateVpcLinkCommand({ Name: "link", SubnetIds }));
    const link = { ConnectionType: "VPC_LINK" as const, ConnectionId: VpcLinkId };
    const balancer = "arn:aws:elasticloadbalancing:us-east-1:111122223333";
    const create = (ApiId: string, IntegrationUri: string) => integration(ApiId, { ...link, IntegrationUri });
    expect(await refusal(create(http, `${balancer}:loadbalancer/app/a/1`))).toBe("BadRequestException");
    expect(await refusal(create(http, "http://example.com"))).toBe("BadRequestException");
    expect(await refusal(create(socket, "http://example.com"))).toBe("");
    const { IntegrationId } = await create(http, `${balancer}:listener/app/a/1/2`);
    const update = (IntegrationUri: string) =>
      refusal(client.send(new UpdateIntegrationCommand({ ApiId: http, IntegrationId, IntegrationUri })));
    expect(await update("https://example.com")).toBe("BadRequestException");
    expect(await update("arn:aws:servicediscovery:us-east-1:111122223333:service/srv-1?stage=prod")).toBe("");
  });

  it("refuses a longer timeout of a WebSocket API [websocket-integration-timeout]", async () => {
    expect(await refusal(integration(socket, { TimeoutInMillis: 30000 }))).toBe("BadRequestException");
    expect(await refusal(integration(socket, { TimeoutInMillis: 29000 }))).toBe("");
    expect(await refusal(integration(http, { TimeoutInMillis: 30000 }))).toBe("");
  });

  it("refuses settings of routes that do not exist [stage-route-settings]", async () => {
    await createRoute(http, "GET /throttled");
    const RouteSettings = (key: string) => ({ [key]: { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 1 } });
    const create = (StageName: string, key: string) =>
      refusal(client.send(new CreateStageCommand({ ApiId: http, StageName, RouteSettings: RouteSettings(key) })));
    expect(await create("one", "GET /missing")).toBe("NotFoundException");
    expect(await create("one", "GET /throttled")).toBe("");
    const update = new UpdateStageCommand({ ApiId: http, StageName: "one", RouteSettings: RouteSettings("POST /a") });
    expect(await refusal(client.send(update))).toBe("NotFoundException");
  });

  it("refuses a deployment of a stage that deploys automatically [stage-auto-deploy]", async () => {
    await client.send(new CreateStageCommand({ ApiId: http, StageName: "automatic", AutoDeploy: true }));
    const update = (AutoDeploy?: boolean) => {
      const input = { ApiId: http, StageName: "automatic", DeploymentId: "abcdef", AutoDeploy };
      return refusal(client.send(new UpdateStageCommand(input)));
    };
    expect(await update()).toBe("BadRequestException");
    expect(await update(false)).toBe("");
  });
});
