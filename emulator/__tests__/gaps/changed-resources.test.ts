import {
  ACMClient,
  DescribeCertificateCommand,
  RequestCertificateCommand,
  UpdateCertificateOptionsCommand,
} from "@aws-sdk/client-acm";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateStageCommand,
  DeleteAccessLogSettingsCommand,
  DeleteAuthorizerCommand,
  GetAuthorizersCommand,
  GetStageCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateFileSystemCommand,
  DescribeFileSystemsCommand,
  EFSClient,
  UpdateFileSystemCommand,
} from "@aws-sdk/client-efs";
import { DescribeTrustStoresCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateEventBusCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
  UpdateEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import { emulatorForSuite, refusal } from "../running-emulator";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("changes that moto does not make", () => {
  const aws = emulatorForSuite();

  it("lists the authorizers of one HTTP API until they are deleted", async () => {
    const gateway = new ApiGatewayV2Client(aws.client());
    const api = async (Name: string) =>
      (await gateway.send(new CreateApiCommand({ Name, ProtocolType: "HTTP" }))).ApiId;
    const [ApiId, other] = [await api("one"), await api("other")];
    const create = new CreateAuthorizerCommand({
      ApiId,
      Name: "users",
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Audience: ["client"], Issuer: "https://example.com" },
    });
    const { AuthorizerId } = await gateway.send(create);
    const list = async (id: string | undefined) =>
      (await gateway.send(new GetAuthorizersCommand({ ApiId: id }))).Items?.map(({ Name }) => Name);
    expect([await list(ApiId), await list(other)]).toEqual([["users"], []]);
    await gateway.send(new DeleteAuthorizerCommand({ ApiId, AuthorizerId }));
    expect(await list(ApiId)).toEqual([]);
  });

  it("deletes the access logs of a stage of an HTTP API", async () => {
    const logs = new CloudWatchLogsClient(aws.client());
    await logs.send(new CreateLogGroupCommand({ logGroupName: "access" }));
    const gateway = new ApiGatewayV2Client(aws.client());
    const { ApiId } = await gateway.send(new CreateApiCommand({ Name: "logged", ProtocolType: "HTTP" }));
    const AccessLogSettings = {
      DestinationArn: "arn:aws:logs:us-east-1:111122223333:log-group:access",
      Format: "$context.requestId",
    };
    const stage = { ApiId, StageName: "one" };
    await gateway.send(new CreateStageCommand({ ...stage, AccessLogSettings }));
    const destination = async () => (await gateway.send(new GetStageCommand(stage))).AccessLogSettings?.DestinationArn;
    expect(await destination()).toBe(AccessLogSettings.DestinationArn);
    await gateway.send(new DeleteAccessLogSettingsCommand(stage));
    expect(await destination()).toBeUndefined();
    await gateway.send(new UpdateStageCommand({ ...stage, AccessLogSettings }));
    expect(await destination()).toBe(AccessLogSettings.DestinationArn);
  });

  it("changes the throughput of a file system", async () => {
    const efs = new EFSClient(aws.client());
    const { FileSystemId } = await efs.send(new CreateFileSystemCommand({ CreationToken: "files" }));
    const throughput = async () => {
      const { FileSystems } = await efs.send(new DescribeFileSystemsCommand({ FileSystemId }));
      return [FileSystems?.[0]?.ThroughputMode, FileSystems?.[0]?.ProvisionedThroughputInMibps];
    };
    const provisioned = { ThroughputMode: "provisioned" as const, ProvisionedThroughputInMibps: 10 };
    const updated = await efs.send(new UpdateFileSystemCommand({ FileSystemId, ...provisioned }));
    expect(updated).toMatchObject({ FileSystemId, ...provisioned });
    expect(await throughput()).toEqual(["provisioned", 10]);
    await efs.send(new UpdateFileSystemCommand({ FileSystemId, ThroughputMode: "elastic" }));
    expect(await throughput()).toEqual(["elastic", undefined]);
    const missing = new UpdateFileSystemCommand({ FileSystemId: "fs-12345678", ThroughputMode: "elastic" });
    expect(await refusal(efs.send(missing))).toBe("FileSystemNotFound");
  });

  it("changes the options of a certificate", async () => {
    const acm = new ACMClient(aws.client());
    const request = new RequestCertificateCommand({ DomainName: "example.com", ValidationMethod: "DNS" });
    const { CertificateArn } = await acm.send(request);
    const Options = { CertificateTransparencyLoggingPreference: "DISABLED" as const };
    await acm.send(new UpdateCertificateOptionsCommand({ CertificateArn, Options }));
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    expect(Certificate?.Options).toMatchObject(Options);
    const missing = `${CertificateArn ?? ""}0`;
    expect(await refusal(acm.send(new UpdateCertificateOptionsCommand({ CertificateArn: missing, Options })))).toBe(
      "ResourceNotFoundException",
    );
  });

  it("changes the description of an event bus", async () => {
    const events = new EventBridgeClient(aws.client());
    const describe = async (Name?: string) => (await events.send(new DescribeEventBusCommand({ Name }))).Description;
    await events.send(new CreateEventBusCommand({ Name: "orders", Description: "before" }));
    const { Arn } = await events.send(new UpdateEventBusCommand({ Name: "orders", Description: "after" }));
    expect(Arn).toBe("arn:aws:events:us-east-1:111122223333:event-bus/orders");
    expect([await describe("orders"), await describe()]).toEqual(["after", undefined]);
    await events.send(new UpdateEventBusCommand({ Description: "all" }));
    expect(await describe()).toBe("all");
    expect(await refusal(events.send(new UpdateEventBusCommand({ Name: "none" })))).toBe("ResourceNotFoundException");
  });

  it("has no trust stores", async () => {
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    expect((await elb.send(new DescribeTrustStoresCommand({}))).TrustStores).toEqual([]);
    const named = new DescribeTrustStoresCommand({ Names: ["clients"] });
    expect(await refusal(elb.send(named))).toBe("TrustStoreNotFound");
  });
});
