import {
  isWholeInternet,
  unknown,
  type DefaultRoute,
  type Gateway,
  type Subnet,
  type UnknownResource,
  type Vpc,
} from "network-paths";
import { objects, text, type JsonObject } from "../wire/json";
import { listObjects, textsAt, type Ask } from "./ask";

/** All VPCs. */
export async function readVpcs(ask: Ask): Promise<readonly Vpc[]> {
  const vpcs = await listObjects(ask, "ec2", "DescribeVpcs", "Vpcs");
  return vpcs.map((vpc) => ({ name: text(vpc.VpcId), cidrs: cidrsOf(vpc) }));
}

function cidrsOf({ CidrBlock, CidrBlockAssociationSet }: JsonObject): readonly string[] {
  return [...new Set([text(CidrBlock), ...textsAt(CidrBlockAssociationSet, "CidrBlock")])];
}

/** All subnets with their route tables, the default routes of these, and what else routes that is not supported. */
export async function readRoutes(ask: Ask): Promise<{
  readonly subnets: readonly Subnet[];
  readonly routes: readonly DefaultRoute[];
  readonly unknown: readonly UnknownResource[];
}> {
  const [subnets, tables, natGateways, internetGateways] = await Promise.all([
    listObjects(ask, "ec2", "DescribeSubnets", "Subnets"),
    listObjects(ask, "ec2", "DescribeRouteTables", "RouteTables"),
    listObjects(ask, "ec2", "DescribeNatGateways", "NatGateways"),
    listObjects(ask, "ec2", "DescribeInternetGateways", "InternetGateways"),
  ]);
  const attached = internetGateways.filter(({ Attachments }) => objects(Attachments).length > 0);
  const gateways = { nat: natGateways, internet: textsAt(attached, "InternetGatewayId") };
  const read = tables.flatMap((table) => objects(table.Routes).flatMap((route) => readRoute(table, route, gateways)));
  return {
    subnets: subnets.map((subnet) => readSubnet(subnet, tables)),
    routes: read.filter((each) => "table" in each),
    unknown: read.filter((each) => "message" in each),
  };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html */
function readSubnet({ SubnetId, VpcId, CidrBlock }: JsonObject, tables: readonly JsonObject[]): Subnet {
  const associated = (matches: (association: JsonObject) => boolean) =>
    tables.find((table) => table.VpcId === VpcId && objects(table.Associations).some(matches));
  const table =
    associated((association) => association.SubnetId === SubnetId) ?? associated(({ Main }) => Main === true);
  return {
    name: text(SubnetId),
    vpc: text(VpcId),
    cidr: text(CidrBlock),
    table: table && text(table.RouteTableId),
  };
}

interface Gateways {
  readonly nat: readonly JsonObject[];
  /** Ids of those that are attached to a VPC. */
  readonly internet: readonly string[];
}

const families: Readonly<Record<string, DefaultRoute["family"]>> = { "0.0.0.0/0": "ipv4", "::/0": "ipv6" };

function readRoute(
  { RouteTableId }: JsonObject,
  route: JsonObject,
  gateways: Gateways,
): readonly (DefaultRoute | UnknownResource)[] {
  const destination = text(route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock);
  // Routes within the VPC always exist, and those to a prefix list of a gateway endpoint are the endpoint's.
  if (route.GatewayId === "local" || text(route.GatewayId).startsWith("vpce-")) return [];
  const table = text(RouteTableId);
  const family = families[destination];
  if (family === undefined) {
    const shown = destination === "" ? text(route.DestinationPrefixListId) : destination;
    return [unknown(table, `has a route to ${shown}, which is not supported`)];
  }
  if (route.State === "blackhole") return [];
  const gateway = gatewayOf(route, gateways);
  if (gateway === "unknown") return [unknown(table, `has a route to ${destination} whose target is not supported`)];
  return gateway === "none" ? [] : [{ table, family, gateway }];
}

/** AWS drops the traffic of a route whose gateway does not exist or is not attached, a blackhole. */
function gatewayOf(
  { GatewayId, NatGatewayId, EgressOnlyInternetGatewayId }: JsonObject,
  { nat, internet }: Gateways,
): Gateway | "none" | "unknown" {
  if (text(EgressOnlyInternetGatewayId) !== "") return { kind: "egress-only" };
  if (text(GatewayId).startsWith("igw-")) return internet.includes(text(GatewayId)) ? { kind: "internet" } : "none";
  if (text(NatGatewayId) === "") return "unknown";
  const gateway = nat.find((each) => each.NatGatewayId === NatGatewayId);
  if (gateway?.State !== "available") return "none";
  return gateway.ConnectivityType === "private" ? "unknown" : { kind: "nat", subnet: text(gateway.SubnetId) };
}

/** Network ACLs of subnets that filter traffic, which is not supported: https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html */
export async function readNetworkAcls(ask: Ask): Promise<readonly UnknownResource[]> {
  const acls = await listObjects(ask, "ec2", "DescribeNetworkAcls", "NetworkAcls");
  return acls
    .filter(({ Associations, Entries }) => objects(Associations).length > 0 && !allowsEverything(objects(Entries)))
    .map(({ NetworkAclId }) =>
      unknown(text(NetworkAclId), "filters the traffic of subnets, which is not supported; allow all of its traffic"),
    );
}

/** Whether the first rule of each direction allows all traffic, for IPv4 and, when there are rules for it, for IPv6. */
function allowsEverything(entries: readonly JsonObject[]): boolean {
  const rulesFor = (block: "CidrBlock" | "Ipv6CidrBlock") => entries.filter((entry) => text(entry[block]) !== "");
  const isOpen = (egress: boolean, block: "CidrBlock" | "Ipv6CidrBlock") => {
    const [first] = rulesFor(block)
      .filter(({ Egress }) => Egress === egress)
      .sort((one, other) => Number(one.RuleNumber) - Number(other.RuleNumber));
    return first?.RuleAction === "allow" && first.Protocol === "-1" && isWholeInternet(text(first[block]));
  };
  const hasIpv6 = rulesFor("Ipv6CidrBlock").length > 0;
  return [true, false].every((egress) => isOpen(egress, "CidrBlock") && (!hasIpv6 || isOpen(egress, "Ipv6CidrBlock")));
}
