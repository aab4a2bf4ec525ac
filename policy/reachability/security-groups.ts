import {
  ruleTraffic,
  serviceOfEndpoint,
  unknown,
  type RulePeer,
  type SecurityGroupRule,
  type UnknownResource,
} from "network-paths";
import type { Block, SynthesizedStack } from "../terraform/stack";

const directions = {
  aws_vpc_security_group_ingress_rule: "ingress",
  aws_vpc_security_group_egress_rule: "egress",
} as const;

/** Types of the resources that are security group rules. */
export const ruleTypes = Object.keys(directions);

/** The rules of all security groups, and a finding for each that cannot be read. */
export function readRules(stack: SynthesizedStack): {
  readonly rules: readonly SecurityGroupRule[];
  readonly findings: readonly UnknownResource[];
} {
  const read = Object.entries(directions).flatMap(([type, direction]) =>
    stack.all(type).map((block) => readRule(stack, block, direction)),
  );
  return {
    rules: read.filter((each) => "traffic" in each),
    findings: read.filter((each) => "kind" in each),
  };
}

function readRule(
  stack: SynthesizedStack,
  block: Block,
  direction: SecurityGroupRule["direction"],
): SecurityGroupRule | UnknownResource {
  const { address } = block;
  const [ipProtocol, fromPort, toPort] = ["ip_protocol", "from_port", "to_port"].map((path) => block.get(path));
  if (typeof ipProtocol !== "string" || !isPort(fromPort) || !isPort(toPort))
    return unknown(address, "has a protocol or ports that are expressions; write literal values");
  const group = groupAt(stack, block, "security_group_id");
  if (group === undefined) {
    return unknown(
      address,
      "does not belong to a security group of this stack; set security_group_id to the id of one",
    );
  }
  const peers = peersOf(stack, block);
  const [peer] = peers;
  if (peer === undefined || peers.length > 1) {
    return unknown(address, "has an unsupported peer; set one security group, gateway endpoint or CIDR block");
  }
  return { name: address, direction, group, traffic: ruleTraffic(ipProtocol, fromPort, toPort), peer };
}

function isPort(value: unknown): value is number | undefined {
  return value === undefined || typeof value === "number";
}

const peerFields = ["referenced_security_group_id", "prefix_list_id", "cidr_ipv4", "cidr_ipv6"];

/** One for each field that is set; none when a field has a value that is not supported. */
function peersOf(stack: SynthesizedStack, block: Block): readonly RulePeer[] {
  const group = groupAt(stack, block, "referenced_security_group_id");
  const endpoint = stack.at(block.reference("prefix_list_id")?.address);
  const ranges = ["cidr_ipv4", "cidr_ipv6"].flatMap((path) => rangeAt(stack, block, path) ?? []);
  const peers = [
    ...(group === undefined ? [] : [{ group }]),
    ...(endpoint?.type === "aws_vpc_endpoint" ? [{ service: serviceOfEndpoint(endpoint.text("service_name")) }] : []),
    ...ranges.map((range) => ({ range })),
  ];
  const set = peerFields.filter((path) => block.get(path) !== undefined);
  return set.length === peers.length ? peers : [];
}

function groupAt(stack: SynthesizedStack, block: Block, path: string): string | undefined {
  const group = stack.at(block.reference(path)?.address);
  return group?.type === "aws_security_group" ? group.address : undefined;
}

function rangeAt(stack: SynthesizedStack, block: Block, path: string): string | undefined {
  const reference = block.reference(path);
  const range = reference === undefined ? block.get(path) : stack.at(reference.address)?.get(reference.attribute);
  return typeof range === "string" && /^[\da-f:.]+\/\d+$/i.test(range) ? range : undefined;
}
