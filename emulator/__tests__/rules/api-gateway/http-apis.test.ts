import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteAuthorizerCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { APIGatewayClient, UpdateAccountCommand } from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import { emulatorForSuite, refusal } from "../../running-emulator";
import { permit, roleFor } from "../roles";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("HTTP APIs", () => {
  const aws = emulatorForSuite();
  let gateway: ApiGatewayV2Client;
  let ApiId: string;

  beforeAll(async () => {
    gateway = new ApiGatewayV2Client(aws.client());
    const api = await gateway.send(new CreateApiCommand({ Name: "api", ProtocolType: "HTTP" }));
    ApiId = api.ApiId ?? "";
  });

  const integration = async (): Promise<string> => {
    const { IntegrationId = "" } = await gateway.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: "HTTP_PROXY",
        IntegrationMethod: "ANY",
        IntegrationUri: "https://example.com",
        PayloadFormatVersion: "1.0",
      }),
    );
    return IntegrationId;
  };
  const route = (RouteKey: string, input: { Target?: string; AuthorizerId?: string } = {}) =>
    gateway.send(new CreateRouteCommand({ ApiId, RouteKey, ...input }));

  it("refuses a second route of one key [route-in-use]", async () => {
    expect(await refusal(route("GET /twice"))).toBe("");
    expect(await refusal(route("GET /twice"))).toBe("ConflictException");
    expect(await refusal(route("POST /twice"))).toBe("");
  });

  it("refuses a route to an integration that does not exist [route-target-exists]", async () => {
    expect(await refusal(route("GET /missing", { Target: "integrations/abcdef" }))).toBe("BadRequestException");
    expect(await refusal(route("GET /missing", { Target: `integrations/${await integration()}` }))).toBe("");
  });

  it("refuses to delete an integration of a route [integration-in-use]", async () => {
    const IntegrationId = await integration();
    const { RouteId } = await route("GET /integrated", { Target: `integrations/${IntegrationId}` });
    const end = new DeleteIntegrationCommand({ ApiId, IntegrationId });
    expect(await refusal(gateway.send(end))).toBe("ConflictException");
    await gateway.send(new DeleteRouteCommand({ ApiId, RouteId }));
    expect(await refusal(gateway.send(end))).toBe("");
  });

  it("refuses to delete an authorizer of a route [route-authorizer-in-use]", async () => {
    const { AuthorizerId } = await gateway.send(
      new CreateAuthorizerCommand({
        ApiId,
        Name: "users",
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Audience: ["a"], Issuer: "https://example.com" },
      }),
    );
    const { RouteId } = await route("GET /authorized", { AuthorizerId });
    const end = new DeleteAuthorizerCommand({ ApiId, AuthorizerId });
    expect(await refusal(gateway.send(end))).toBe("ConflictException");
    await gateway.send(new DeleteRouteCommand({ ApiId, RouteId }));
    expect(await refusal(gateway.send(end))).toBe("");
  });

  it("refuses execution logs of an HTTP API [http-api-execution-logs]", async () => {
    const create = (StageName: string, LoggingLevel: "OFF" | "INFO") =>
      refusal(gateway.send(new CreateStageCommand({ ApiId, StageName, DefaultRouteSettings: { LoggingLevel } })));
    expect([await create("logged", "INFO"), await create("logged", "OFF")]).toEqual(["BadRequestException", ""]);
    const change = { ApiId, StageName: "logged", DefaultRouteSettings: { LoggingLevel: "ERROR" as const } };
    expect(await refusal(gateway.send(new UpdateStageCommand(change)))).toBe("BadRequestException");
  });

  it("refuses a second stage of one name [stage-in-use]", async () => {
    const stage = (StageName: string) =>
      refusal(gateway.send(new CreateStageCommand({ ApiId, StageName, AutoDeploy: true })));
    expect(await stage("one")).toBe("");
    expect(await stage("one")).toBe("ConflictException");
    expect(await stage("two")).toBe("");
  });

  it("refuses logs of a WebSocket API until the account has a role, and takes those of an HTTP API [websocket-logging-without-role]", async () => {
    const { ApiId: socket } = await gateway.send(
      new CreateApiCommand({
        Name: "socket",
        ProtocolType: "WEBSOCKET",
        RouteSelectionExpression: "$request.body.action",
      }),
    );
    await new CloudWatchLogsClient(aws.client()).send(new CreateLogGroupCommand({ logGroupName: "a" }));
    const AccessLogSettings = {
      DestinationArn: "arn:aws:logs:us-east-1:111122223333:log-group:a",
      Format: "$context.requestId",
    };
    const create = (StageName: string, id?: string) =>
      refusal(gateway.send(new CreateStageCommand({ ApiId: id, StageName, AccessLogSettings })));
    expect(await create("logs", ApiId)).toBe("");
    expect(await create("logs", socket)).toBe("BadRequestException");
    const iam = new IAMClient(aws.client());
    const role = await roleFor(iam, "logs", "apigateway.amazonaws.com");
    await permit(iam, "logs", "logs:*");
    const patchOperations = [{ op: "replace" as const, path: "/cloudwatchRoleArn", value: role }];
    await new APIGatewayClient(aws.client()).send(new UpdateAccountCommand({ patchOperations }));
    expect(await create("logs", socket)).toBe("");
    const update = new UpdateStageCommand({ ApiId: socket, StageName: "logs", AccessLogSettings });
    expect(await refusal(gateway.send(update))).toBe("");
  });
});
