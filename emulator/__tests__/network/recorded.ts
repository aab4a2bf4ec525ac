import type { Ask } from "../../network";
import type { JsonObject } from "../../wire/json";

/** The output of each operation, such as `ec2 DescribeVpcs`, or a function of its input. */
export type Recorded = Readonly<Record<string, JsonObject | ((input: JsonObject) => JsonObject)>>;

export const vpc = "vpc-1";
export const loadBalancer = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1";
export const service = "arn:aws:ecs:us-east-1:111122223333:service/main/orders";
export const database = "arn:aws:rds:us-east-1:111122223333:db:main";

const subnet = (SubnetId: string, CidrBlock: string) => ({ SubnetId, VpcId: vpc, CidrBlock });
const local = { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" };
const allowAll = (Egress: boolean) => ({
  Egress,
  RuleNumber: 100,
  RuleAction: "allow",
  Protocol: "-1",
  CidrBlock: "0.0.0.0/0",
});
const denyAll = (Egress: boolean) => ({ ...allowAll(Egress), RuleNumber: 32767, RuleAction: "deny" });

/** A rule of a security group for one TCP port. */
export function rule(GroupId: string, IsEgress: boolean, port: number, peer: JsonObject): JsonObject {
  const SecurityGroupRuleId = `sgr-${GroupId}-${IsEgress ? "out" : "in"}-${port}`;
  return { SecurityGroupRuleId, GroupId, IsEgress, IpProtocol: "tcp", FromPort: port, ToPort: port, ...peer };
}

const group = (GroupId: string) => ({ ReferencedGroupInfo: { GroupId, UserId: "111122223333" } });

export const rules = [
  rule("sg-lb", false, 443, { CidrIpv4: "0.0.0.0/0" }),
  rule("sg-lb", true, 8080, group("sg-task")),
  rule("sg-task", false, 8080, group("sg-lb")),
  rule("sg-task", true, 5432, group("sg-db")),
  rule("sg-task", true, 443, { CidrIpv4: "0.0.0.0/0" }),
  rule("sg-db", false, 5432, group("sg-task")),
];

const routeTables = [
  { RouteTableId: "rtb-main-2", VpcId: "vpc-2", Associations: [{ Main: true }], Routes: [local] },
  { RouteTableId: "rtb-main", VpcId: vpc, Associations: [{ Main: true }], Routes: [local] },
  {
    RouteTableId: "rtb-public",
    VpcId: vpc,
    Associations: [{ Main: false, SubnetId: "subnet-public" }],
    Routes: [local, { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1", State: "active" }],
  },
  {
    RouteTableId: "rtb-private",
    VpcId: vpc,
    Associations: [{ Main: false, SubnetId: "subnet-private" }],
    Routes: [local, { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", State: "active" }],
  },
];

export const describedLoadBalancer = {
  LoadBalancerArn: loadBalancer,
  Type: "application",
  Scheme: "internet-facing",
  IpAddressType: "ipv4",
  SecurityGroups: ["sg-lb"],
  AvailabilityZones: [{ ZoneName: "us-east-1a", SubnetId: "subnet-public" }],
};

export const awsvpcConfiguration = {
  subnets: ["subnet-private"],
  securityGroups: ["sg-task"],
  assignPublicIp: "DISABLED",
};

/** The service with another network configuration, or none. */
export function servicesWith(configuration?: JsonObject): JsonObject {
  const networkConfiguration = configuration && { awsvpcConfiguration: configuration };
  return { services: [{ serviceArn: service, status: "ACTIVE", networkConfiguration }] };
}

/** Route tables in which the one of the tasks' subnet has other routes. */
export function withPrivateRoutes(...Routes: readonly JsonObject[]): Recorded {
  const tables = routeTables.map((table) => (table.RouteTableId === "rtb-private" ? { ...table, Routes } : table));
  return { "ec2 DescribeRouteTables": { RouteTables: tables } };
}

/** An account with an internet-facing load balancer, a service behind it and a database; tasks reach the internet by NAT. */
const account: Recorded = {
  "ec2 DescribeVpcs": {
    Vpcs: [{ VpcId: vpc, CidrBlock: "10.0.0.0/16", CidrBlockAssociationSet: [{ CidrBlock: "10.0.0.0/16" }] }],
  },
  "ec2 DescribeSubnets": {
    Subnets: [subnet("subnet-public", "10.0.0.0/24"), subnet("subnet-private", "10.0.1.0/24")],
  },
  "ec2 DescribeRouteTables": { RouteTables: routeTables },
  "ec2 DescribeNatGateways": {
    NatGateways: [{ NatGatewayId: "nat-1", SubnetId: "subnet-public", State: "available", ConnectivityType: "public" }],
  },
  "ec2 DescribeInternetGateways": {
    InternetGateways: [{ InternetGatewayId: "igw-1", Attachments: [{ VpcId: vpc, State: "available" }] }],
  },
  "ec2 DescribeSecurityGroupRules": { SecurityGroupRules: rules },
  "ec2 DescribeSecurityGroups": {
    SecurityGroups: [
      { GroupId: "sg-default", GroupName: "default", VpcId: vpc },
      { GroupId: "sg-lb", GroupName: "lb", VpcId: vpc },
    ],
  },
  "ec2 DescribeNetworkAcls": {
    NetworkAcls: [
      {
        NetworkAclId: "acl-1",
        Associations: [{ SubnetId: "subnet-public" }],
        // Not in the order in which AWS evaluates them.
        Entries: [denyAll(true), denyAll(false), allowAll(true), allowAll(false)],
      },
    ],
  },
  "ec2 DescribeVpcEndpoints": { VpcEndpoints: [] },
  "elbv2 DescribeLoadBalancers": {
    LoadBalancers: [describedLoadBalancer],
  },
  "elbv2 DescribeListeners": ({ LoadBalancerArn }) => ({
    Listeners: LoadBalancerArn === loadBalancer ? [{ LoadBalancerArn, Port: 443, Protocol: "HTTPS" }] : [],
  }),
  "apigatewayv2 GetVpcLinks": { Items: [] },
  "apigateway GetVpcLinks": { items: [] },
  "ecs ListClusters": { clusterArns: ["arn:aws:ecs:us-east-1:111122223333:cluster/main"] },
  "ecs ListServices": { serviceArns: [service] },
  "ecs DescribeServices": servicesWith(awsvpcConfiguration),
  "scheduler ListSchedules": { Schedules: [] },
  "ec2 DescribeInstances": { Reservations: [] },
  "efs DescribeFileSystems": { FileSystems: [] },
  "rds DescribeDBInstances": {
    DBInstances: [
      {
        DBInstanceArn: database,
        PubliclyAccessible: false,
        Endpoint: { Address: "main.1.us-east-1.rds.amazonaws.com", Port: 5432 },
        VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-db", Status: "active" }],
        DBSubnetGroup: { DBSubnetGroupName: "main", Subnets: [{ SubnetIdentifier: "subnet-private" }] },
      },
    ],
  },
  "rds DescribeDBClusters": { DBClusters: [] },
  "rds DescribeDBProxies": { DBProxies: [] },
  "rds DescribeDBSubnetGroups": { DBSubnetGroups: [] },
  "elasticache DescribeReplicationGroups": { ReplicationGroups: [] },
  "elasticache DescribeCacheClusters": { CacheClusters: [] },
  "elasticache DescribeCacheSubnetGroups": { CacheSubnetGroups: [] },
  "elasticache DescribeServerlessCaches": { ServerlessCaches: [] },
};

/** Answers with the recorded outputs of the account, some of them changed. */
export function answering(changes: Recorded = {}): Ask {
  const recorded: Recorded = { ...account, ...changes };
  return (name, operation, input) => {
    const output = recorded[`${name} ${operation}`];
    if (output === undefined) return Promise.reject(new Error(`${operation} of ${name} is not recorded`));
    return Promise.resolve(typeof output === "function" ? output(input) : output);
  };
}
