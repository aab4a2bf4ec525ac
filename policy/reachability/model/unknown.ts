import { unknown, type UnknownWay } from "../finding";
import type { Host } from "./hosts";
import { placements, subnetGroupTypes } from "./placements";
import { mentionsOf } from "./reference";
import { ruleTypes } from "./rules";
import type { Resource, Resources } from "./terraform";

/** Types whose resources decide who reaches whom. */
const networkTypes = ["aws_security_group", "aws_subnet", "aws_route_table", "aws_network_interface"];

/** Types that the model reads: what else names a resource of `networkTypes` is not understood. */
const readTypes = [
  ...networkTypes.slice(0, 3),
  ...Object.keys(placements),
  ...subnetGroupTypes,
  ...ruleTypes,
  "aws_route",
  "aws_route_table_association",
  "aws_nat_gateway",
];

/** Fields in which Terraform takes rules and routes that the stacks write as resources. */
const inlineFields: Readonly<Record<string, readonly string[]>> = {
  aws_security_group: ["ingress", "egress"],
  aws_default_security_group: ["ingress", "egress"],
  aws_route_table: ["route"],
  aws_lb: ["subnet_mapping"],
};

/** Types that decide who reaches whom, whatever they name. */
const strangeTypes = [
  "aws_security_group_rule",
  "aws_network_acl",
  "aws_network_acl_rule",
  "aws_default_network_acl",
  "aws_default_route_table",
  "aws_main_route_table_association",
  "aws_vpc_peering_connection",
];

/** A finding for each resource that decides who reaches whom in a way that the model does not read. */
export function readUnknown(resources: Resources, hosts: readonly Host[]): readonly UnknownWay[] {
  const inUse = new Set(hosts.flatMap(({ groups }) => groups));
  return [
    ...resources.all.flatMap((resource) => strange(resource)),
    ...resources
      .of("aws_security_group")
      .filter(({ address }) => !inUse.has(address))
      .map(({ address }) => unknown(address, "guards nothing that is known; give it to a resource, or remove it")),
  ];
}

function strange({ address, type, fields }: Resource): readonly UnknownWay[] {
  if (strangeTypes.includes(type))
    return [unknown(address, `is a ${type}, which is not understood; use the types that the stacks use`)];
  const [named] = readTypes.includes(type) ? [] : mentionsOf(fields, networkTypes);
  if (named !== undefined) return [unknown(address, `names ${named}, and what it does with it is not understood`)];
  const multiplied = readTypes.includes(type) ? ["count", "for_each", "dynamic"] : [];
  const field = [...(inlineFields[type] ?? []), ...multiplied].find((name) => fields[name] !== undefined);
  return field === undefined
    ? []
    : [unknown(address, `says ${field}, which is not understood; write resources of its own`)];
}
