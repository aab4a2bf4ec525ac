import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  DeleteMethodCommand,
  DeleteStageCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { ChangeResourceRecordSetsCommand, Route53Client, type ChangeAction } from "@aws-sdk/client-route-53";
import {
  ApiGatewayV2Client,
  CreateApiMappingCommand,
  CreateDomainNameCommand as CreateDomainNameV2Command,
  CreateVpcLinkCommand,
  DeleteApiMappingCommand,
} from "@aws-sdk/client-apigatewayv2";
import { EC2Client, RevokeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2";
import { RestApi } from "../data-plane/rest-api";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { RecordedFile } from "../record/recorded";
import { emulatorForSuite } from "../running-emulator";

describe("the record of a REST API's routes", () => {
  const record = new RecordedFile();
  const aws = emulatorForSuite({ record: record.path, hostedZones: ["example.com"] });
  const api = new RestApi(aws);
  let items: string;
  const route = (method: string, path: string) => `${method} ${api.url}${path}`;

  beforeAll(async () => {
    await api.create();
    await api.method(await api.resource("orders"), "GET", "/orders");
    items = await api.resource("items");
    await api.method(items, "GET", "/items");
    await api.deploy();
    await record.state(route("GET", "/orders"), { served: true });
  });

  it("has a removed method as served until the next deployment", async () => {
    const from = Date.now();
    await api.client.send(new DeleteMethodCommand({ restApiId: api.restApiId, resourceId: items, httpMethod: "GET" }));
    await sleep(1500);
    expect(record.route(route("GET", "/items"), { from })).toMatchObject({ existence: "kept", outages: [] });
    await api.deploy();
    await record.state(route("GET", "/items"), { removed: true });
    expect(record.route(route("GET", "/items"), { from })).toMatchObject({ existence: "removed", outages: [] });
  });

  it("has an added method only after the next deployment", async () => {
    await api.method(items, "POST", "/items");
    await sleep(500);
    expect(record.route(route("POST", "/items"))).toBeUndefined();
    await api.deploy();
    await record.state(route("POST", "/items"), { served: true });
  });

  it("has methods that API Gateway answers itself as served", async () => {
    const ids = { restApiId: api.restApiId, resourceId: items, httpMethod: "OPTIONS" };
    await api.client.send(new PutMethodCommand({ ...ids, authorizationType: "NONE" }));
    await api.client.send(new PutIntegrationCommand({ ...ids, type: "MOCK" }));
    await api.deploy();
    await record.state(route("OPTIONS", "/items"), { served: true });
  });

  it("has an outage of all methods while the service behind the VPC link has no tasks", async () => {
    const from = Date.now();
    const service = { cluster: "main", service: "echo-0" };
    await api.deployment.ecs.send(new UpdateServiceCommand({ ...service, desiredCount: 0 }));
    await api.deployment.ecs.send(new UpdateServiceCommand({ ...service, desiredCount: 1 }));
    await record.state(route("GET", "/orders"), { served: true });
    for (const path of ["GET /orders", "POST /items"]) {
      const [method = "", address = ""] = path.split(" ");
      expect(record.route(route(method, address), { from })?.outages).toMatchObject([
        { reasons: ["the target group echo has no targets"] },
      ]);
    }
    expect(record.route(route("OPTIONS", "/items"), { from })?.outages).toEqual([]);
  });

  it("has a method through a VPC link V2 by the load balancer that its integration names", async () => {
    const TargetGroupArn = await api.deployment.targetGroup("direct");
    const forward = [{ Type: "forward" as const, TargetGroupArn }];
    const balancer = await api.deployment.balancer("direct", forward, { scheme: "internal" });
    const { balancerGroup, linkGroup } = await api.deployment.network;
    const link = await new ApiGatewayV2Client(aws.client()).send(
      new CreateVpcLinkCommand({
        Name: "direct",
        SubnetIds: [await api.deployment.subnet()],
        SecurityGroupIds: [linkGroup],
      }),
    );
    const integration = {
      uri: "http://direct.internal/direct",
      integrationTarget: balancer.arn,
      connectionId: link.VpcLinkId,
    };
    await api.method(await api.resource("direct"), "GET", "/direct", {}, integration);
    await api.deploy();
    const own = route("GET", "/direct");
    await record.state(own, { served: false, reason: "the target group direct has no targets" });
    await api.deployment.service(TargetGroupArn, await api.deployment.taskDefinition());
    await record.state(own, { served: true });
    const tcp = { IpProtocol: "tcp", FromPort: 80, ToPort: 80 };
    const IpPermissions = [{ ...tcp, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
    await new EC2Client(aws.client()).send(
      new RevokeSecurityGroupIngressCommand({ GroupId: balancerGroup, IpPermissions }),
    );
    const { reason } = await record.state(own, { served: false });
    expect(reason).toMatch(/^no ingress rule of arn:.*:loadbalancer\/app\/direct\/.* allows it$/);
  });

  it("has the routes of a custom domain name, whose record must lead to the API", async () => {
    const domainName = "api.example.com";
    const regionalCertificateArn = await api.deployment.certificate(domainName, "example.com.");
    const { regionalDomainName } = await api.client.send(
      new CreateDomainNameCommand({
        domainName,
        regionalCertificateArn,
        endpointConfiguration: { types: ["REGIONAL"] },
      }),
    );
    const { restApiId } = api;
    const mapping = { domainName, basePath: "shop", restApiId, stage: "v1" };
    await api.client.send(new CreateBasePathMappingCommand(mapping));
    const own = `GET https://${domainName}/shop/orders`;
    await record.state(own, { served: false, reason: "api.example.com has no record" });
    const HostedZoneId = await api.deployment.zone("example.com.");
    const change = (Action: ChangeAction, DNSName = regionalDomainName) => {
      const AliasTarget = { HostedZoneId: "Z1UJRXOUMOOFQ8", DNSName, EvaluateTargetHealth: false };
      const Changes = [{ Action, ResourceRecordSet: { Name: domainName, Type: "A" as const, AliasTarget } }];
      const input = { HostedZoneId, ChangeBatch: { Changes } };
      return new Route53Client(aws.client()).send(new ChangeResourceRecordSetsCommand(input));
    };
    await change("CREATE");
    await record.state(own, { served: true });
    await change("UPSERT", "other.execute-api.us-east-1.amazonaws.com");
    await record.state(own, {
      served: false,
      reason: "the record of api.example.com leads to other.execute-api.us-east-1.amazonaws.com",
    });
  });

  it("has the routes of a domain name of the API of HTTP APIs", async () => {
    const http = new ApiGatewayV2Client(aws.client());
    const DomainName = "both.example.com";
    const CertificateArn = await api.deployment.certificate(DomainName, "example.com.");
    const DomainNameConfigurations = [{ CertificateArn, EndpointType: "REGIONAL" as const }];
    await http.send(new CreateDomainNameV2Command({ DomainName, DomainNameConfigurations }));
    const mapping = { DomainName, ApiId: api.restApiId, Stage: "v1" };
    const { ApiMappingId } = await http.send(new CreateApiMappingCommand(mapping));
    const own = `GET https://${DomainName}/orders`;
    await record.state(own, { served: false, reason: `${DomainName} has no record` });
    await http.send(new DeleteApiMappingCommand({ DomainName, ApiMappingId }));
    await record.state(own, { removed: true });
  });

  it("has no routes of a deleted stage", async () => {
    await api.client.send(new DeleteStageCommand({ restApiId: api.restApiId, stageName: "v1" }));
    await record.state(route("GET", "/orders"), { removed: true });
  });
});
