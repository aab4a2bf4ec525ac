import { unknown, type UnknownWay } from "../finding";
import { referenceOf } from "./reference";
import type { Resource, Resources } from "./terraform";
import type { Traffic } from "./traffic";

/** The other end of a rule: whoever is in a security group, a service behind a gateway endpoint, or addresses. */
export type RulePeer = { readonly group: string } | { readonly gatewayEndpoint: string } | { readonly range: string };

/** One rule of a security group. */
export interface Rule {
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

export const ruleTypes = Object.keys(directions);

/** https://www.iana.org/assignments/protocol-numbers, as AWS gives some of them back by name. */
const protocolNames: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
  all: "-1",
};

/** The rules of all security groups, and a finding for each that cannot be read. */
export function readRules(resources: Resources): {
  readonly rules: readonly Rule[];
  readonly findings: readonly UnknownWay[];
} {
  const read = Object.entries(directions).flatMap(([type, direction]) =>
    resources.of(type).map((resource) => readRule(resources, resource, direction)),
  );
  return {
    rules: read.filter((each) => "traffic" in each),
    findings: read.filter((each) => "kind" in each),
  };
}

function readRule(resources: Resources, resource: Resource, direction: Rule["direction"]): Rule | UnknownWay {
  const { address, fields } = resource;
  const { security_group_id, ip_protocol, from_port, to_port } = fields;
  if (typeof ip_protocol !== "string" || !isPort(from_port) || !isPort(to_port))
    return unknown(address, "has ports or a protocol that are no plain values; write them as such");
  const group = groupAt(resources, security_group_id);
  if (group === undefined) return unknown(address, "belongs to no security group of this stack; name one by its id");
  const peers = peersOf(resources, fields);
  const [peer] = peers;
  if (peer === undefined || peers.length > 1) {
    return unknown(address, "has another end that is not understood; name one security group, endpoint or range");
  }
  const protocol = protocolNames[ip_protocol] ?? ip_protocol.toLowerCase();
  const [from, to] = [from_port ?? -1, to_port ?? from_port ?? -1];
  // AWS's -1 is every port, as it is for what has no ports.
  const ports = protocol === "-1" || from < 0 ? { from: 0, to: 65535 } : { from, to };
  return { name: address, direction, group, traffic: { protocol, ...ports }, peer };
}

function isPort(value: unknown): value is number | undefined {
  return value === undefined || typeof value === "number";
}

/** One for each field that names another end; none when a field names something that is not understood. */
function peersOf(resources: Resources, fields: Resource["fields"]): readonly RulePeer[] {
  const { referenced_security_group_id, prefix_list_id, cidr_ipv4, cidr_ipv6 } = fields;
  const group = groupAt(resources, referenced_security_group_id);
  const endpoint = resources.at(referenceOf(prefix_list_id)?.address);
  const ranges = [cidr_ipv4, cidr_ipv6]
    .map((range) => rangeOf(resources, range))
    .filter((range) => range !== undefined);
  const peers = [
    ...(group === undefined ? [] : [{ group }]),
    ...(endpoint?.type === "aws_vpc_endpoint" ? [{ gatewayEndpoint: endpoint.address }] : []),
    ...ranges.map((range) => ({ range })),
  ];
  const named = [referenced_security_group_id, prefix_list_id, cidr_ipv4, cidr_ipv6].filter((end) => end !== undefined);
  return named.length === peers.length ? peers : [];
}

function groupAt(resources: Resources, value: unknown): string | undefined {
  const group = resources.at(referenceOf(value)?.address);
  return group?.type === "aws_security_group" ? group.address : undefined;
}

function rangeOf(resources: Resources, value: unknown): string | undefined {
  const reference = referenceOf(value);
  const range = reference === undefined ? value : resources.at(reference.address)?.fields[reference.attribute];
  return typeof range === "string" && /^[\da-f:.]+\/\d+$/i.test(range) ? range : undefined;
}
