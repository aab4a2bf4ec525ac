import { canReach, internet, internetIpv6 } from "network-paths";
import { canPullImage, readNetwork } from "../../network";
import { answering, awsvpcConfiguration, rule, rules, service, servicesWith, vpc, withPrivateRoutes } from "./recorded";
import type { Recorded } from "./recorded";

const reachable = { reachable: true };
const blocked = (blockedReason: string) => ({ reachable: false, blockedReason });
const read = (changes: Recorded = {}) => readNetwork(answering(changes));
const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1";
const pull = async (changes: Recorded, name = image) => canPullImage(await read(changes), service, name, "us-east-1");

const interfaceEndpoint = (name: string, fields: object = {}) => ({
  VpcEndpointId: `vpce-${name}`,
  VpcEndpointType: "Interface",
  ServiceName: `com.amazonaws.us-east-1.ecr.${name}`,
  VpcId: vpc,
  State: "available",
  SubnetIds: ["subnet-private"],
  Groups: [{ GroupId: "sg-endpoints", GroupName: "endpoints" }],
  PrivateDnsEnabled: true,
  ...fields,
});
const s3Endpoint = {
  VpcEndpointId: "vpce-s3",
  VpcEndpointType: "Gateway",
  ServiceName: "com.amazonaws.us-east-1.s3",
  VpcId: vpc,
  State: "available",
  RouteTableIds: ["rtb-private"],
};
const toGroup = { ReferencedGroupInfo: { GroupId: "sg-endpoints" } };
const fromTasks = { ReferencedGroupInfo: { GroupId: "sg-task" } };
const endpointRules = [
  rule("sg-task", true, 443, toGroup),
  rule("sg-endpoints", false, 443, fromTasks),
  rule("sg-task", true, 443, { PrefixListId: "pl-s3" }),
];

/** The account without a route to the internet from the tasks' subnet, and with endpoints for ECR and S3. */
const withEndpoints = (
  VpcEndpoints = [interfaceEndpoint("api"), interfaceEndpoint("dkr"), s3Endpoint],
  SecurityGroupRules = endpointRules,
): Recorded => ({
  ...withPrivateRoutes({ DestinationPrefixListId: "pl-s3", GatewayId: "vpce-s3", State: "active" }),
  "ec2 DescribeVpcEndpoints": { VpcEndpoints },
  "ec2 DescribeSecurityGroupRules": { SecurityGroupRules },
  "ec2 DescribeManagedPrefixLists": {
    PrefixLists: [{ PrefixListId: "pl-s3", PrefixListName: "com.amazonaws.us-east-1.s3", OwnerId: "AWS" }],
  },
  "ec2 DescribeVpcAttribute": ({ Attribute }) =>
    Attribute === "enableDnsSupport" ? { EnableDnsSupport: { Value: true } } : { EnableDnsHostnames: { Value: true } },
});

