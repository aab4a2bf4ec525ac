import { contains, isAddress, isWholeInternet, rangesOverlap } from "./addresses";
import { endpointsOf, hostNamed, internetFamily, isInsideVpc } from "./endpoints";
import type { Network, RulePeer, SecurityGroupRule } from "./network";
import { everything, type Traffic } from "./traffic";

/** The traffic that the security groups of the source allow to the destination. */
export function egressAllowed(network: Network, from: string, to: string): readonly Traffic[] {
  return allowed(network, "egress", from, to);
}

/** The traffic that the security groups of the destination allow from the source. */
export function ingressAllowed(network: Network, from: string, to: string): readonly Traffic[] {
  const throughPrivateLink = network.privateLinks.some(({ name }) => name === from);
  const target = hostNamed(network, to);
  if (throughPrivateLink && target?.isOpenToPrivateLink === true) return target.listeners ?? [everything];
  return allowed(network, "ingress", to, from);
}

function allowed(
  network: Network,
  direction: SecurityGroupRule["direction"],
  owner: string,
  other: string,
): readonly Traffic[] {
  const groups = hostNamed(network, owner)?.groups;
  if (groups === undefined) return [everything];
  return network.rules
    .filter((rule) => rule.direction === direction && groups.includes(rule.group))
    .filter(({ peer }) => matches(network, peer, other))
    .map(({ traffic }) => traffic);
}

/** Endpoints that the peer of a rule matches; a CIDR block that is not inside a VPC is one of its own. */
export function endpointsMatching(network: Network, peer: RulePeer): readonly string[] {
  const endpoints = endpointsOf(network).filter((endpoint) => matches(network, peer, endpoint));
  if (!("range" in peer) || isWholeInternet(peer.range) || isInsideVpc(network, peer.range)) return endpoints;
  return [...endpoints, peer.range];
}

function matches(network: Network, peer: RulePeer, endpoint: string): boolean {
  const host = hostNamed(network, endpoint);
  if ("group" in peer) return host?.groups?.includes(peer.group) ?? false;
  if ("service" in peer) return peer.service === endpoint;
  if (isAddress(endpoint)) return contains(peer.range, endpoint);
  if (host === undefined) return peer.range === (internetFamily(endpoint) === "ipv6" ? "::/0" : "0.0.0.0/0");
  const ranges = network.subnets.filter(({ name }) => host.subnets.includes(name)).map(({ cidr }) => cidr);
  return ranges.some((range) => rangesOverlap(peer.range, range));
}
