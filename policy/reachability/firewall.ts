import { Address4 } from "ip-address";
import type { Model } from "./model/model";
import type { Rule, RulePeer } from "./model/rules";
import { everything, tcp, type Traffic } from "./model/traffic";
import { hostNamed, internetFamily } from "./parties";

/** What the security groups of `from` let out to `to`. */
export function letOut(model: Model, from: string, to: string): readonly Traffic[] {
  return letThrough(model, "egress", from, to);
}

/** What the security groups of `to` let in from `from`. */
export function letIn(model: Model, from: string, to: string): readonly Traffic[] {
  const throughPrivateLink = model.privateLinks.some(({ name }) => name === from);
  if (throughPrivateLink && model.unguardedLoadBalancers.includes(to)) {
    return model.listeners.filter(({ loadBalancer }) => loadBalancer === to).map(({ port }) => tcp(port));
  }
  return letThrough(model, "ingress", to, from);
}

/** Everyone whom a rule's other end names; a range that is not all inside the VPC also stands for itself. */
export function namedBy(model: Model, peer: RulePeer, parties: readonly string[]): readonly string[] {
  const named = parties.filter((party) => names(model, peer, party));
  const inside = "range" in peer && model.resources.of("aws_vpc").some(({ fields }) => isInside(peer.range, fields));
  if (!("range" in peer) || inside || isEverybody(peer.range)) return named;
  return [...named, peer.range];
}

/** Whether a range is the whole internet. */
export function isEverybody(range: string): boolean {
  return range === "0.0.0.0/0" || range === "::/0";
}

function letThrough(model: Model, direction: Rule["direction"], guarded: string, other: string): readonly Traffic[] {
  const host = hostNamed(model, guarded);
  if (host === undefined) return [everything];
  return model.rules
    .filter((rule) => rule.direction === direction && host.groups.includes(rule.group))
    .filter(({ peer }) => names(model, peer, other))
    .map(({ traffic }) => traffic);
}

function names(model: Model, peer: RulePeer, party: string): boolean {
  const host = hostNamed(model, party);
  if ("group" in peer) return host?.groups.includes(peer.group) ?? false;
  if ("gatewayEndpoint" in peer) {
    return model.endpoints.some(({ name, service }) => name === peer.gatewayEndpoint && service === party);
  }
  if (host === undefined) return peer.range === (internetFamily(party) === "ipv6" ? "::/0" : "0.0.0.0/0");
  const ranges = model.subnets.filter(({ name }) => host.subnets.includes(name)).map(({ cidr }) => cidr);
  return ranges.some((range) => overlaps(peer.range, range));
}

function overlaps(one: string, other: string): boolean {
  if (!Address4.isValid(one)) return false;
  const [range, subnet] = [new Address4(one), new Address4(other)];
  return range.isInSubnet(subnet) || subnet.isInSubnet(range);
}

function isInside(range: string, { cidr_block }: Readonly<Record<string, unknown>>): boolean {
  if (!Address4.isValid(range) || typeof cidr_block !== "string") return false;
  return new Address4(range).isInSubnet(new Address4(cidr_block));
}
