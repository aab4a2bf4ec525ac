import type { Block, SynthesizedStack } from "../terraform/stack";
import { referencesIn } from "../terraform/values";
import { hostTypes, readHosts, subnetGroupTypes, type Host } from "./hosts";
import {
  readListeners,
  readLoadBalancersOpenToPrivateLink,
  readPrivateLinks,
  readRoutes,
  readSubnets,
  readVpcEndpoints,
  unknown,
  type DefaultRoute,
  type Listener,
  type PrivateLink,
  type Subnet,
  type UnknownResource,
  type VpcEndpoint,
} from "./network";
import { readRules, ruleTypes, type SecurityGroupRule } from "./security-groups";

/** Everything of a stack that affects network paths. */
export interface Model {
  readonly stack: SynthesizedStack;
  readonly hosts: readonly Host[];
  readonly subnets: readonly Subnet[];
  readonly routes: readonly DefaultRoute[];
  readonly rules: readonly SecurityGroupRule[];
  readonly vpcEndpoints: readonly VpcEndpoint[];
  readonly listeners: readonly Listener[];
  readonly privateLinks: readonly PrivateLink[];
  readonly loadBalancersOpenToPrivateLink: readonly string[];
  /** Resources that are not supported, none of which is ignored. */
  readonly findings: readonly UnknownResource[];
}

/** Every IPv4 address outside the VPC. */
export const internet = "internet";

/** Every IPv6 address outside the VPC. */
export const internetIpv6 = "internet over IPv6";

/** Reads what affects network paths from a stack. */
export function readModel(stack: SynthesizedStack): Model {
  const { hosts, findings: ofHosts } = readHosts(stack);
  const { subnets, findings: ofSubnets } = readSubnets(stack);
  const { routes, findings: ofRoutes } = readRoutes(stack);
  const { rules, findings: ofRules } = readRules(stack);
  const { listeners, findings: ofListeners } = readListeners(stack);
  return {
    stack,
    hosts,
    subnets,
    routes,
    rules,
    vpcEndpoints: readVpcEndpoints(stack),
    listeners,
    privateLinks: readPrivateLinks(stack),
    loadBalancersOpenToPrivateLink: readLoadBalancersOpenToPrivateLink(stack),
    findings: [...[ofHosts, ofSubnets, ofRoutes, ofRules, ofListeners].flat(), ...unsupported(stack, hosts)],
  };
}

/** Sources and destinations of paths: resources by their addresses, AWS services behind gateway endpoints, the internet. */
export function endpointsOf(model: Model): readonly string[] {
  return [
    ...model.hosts.map(({ name }) => name),
    ...model.privateLinks.map(({ name }) => name),
    ...gatewayServices(model),
    internet,
    internetIpv6,
  ];
}

/** The AWS services of gateway endpoints, such as `s3`. */
export function gatewayServices({ vpcEndpoints }: Model): readonly string[] {
  return [...new Set(vpcEndpoints.filter(({ tables }) => tables !== undefined).map(({ service }) => service))];
}

/** The addresses of interface endpoints. */
export function interfaceEndpoints({ vpcEndpoints }: Model): readonly string[] {
  return vpcEndpoints.filter(({ tables }) => tables === undefined).map(({ name }) => name);
}

/** The address family of `internet` and `internet over IPv6`, undefined for any other endpoint. */
export function internetFamily(endpoint: string): "ipv4" | "ipv6" | undefined {
  if (endpoint === internet) return "ipv4";
  return endpoint === internetIpv6 ? "ipv6" : undefined;
}

/** The host at an address. */
export function hostNamed({ hosts }: Model, name: string): Host | undefined {
  return hosts.find((host) => host.name === name);
}

/** The VPC of a host. */
export function vpcOf({ subnets }: Model, host: Host): string | undefined {
  return subnets.find(({ name }) => host.subnets.includes(name))?.vpc;
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

function unsupported(stack: SynthesizedStack, hosts: readonly Host[]): readonly UnknownResource[] {
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
