import { shownValue, valueAt } from "../fields";
import type { ResourceChange } from "../plan";
import type { Interruption, PartOf } from "./interruption";

const ofVpc: PartOf = { type: "aws_vpc", by: "vpc_id", key: "id" };
const ofRouteTable: PartOf = { type: "aws_route_table", by: "route_table_id", key: "id" };
const ofSubnet: PartOf = { type: "aws_subnet", by: "subnet_id", key: "id" };

const rule: Interruption = {
  thing: "security group rule",
  what: (resource) => `connections on port ${portsOf(resource)} that only this rule allows`,
  until: "the new rule exists",
  minutes: 1,
  // The connection that it allowed is removed with it.
  whenDeleted: false,
  partOf: [{ type: "aws_security_group", by: "security_group_id", key: "id" }],
};

/** What is not available without parts of the network. */
export const networkInterruptions: Readonly<Record<string, Interruption>> = {
  aws_vpc: { thing: "VPC", what: () => "the whole stage", until: "everything in it is created again", minutes: 20 },
  aws_subnet: {
    thing: "subnet",
    what: (resource) => `tasks in the subnet of ${before(resource, "availability_zone")}`,
    until: "their services have started others in the new subnet",
    minutes: 5,
    partOf: [ofVpc],
  },
  aws_internet_gateway: {
    thing: "internet gateway",
    what: () => "all connections to and from the internet",
    until: "the new internet gateway is attached, and routes name it",
    minutes: 2,
    partOf: [ofVpc],
  },
  aws_nat_gateway: {
    thing: "NAT gateway",
    what: () => "egress: connections of running tasks to the internet and to AWS",
    until: "the new NAT gateway is available, and routes name it",
    minutes: 3,
    createFirst: {
      from: "the update of the routes, which ends open connections",
      until: "tasks have connected again",
      minutes: 1,
    },
    partOf: [ofSubnet],
  },
  aws_route: {
    thing: "route of the network",
    what: (resource) => `egress: connections of running tasks to ${destinationOf(resource)}`,
    until: "the new route exists",
    minutes: 1,
    partOf: [ofRouteTable],
  },
  aws_route_table: {
    thing: "route table",
    what: () => "egress: connections of running tasks in its subnets",
    until: "the new route table is associated, and has its routes",
    minutes: 1,
    partOf: [ofVpc],
  },
  aws_route_table_association: {
    thing: "association of the route table",
    what: () => "egress: connections of running tasks in the subnet",
    until: "the new association exists",
    minutes: 1,
    partOf: [ofSubnet, ofRouteTable],
  },
  aws_vpc_endpoint: {
    thing: "VPC endpoint",
    what: (resource) =>
      `egress: calls of running tasks to ${before(resource, "service_name")}, unless another path exists`,
    until: "the new endpoint is available",
    minutes: 3,
    partOf: [ofVpc],
  },
  aws_security_group: {
    thing: "security group",
    what: () => "connections that its rules allow",
    until: "the new group exists with its rules, and its members have it",
    minutes: 3,
    // AWS refuses to delete one that is in use.
    whenDeleted: false,
    partOf: [ofVpc],
  },
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
};

function before({ change }: ResourceChange, field: string): string {
  return shownValue(valueAt(change.before, field));
}

function destinationOf(resource: ResourceChange): string {
  return before(resource, "destination_cidr_block") || before(resource, "destination_ipv6_cidr_block");
}

function portsOf(resource: ResourceChange): string {
  const [from, to] = [before(resource, "from_port"), before(resource, "to_port")];
  return from === to ? from : `${from} to ${to}`;
}