describe("a task pulls its image from ECR", () => {
  it("through a NAT gateway", async () => {
    expect(await pull({})).toEqual(reachable);
  });

  it("not without a route, or when the route's gateway does not exist or is not attached", async () => {
    const noRoute = blocked(
      "no VPC endpoint for ecr.api serves its subnets, and subnet-private has no route to the internet",
    );
    expect(await pull(withPrivateRoutes())).toEqual(noRoute);
    const route = { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1" };
    expect(await pull(withPrivateRoutes({ ...route, State: "blackhole" }))).toEqual(noRoute);
    const deleted = { NatGatewayId: "nat-1", SubnetId: "subnet-public", State: "deleted" };
    const withoutNat = await pull({ "ec2 DescribeNatGateways": { NatGateways: [deleted] } });
    expect(withoutNat).toEqual(noRoute);
    const detached = { InternetGateways: [{ InternetGatewayId: "igw-1", Attachments: [] }] };
    expect(await pull({ "ec2 DescribeInternetGateways": detached })).toEqual(
      blocked("subnet-private routes to a NAT gateway in subnet-public, which has no route to an internet gateway"),
    );
  });

  it("from a public subnet with a public IP only", async () => {
    const inPublic = (assignPublicIp: string) =>
      pull({
        "ecs DescribeServices": servicesWith({ ...awsvpcConfiguration, subnets: ["subnet-public"], assignPublicIp }),
      });
    expect(await inPublic("ENABLED")).toEqual(reachable);
    expect(await inPublic("DISABLED")).toEqual(
      blocked("subnet-public routes to an internet gateway, which requires a public IP"),
    );
  });

  it("not from a subnet whose route table is the main one, with local routes only", async () => {
    const subnets = [{ SubnetId: "subnet-private", VpcId: vpc, CidrBlock: "10.0.1.0/24" }];
    const other = { SubnetId: "subnet-other", VpcId: vpc, CidrBlock: "10.0.2.0/24" };
    const changes = {
      "ec2 DescribeSubnets": { Subnets: [...subnets, other, { ...other, SubnetId: "subnet-2", VpcId: "vpc-2" }] },
      "ecs DescribeServices": servicesWith({ ...awsvpcConfiguration, subnets: ["subnet-other"] }),
    };
    const network = await read(changes);
    expect(network.subnets.map(({ table }) => table)).toEqual(["rtb-private", "rtb-main", "rtb-main-2"]);
    expect(canReach(network, service, internet, 443)).toEqual(blocked("subnet-other has no route to the internet"));
  });

  it("through VPC endpoints for ECR and S3", async () => {
    expect((await read(withEndpoints())).unknown).toEqual([]);
    expect(await pull(withEndpoints())).toEqual(reachable);
  });

  it.each([
    ["an endpoint", withEndpoints([interfaceEndpoint("api"), s3Endpoint]), /^no VPC endpoint for ecr\.dkr serves/],
    [
      "private DNS of an endpoint",
      withEndpoints([interfaceEndpoint("api", { PrivateDnsEnabled: false }), interfaceEndpoint("dkr"), s3Endpoint]),
      /^no VPC endpoint for ecr\.api serves/,
    ],
    [
      "an endpoint that is available",
      withEndpoints([interfaceEndpoint("api"), interfaceEndpoint("dkr", { State: "deleting" }), s3Endpoint]),
      /^no VPC endpoint for ecr\.dkr serves/,
    ],
    [
      "host names in the VPC",
      { ...withEndpoints(), "ec2 DescribeVpcAttribute": { EnableDnsSupport: { Value: true } } },
      /^no VPC endpoint for ecr\.api serves/,
    ],
    [
      "DNS in the VPC",
      { ...withEndpoints(), "ec2 DescribeVpcAttribute": { EnableDnsHostnames: { Value: true } } },
      /^no VPC endpoint for ecr\.api serves/,
    ],
    [
      "S3 in its route table",
      withEndpoints([interfaceEndpoint("api"), interfaceEndpoint("dkr"), { ...s3Endpoint, RouteTableIds: [] }]),
      /^no VPC endpoint for s3 serves/,
    ],
    [
      "a rule of the endpoints",
      withEndpoints(
        undefined,
        endpointRules.filter(({ GroupId }) => GroupId === "sg-task"),
      ),
      /^no ingress rule of vpce-api allows it/,
    ],
    ["a rule for S3", withEndpoints(undefined, endpointRules.slice(0, 2)), /^no egress rule of .* allows it/],
  ])("not without %s", async (_, changes, blockedReason) => {
    expect(await pull(changes)).toEqual({
      reachable: false,
      blockedReason: expect.stringMatching(blockedReason) as unknown,
    });
  });

  it("over the internet only when it is of another registry or another region", async () => {
    const noRoute = blocked("subnet-private has no route to the internet");
    expect(await pull(withEndpoints(), "nginx:1")).toEqual(noRoute);
    expect(await pull(withEndpoints(), image.replace("us-east-1", "eu-west-1"))).toEqual(noRoute);
    expect(await pull({}, "nginx:1")).toEqual(reachable);
  });
});

test("a task reaches the internet over IPv6 through an egress-only internet gateway", async () => {
  const network = await read({
    ...withPrivateRoutes({ DestinationIpv6CidrBlock: "::/0", EgressOnlyInternetGatewayId: "eigw-1", State: "active" }),
    "ec2 DescribeSecurityGroupRules": { SecurityGroupRules: [rule("sg-task", true, 443, { CidrIpv6: "::/0" })] },
  });
  expect(canReach(network, service, internetIpv6, 443)).toEqual(reachable);
  expect(canReach(network, service, internet, 443)).toEqual(blocked("subnet-private has no route to the internet"));
});

describe("what affects paths and is not supported is unknown:", () => {
  const open = { RuleNumber: 100, RuleAction: "allow", Protocol: "-1", CidrBlock: "0.0.0.0/0" };
  const acl = (...both: readonly object[]) => {
    const Entries = both.flatMap((entry) => [false, true].map((Egress) => ({ Egress, ...entry })));
    const other = { NetworkAclId: "acl-without-subnets", Associations: [], Entries: [] };
    const subnets = [{ SubnetId: "subnet-private" }];
    const NetworkAcls = [{ NetworkAclId: "acl-1", Associations: subnets, Entries }, other];
    return { "ec2 DescribeNetworkAcls": { NetworkAcls } };
  };
  const ipv6 = { ...open, CidrBlock: undefined, Ipv6CidrBlock: "::/0", RuleNumber: 101 };

  it.each<[string, Recorded, string]>([
    [
      "a route to a part",
      withPrivateRoutes({ DestinationCidrBlock: "10.9.0.0/16", GatewayId: "igw-1" }),
      "rtb-private",
    ],
    [
      "a route to a prefix list",
      withPrivateRoutes({ DestinationPrefixListId: "pl-1", TransitGatewayId: "tgw-1" }),
      "rtb-private",
    ],
    [
      "a default route to another target",
      withPrivateRoutes({ DestinationCidrBlock: "0.0.0.0/0", TransitGatewayId: "tgw-1" }),
      "rtb-private",
    ],
    [
      "a default route to a private NAT gateway",
      {
        "ec2 DescribeNatGateways": {
          NatGateways: [{ NatGatewayId: "nat-1", State: "available", ConnectivityType: "private" }],
        },
      },
      "rtb-private",
    ],
    ["a network ACL that denies", acl({ ...open, RuleAction: "deny" }), "acl-1"],
    [
      "a network ACL that denies egress",
      acl({ ...open, Egress: false }, { ...open, Egress: true, RuleNumber: 101, RuleAction: "deny" }),
      "acl-1",
    ],
    ["a network ACL that allows one protocol", acl({ ...open, Protocol: "6" }), "acl-1"],
    ["a network ACL that allows one range", acl({ ...open, CidrBlock: "10.0.0.0/8" }), "acl-1"],
    ["a network ACL that allows IPv6 only", acl(ipv6), "acl-1"],
    ["a network ACL that denies IPv6", acl(open, { ...ipv6, RuleAction: "deny" }), "acl-1"],
    [
      "an endpoint of a Gateway Load Balancer",
      { "ec2 DescribeVpcEndpoints": { VpcEndpoints: [{ ...s3Endpoint, VpcEndpointType: "GatewayLoadBalancer" }] } },
      "vpce-s3",
    ],
    [
      "a rule for a prefix list that does not exist",
      {
        "ec2 DescribeSecurityGroupRules": {
          SecurityGroupRules: [...rules, rule("sg-task", true, 1, { PrefixListId: "pl-9" })],
        },
        "ec2 DescribeManagedPrefixLists": { PrefixLists: [] },
      },
      "sgr-sg-task-out-1",
    ],
  ])("%s", async (_, changes, resource) => {
    expect((await read(changes)).unknown.map((each) => each.resource)).toEqual([resource]);
  });

  it("not a network ACL that allows everything", async () => {
    expect((await read(acl(open, ipv6))).unknown).toEqual([]);
  });
});
