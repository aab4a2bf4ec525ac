import type { Block, SynthesizedStack } from "../terraform/stack";
import { unknown, type UnknownResource } from "./network";

/** Traffic that a rule allows; protocol `-1` means every protocol and every port. */
export interface Traffic {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** The other end of a rule: members of a security group, the service of a gateway endpoint, or a CIDR block. */
export type RulePeer = { readonly group: string } | { readonly gatewayEndpoint: string } | { readonly range: string };

/** One rule of a security group. */
export interface SecurityGroupRule {
  /** Its address in Terraform. */
  readonly name: string;
  readonly direction: "ingress" | "egress";
  /** The security group that it belongs to. */
  readonly group: string;
  readonly traffic: Traffic;
  readonly peer: RulePeer;
}

const directions = {
  aws_vpc_security_group_ingress_rule: "ingress",
  aws_vpc_security_group_egress_rule: "egress",
} as const;

/** Types of the resources that are security group rules. */
export const ruleTypes = Object.keys(directions);

/** https://www.iana.org/assignments/protocol-numbers, of which AWS returns some by name. */
const protocolNames: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
  all: "-1",
};

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
  const protocol = protocolNames[ipProtocol] ?? ipProtocol.toLowerCase();
  const [from, to] = [fromPort ?? -1, toPort ?? fromPort ?? -1];
  // AWS's -1 is every port, also for protocols without ports.
  const ports = protocol === "-1" || from < 0 ? { from: 0, to: 65535 } : { from, to };
  return { name: address, direction, group, traffic: { protocol, ...ports }, peer };
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
    ...(endpoint?.type === "aws_vpc_endpoint" ? [{ gatewayEndpoint: endpoint.address }] : []),
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

/** Whether a CIDR block is the whole internet. */
export function isWholeInternet(range: string): boolean {
  return range === "0.0.0.0/0" || range === "::/0";
}

/** Every protocol and every port. */
export const everything: Traffic = { protocol: "-1", from: 0, to: 65535 };

/** TCP traffic to one port. */
export function tcp(port: number): Traffic {
  return { protocol: "tcp", from: port, to: port };
}

/** Whether rules together allow all of the traffic. */
export function covers(rules: readonly Traffic[], traffic: Traffic): boolean {
  return subtract([traffic], rules).length === 0;
}

/** Traffic that both of two rules allow, or undefined. */
export function overlap(one: Traffic, other: Traffic): Traffic | undefined {
  if (one.protocol === "-1") return other;
  if (other.protocol === "-1") return one;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return one.protocol === other.protocol && from <= to ? { protocol: one.protocol, from, to } : undefined;
}

/** The traffic that is left when other traffic is taken away. */
export function subtract(traffic: readonly Traffic[], without: readonly Traffic[]): readonly Traffic[] {
  return without.reduce((left, taken) => left.flatMap((each) => remove(each, taken)), traffic);
}

/** The same traffic in the fewest port ranges, in order. */
export function merged(traffic: readonly Traffic[]): readonly Traffic[] {
  if (traffic.some(({ protocol }) => protocol === "-1")) return [everything];
  const sorted = [...traffic].sort((one, other) => one.protocol.localeCompare(other.protocol) || one.from - other.from);
  return sorted.reduce<readonly Traffic[]>((ranges, next) => {
    const last = ranges.at(-1);
    if (last?.protocol !== next.protocol || next.from > last.to + 1) return [...ranges, next];
    return [...ranges.slice(0, -1), { ...last, to: Math.max(last.to, next.to) }];
  }, []);
}

/** Formats traffic as text, such as `TCP 443`, `UDP 1-1024` or `all traffic`. */
export function shownTraffic(traffic: readonly Traffic[]): string {
  return merged(traffic)
    .map(({ protocol, from, to }) => {
      if (protocol === "-1") return "all traffic";
      return `${protocol.toUpperCase()} ${from === to ? from : `${from}-${to}`}`;
    })
    .join(", ");
}

function remove(each: Traffic, taken: Traffic): readonly Traffic[] {
  if (taken.protocol === "-1") return [];
  const common = overlap(each, taken);
  if (common === undefined || each.protocol === "-1") return [each];
  return [
    ...(each.from < common.from ? [{ ...each, to: common.from - 1 }] : []),
    ...(common.to < each.to ? [{ ...each, from: common.to + 1 }] : []),
  ];
}
