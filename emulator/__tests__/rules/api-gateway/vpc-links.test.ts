import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateVpcLinkCommand,
  DeleteVpcLinkCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateIntegrationCommand,
  UpdateStageCommand,
  UpdateVpcLinkCommand,
} from "@aws-sdk/client-api-gateway";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateVpcLinkCommand as CreateVpcLinkV2Command,
  DeleteIntegrationCommand,
  DeleteVpcLinkCommand as DeleteVpcLinkV2Command,
} from "@aws-sdk/client-apigatewayv2";
import { DeleteLoadBalancerCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatorForSuite, refusal } from "../../running-emulator";
import { createNetwork, type Network } from "../load-balanced-network";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("VPC links", () => {
  const aws = emulatorForSuite();
  let rest: APIGatewayClient;
  let http: ApiGatewayV2Client;
  let network: Network;

  beforeAll(async () => {
    rest = new APIGatewayClient(aws.client());
    http = new ApiGatewayV2Client(aws.client());
    network = await createNetwork(aws.client(), "network");
  });

  const link = async (name: string): Promise<string> => {
    const { id = "" } = await rest.send(new CreateVpcLinkCommand({ name, targetArns: [network.loadBalancer] }));
    return id;
  };
  const linkV2 = async (Name: string): Promise<string> => {
    const { VpcLinkId = "" } = await http.send(new CreateVpcLinkV2Command({ Name, SubnetIds: [...network.subnets] }));
    return VpcLinkId;
  };
  const method = async (): Promise<{ restApiId: string; resourceId: string; httpMethod: string }> => {
    const { id = "", rootResourceId = "" } = await rest.send(new CreateRestApiCommand({ name: "api" }));
    const input = { restApiId: id, resourceId: rootResourceId, httpMethod: "GET" };
    await rest.send(new PutMethodCommand({ ...input, authorizationType: "NONE" }));
    return input;
  };
  const through = (connectionId: string) => ({
    type: "HTTP_PROXY" as const,
    integrationHttpMethod: "GET",
    uri: "http://example.com",
    connectionType: "VPC_LINK" as const,
    connectionId,
  });

  it("refuses an integration with a VPC link that does not exist [integration-vpc-link-exists]", async () => {
    const input = await method();
    const put = (id: string) => refusal(rest.send(new PutIntegrationCommand({ ...input, ...through(id) })));
    expect(await put("abcdef")).toBe("BadRequestException");
    expect(await put("${stageVariables.link}")).toBe("");
    expect(await put(await link("one"))).toBe("");
    expect(await put(await linkV2("one"))).toBe("");
  });

  it("refuses to delete a VPC link until no stage serves a deployment with it [vpc-link-in-use]", async () => {
    const input = await method();
    const [old, next] = [await link("old"), await link("next")];
    await rest.send(new PutIntegrationCommand({ ...input, ...through(old) }));
    const { restApiId } = input;
    const end = new DeleteVpcLinkCommand({ vpcLinkId: old });
    expect(await refusal(rest.send(end))).toBe("BadRequestException");
    await rest.send(new CreateDeploymentCommand({ restApiId, stageName: "dev" }));

    const patchOperations = [{ op: "replace" as const, path: "/connectionId", value: next }];
    await rest.send(new UpdateIntegrationCommand({ ...input, patchOperations }));
    expect(await refusal(rest.send(end))).toBe("BadRequestException");

    const { id } = await rest.send(new CreateDeploymentCommand({ restApiId }));
    expect(await refusal(rest.send(end))).toBe("BadRequestException");
    const moved = [{ op: "replace" as const, path: "/deploymentId", value: id }];
    await rest.send(new UpdateStageCommand({ restApiId, stageName: "dev", patchOperations: moved }));
    expect(await refusal(rest.send(end))).toBe("");
  });

  it("refuses to delete a VPC link V2 of an HTTP API [vpc-link-in-use]", async () => {
    const VpcLinkId = await linkV2("http");
    const { ApiId } = await http.send(new CreateApiCommand({ Name: "http", ProtocolType: "HTTP" }));
    const { IntegrationId } = await http.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: "HTTP_PROXY",
        IntegrationMethod: "ANY",
        IntegrationUri: `${network.loadBalancer.replace(":loadbalancer/", ":listener/")}/0123456789abcdef`,
        ConnectionType: "VPC_LINK",
        ConnectionId: VpcLinkId,
        PayloadFormatVersion: "1.0",
      }),
    );
    const end = new DeleteVpcLinkV2Command({ VpcLinkId });
    expect(await refusal(http.send(end))).toBe("BadRequestException");
    await http.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }));
    expect(await refusal(http.send(end))).toBe("");
  });

  it("refuses another target of a VPC link [vpc-link-target-immutable]", async () => {
    const vpcLinkId = await link("fixed");
    const update = (path: string, value: string) => {
      const patchOperations = [{ op: "replace" as const, path, value }];
      return refusal(rest.send(new UpdateVpcLinkCommand({ vpcLinkId, patchOperations })));
    };
    expect(await update("/targetArns", network.loadBalancer)).toBe("BadRequestException");
    expect(await update("/name", "renamed")).toBe("");
  });

  it("refuses to delete the load balancer of a VPC link [vpc-link-load-balancer]", async () => {
    const settings = aws.client("eu-west-1");
    const { loadBalancer } = await createNetwork(settings, "network");
    const gateway = new APIGatewayClient(settings);
    const elb = new ElasticLoadBalancingV2Client(settings);
    const { id } = await gateway.send(new CreateVpcLinkCommand({ name: "used", targetArns: [loadBalancer] }));
    const end = new DeleteLoadBalancerCommand({ LoadBalancerArn: loadBalancer });
    expect(await refusal(elb.send(end))).toBe("ResourceInUse");
    await gateway.send(new DeleteVpcLinkCommand({ vpcLinkId: id }));
    expect(await refusal(elb.send(end))).toBe("");
  });
});
