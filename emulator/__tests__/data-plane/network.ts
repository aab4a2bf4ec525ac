import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSubnetsCommand,
  type EC2Client,
  type IpPermission,
} from "@aws-sdk/client-ec2";

/** The default VPC with a way for requests from the internet to load balancers, and from these to services. */
export interface Network {
  readonly vpc: string;
  readonly subnets: readonly string[];
  /** Security group of load balancers, which the internet reaches on the ports of their listeners. */
  readonly balancerGroup: string;
  /** Security group of VPC links. */
  readonly linkGroup: string;
  /** Security group of tasks, which load balancers and VPC links reach on the port of the container. */
  readonly serviceGroup: string;
}

/** Port of the container that the tests' services run. */
export const containerPort = 8080;

const listenerPorts = [80, 443, 8081, 8443];

/** Creates the security groups in the default VPC. */
export async function createNetwork(ec2: EC2Client): Promise<Network> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const vpc = Subnets[0]?.VpcId ?? "";
  const balancerGroup = await createGroup(
    ec2,
    vpc,
    "balancer",
    listenerPorts.map((port) => ({ ...tcp(port), IpRanges: [{ CidrIp: "0.0.0.0/0" }] })),
  );
  const linkGroup = await createGroup(ec2, vpc, "link", []);
  const sources = [balancerGroup, linkGroup].map((GroupId) => ({ GroupId }));
  const serviceGroup = await createGroup(ec2, vpc, "service", [{ ...tcp(containerPort), UserIdGroupPairs: sources }]);
  return { vpc, subnets: Subnets.map(({ SubnetId = "" }) => SubnetId), balancerGroup, linkGroup, serviceGroup };
}

/** Egress is what AWS gives each new security group: all traffic. */
async function createGroup(
  ec2: EC2Client,
  VpcId: string,
  GroupName: string,
  IpPermissions: IpPermission[],
): Promise<string> {
  const input = { VpcId, GroupName, Description: GroupName };
  const { GroupId = "" } = await ec2.send(new CreateSecurityGroupCommand(input));
  if (IpPermissions.length > 0) await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  return GroupId;
}

function tcp(port: number): IpPermission {
  return { IpProtocol: "tcp", FromPort: port, ToPort: port };
}
