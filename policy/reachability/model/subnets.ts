import { unknown, type UnknownWay } from "../finding";
import { referenceOf } from "./reference";
import type { Resource, Resources } from "./terraform";

/** A subnet, with the route table that decides the ways out of it. */
export interface Subnet {
  readonly name: string;
  readonly vpc: string;
  readonly cidr: string;
  /** @default - the VPC's main table, which leads nowhere */
  readonly table: string | undefined;
}

/** All subnets, and a finding for each that cannot be read. */
export function readSubnets(resources: Resources): {
  readonly subnets: readonly Subnet[];
  readonly findings: readonly UnknownWay[];
} {
  const read = resources.of("aws_subnet").map((subnet) => readSubnet(resources, subnet));
  return { subnets: read.filter((each) => "cidr" in each), findings: read.filter((each) => "kind" in each) };
}

function readSubnet(resources: Resources, { address, fields }: Resource): Subnet | UnknownWay {
  const vpc = referenceOf(fields.vpc_id)?.address;
  const { cidr_block: cidr } = fields;
  if (vpc === undefined || typeof cidr !== "string") {
    return unknown(address, "has no VPC of this stack or no plain range of addresses; write both");
  }
  const association = resources
    .of("aws_route_table_association")
    .find(({ fields: { subnet_id } }) => referenceOf(subnet_id)?.address === address);
  return { name: address, vpc, cidr, table: referenceOf(association?.fields.route_table_id)?.address };
}
