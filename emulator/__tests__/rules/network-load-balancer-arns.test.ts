import { APIGatewayClient, CreateVpcLinkCommand, GetVpcLinkCommand } from "@aws-sdk/client-api-gateway";
import {
  AddTagsCommand,
  CreateListenerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreatePolicyCommand, GetPolicyVersionCommand, IAMClient } from "@aws-sdk/client-iam";
import { emulatorForSuite } from "../running-emulator";
import { createNetwork, type Network } from "./load-balanced-network";

describe("the ARN of a Network Load Balancer", () => {
  const aws = emulatorForSuite();
  const elb = () => new ElasticLoadBalancingV2Client(aws.client());
  let network: Network;

  beforeAll(async () => {
    network = await createNetwork(aws.client(), "network");
  });

  it("is one of the kind net, by which the load balancer is found", async () => {
    const { loadBalancer: arn } = network;
    expect(arn).toMatch(/:loadbalancer\/net\/network-one\/[0-9a-f]{16}$/);
    const described = await elb().send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
    expect(described.LoadBalancers).toMatchObject([{ LoadBalancerArn: arn, Type: "network" }]);
  });

  it("is in the ARNs of its listeners, and of its target group", async () => {
    const { loadBalancer: LoadBalancerArn, targetGroup: TargetGroupArn } = network;
    const DefaultActions = [{ Type: "forward" as const, TargetGroupArn }];
    await elb().send(new CreateListenerCommand({ LoadBalancerArn, Port: 80, Protocol: "TCP", DefaultActions }));
    const { Listeners } = await elb().send(new DescribeListenersCommand({ LoadBalancerArn }));
    expect(Listeners?.[0]?.LoadBalancerArn).toBe(LoadBalancerArn);
    expect(Listeners?.[0]?.ListenerArn).toContain(":listener/net/network-one/");
    const groups = await elb().send(new DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] }));
    expect(groups.TargetGroups?.[0]?.LoadBalancerArns).toEqual([LoadBalancerArn]);
  });

  it("takes tags", async () => {
    const ResourceArns = [network.loadBalancer];
    await elb().send(new AddTagsCommand({ ResourceArns, Tags: [{ Key: "stage", Value: "dev01" }] }));
    const { TagDescriptions } = await elb().send(new DescribeTagsCommand({ ResourceArns }));
    expect(TagDescriptions).toEqual([{ ResourceArn: network.loadBalancer, Tags: [{ Key: "stage", Value: "dev01" }] }]);
  });

  it("is kept by other services, and so is a pattern of such ARNs", async () => {
    const gateway = new APIGatewayClient(aws.client());
    const targetArns = [network.loadBalancer];
    const { id: vpcLinkId } = await gateway.send(new CreateVpcLinkCommand({ name: "link", targetArns }));
    expect((await gateway.send(new GetVpcLinkCommand({ vpcLinkId }))).targetArns).toEqual(targetArns);

    const iam = new IAMClient(aws.client());
    const Resource = [network.loadBalancer, "arn:aws:elasticloadbalancing:*:*:loadbalancer/net/*/*"];
    const Statement = [{ Effect: "Allow", Action: "elasticloadbalancing:SetSubnets", Resource }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "own", PolicyDocument }));
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn: Policy?.Arn, VersionId: "v1" }));
    expect(decodeURIComponent(version.PolicyVersion?.Document ?? "")).toBe(PolicyDocument);
  });
});

describe("the ARN of an Application Load Balancer", () => {
  const aws = emulatorForSuite();

  it("is one of the kind app", async () => {
    const { loadBalancer } = await createNetwork(aws.client(), "application");
    expect(loadBalancer).toMatch(/:loadbalancer\/app\/application-one\/[0-9a-f]{16}$/);
  });
});
