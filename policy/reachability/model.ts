import { unknown, type Network, type UnknownResource } from "network-paths";
import type { Block, SynthesizedStack } from "../terraform/stack";
import { referencesIn } from "../terraform/values";
import { hostTypes, readHosts, subnetGroupTypes, type ResourceHost } from "./hosts";
import {
  readListeners,
  readPrivateLinks,
  readRoutes,
  readSubnets,
  readVpcEndpoints,
  readVpcs,
  type Listener,
} from "./network";
import { readRules, ruleTypes } from "./security-groups";

/** The network of a stack, whose names are addresses in Terraform, and what else its connections are read from. */
export interface Model extends Network {
  readonly stack: SynthesizedStack;
  readonly hosts: readonly ResourceHost[];
  readonly listeners: readonly Listener[];
  /** Resources that are not supported, none of which is ignored. */
  readonly findings: readonly UnknownResource[];
}

/** Reads what affects network paths from a stack. */
export function readModel(stack: SynthesizedStack): Model {
  const { listeners, findings: ofListeners } = readListeners(stack);
  const { hosts, findings: ofHosts } = readHosts(stack, listeners);
  const { subnets, findings: ofSubnets } = readSubnets(stack);
  const { routes, findings: ofRoutes } = readRoutes(stack);
  const { rules, findings: ofRules } = readRules(stack);
  return {
    stack,
    vpcs: readVpcs(stack),
    hosts,
    subnets,
    routes,
    rules,
    vpcEndpoints: readVpcEndpoints(stack),
    listeners,
    privateLinks: readPrivateLinks(stack),
    findings: [...[ofHosts, ofSubnets, ofRoutes, ofRules, ofListeners].flat(), ...unsupported(stack, hosts)],
  };
}

/** Types whose resources affect network paths. */
const networkTypes = ["aws_security_group", "aws_subnet", "aws_route_table", "aws_network_interface"];

/** Types that the model reads; any other resource that refers to one of `networkTypes` is not supported. */
const supportedTypes = [
  ...networkTypes.slice(0, 3),
  ...hostTypes,
  ...subnetGroupTypes,
  ...ruleTypes,
  "aws_route",
  "aws_route_table_association",
  "aws_nat_gateway",
];

/** Attributes for rules and routes that the stacks write as resources. */
const inlineAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_security_group: ["ingress", "egress"],
  aws_default_security_group: ["ingress", "egress"],
  aws_route_table: ["route"],
  aws_lb: ["subnet_mapping"],
};

/** Types that affect network paths without referring to one of `networkTypes`. */
const unsupportedTypes = [
  "aws_security_group_rule",
  "aws_network_acl",
  "aws_network_acl_rule",
  "aws_default_network_acl",
  "aws_default_route_table",
  "aws_main_route_table_association",
  "aws_vpc_peering_connection",
];

function unsupported(stack: SynthesizedStack, hosts: readonly ResourceHost[]): readonly UnknownResource[] {
  const inUse = new Set(hosts.flatMap(({ groups }) => groups));
  return [
    ...stack.resources.flatMap((resource) => unsupportedPart(resource)),
    ...stack
      .all("aws_security_group")
      .filter(({ address }) => !inUse.has(address))
      .map(({ address }) => unknown(address, "is not attached to a known resource; attach it, or remove it")),
  ];
}

function unsupportedPart(block: Block): readonly UnknownResource[] {
  const { address, type } = block;
  if (unsupportedTypes.includes(type))
    return [unknown(address, `has the unsupported type ${type}; use the resource types that the stacks use`)];
  const isSupported = supportedTypes.includes(type);
  const [reference] = isSupported ? [] : referencesIn(block.attributes, ...networkTypes);
  if (reference !== undefined) {
    return [unknown(address, `refers to ${reference}, which is not supported for this resource type; remove it`)];
  }
  const multiplied = isSupported ? ["count", "for_each", "dynamic"] : [];
  const field = [...(inlineAttributes[type] ?? []), ...multiplied].find((name) => block.get(name) !== undefined);
  return field === undefined
    ? []
    : [unknown(address, `has ${field}, which is not supported; write separate resources`)];
}
