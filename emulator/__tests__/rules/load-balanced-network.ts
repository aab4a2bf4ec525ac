import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ClientSettings } from "../running-emulator";

/** A VPC with two subnets and an internet gateway, and a load balancer with a target group that no listener uses. */
export interface Network {
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly loadBalancer: string;
  readonly targetGroup: string;
}

/** Creates a network with a load balancer of a type. */
export async function createNetwork(settings: ClientSettings, type: "application" | "network"): Promise<Network> {
  const ec2 = new EC2Client(settings);
  const elb = new ElasticLoadBalancingV2Client(settings);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const { InternetGatewayId } = InternetGateway ?? {};
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: Vpc?.VpcId }));
  const subnets: string[] = [];
  for (const [index, zone] of ["a", "b"].entries()) {
    const AvailabilityZone = `${settings.region}${zone}`;
    const CidrBlock = `10.0.${index}.0/24`;
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock, AvailabilityZone }));
    subnets.push(Subnet?.SubnetId ?? "");
  }
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: `${type}-one`, Subnets: subnets, Type: type, Scheme: "internal" }),
  );
  const loadBalancer = LoadBalancers?.[0]?.LoadBalancerArn ?? "";
  const targetGroup = await createTargetGroup(elb, `${type}-one`, Vpc?.VpcId ?? "", type);
  return { vpc: Vpc?.VpcId ?? "", subnets, loadBalancer, targetGroup };
}

/** Creates a target group that no listener uses. @returns its ARN */
export async function createTargetGroup(
  elb: ElasticLoadBalancingV2Client,
  name: string,
  vpc: string,
  type: "application" | "network" = "application",
): Promise<string> {
  const Protocol = type === "network" ? "TCP" : "HTTP";
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({ Name: name, Protocol, Port: 8080, VpcId: vpc, TargetType: "ip" }),
  );
  return TargetGroups?.[0]?.TargetGroupArn ?? "";
}
