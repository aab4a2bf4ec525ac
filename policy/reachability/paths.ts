import { Address4 } from "ip-address";
import { isDualStack, type Host } from "./hosts";
import { endpointsOf, hostNamed, internet, internetFamily, vpcOf, type Model } from "./model";
import type { DefaultRoute } from "./network";
import {
  covers,
  everything,
  isWholeInternet,
  merged,
  overlap,
  tcp,
  type RulePeer,
  type SecurityGroupRule,
  type Traffic,
} from "./security-groups";

/** Whether a connection is possible, and if not, what blocks it. */
export type Reachability = { readonly reachable: true } | { readonly reachable: false; readonly blockedReason: string };

/** A path between two endpoints, with the traffic that security groups allow on it. */
export interface Path {
  readonly from: string;
  readonly to: string;
  readonly traffic: readonly Traffic[];
}

/**
 * Whether `from` can open a TCP connection to `port` of `to`. Both are addresses of resources, `internet`,
 * `internet over IPv6`, or, as `to`, an AWS service such as `ecr.api`.
 */
export function canReach(model: Model, from: string, to: string, port: number): Reachability {
  const reason =
    unknownEndpoint(model, from, to) ??
    blockedReason(model, from, to) ??
    (listens(model, to, port) ? undefined : `${to} has no listener on ${port}`) ??
    (covers(egressAllowed(model, from, to), tcp(port)) ? undefined : `no egress rule of ${from} allows it`) ??
    (covers(ingressAllowed(model, from, to), tcp(port)) ? undefined : `no ingress rule of ${to} allows it`) ??
    blockedBesideGateway(model, from, to, port);
  return reason === undefined ? { reachable: true } : { reachable: false, blockedReason: reason };
}

/** All paths on which routes exist and the security groups of both ends allow traffic. */
export function openPaths(model: Model): readonly Path[] {
  const endpoints = endpointsOf(model);
  return endpoints
    .flatMap((from) => endpoints.map((to) => ({ from, to, traffic: allowedTraffic(model, from, to) })))
    .filter(({ traffic }) => traffic.length > 0);
}

/** The traffic that routes and the security groups of both ends allow. */
export function allowedTraffic(model: Model, from: string, to: string): readonly Traffic[] {
  if (blockedReason(model, from, to) !== undefined) return [];
  const ingress = ingressAllowed(model, from, to);
  return merged(egressAllowed(model, from, to).flatMap((out) => ingress.flatMap((into) => overlap(out, into) ?? [])));
}

function unknownEndpoint(model: Model, from: string, to: string): string | undefined {
  const endpoints = endpointsOf(model);
  // An AWS service without a VPC endpoint is reached over the internet.
  const unknown = [from, ...(to.startsWith("aws_") ? [to] : [])].find((name) => !endpoints.includes(name));
  return unknown && `${unknown} has no known network interface`;
}

/** Only load balancers have known ports. */
function listens({ stack, listeners }: Model, to: string, port: number): boolean {
  if (stack.at(to)?.type !== "aws_lb") return true;
  return listeners.some((listener) => listener.loadBalancer === to && listener.port === port);
}

/** From subnets whose route table has no gateway endpoint, traffic to the service takes the route to the internet. */
function blockedBesideGateway(model: Model, from: string, to: string, port: number): string | undefined {
  const host = hostNamed(model, from);
  if (host === undefined || hostNamed(model, to) !== undefined || to === internet) return undefined;
  if (subnetsWithoutGateway(model, host, to).length === 0) return undefined;
  return covers(egressAllowed(model, from, internet), tcp(port))
    ? undefined
    : `no egress rule of ${from} allows it to the internet`;
}

/** Why no route leads from one endpoint to another, apart from security groups; undefined when one does. */
function blockedReason(model: Model, from: string, to: string): string | undefined {
  const source = hostNamed(model, from);
  const target = hostNamed(model, to);
  if (source !== undefined && target !== undefined) {
    return vpcOf(model, source) === vpcOf(model, target) ? undefined : "they are in different VPCs";
  }
  const link = model.privateLinks.find(({ name }) => name === from);
  if (link !== undefined) return link.loadBalancers.includes(to) ? undefined : `${from} does not target it`;
  if (source !== undefined) {
    const family = internetFamily(to);
    return family === undefined ? blockedToService(model, source, to) : blockedToInternet(model, source, family);
  }
  const family = internetFamily(from);
  if (target === undefined || family === undefined) return "neither is in the VPC";
  return blockedFromInternet(model, target, family);
}

function blockedToService(model: Model, host: Host, service: string): string | undefined {
  const subnets = subnetsWithoutGateway(model, host, service);
  const reason = blockedToInternet(model, { ...host, subnets }, "ipv4");
  return reason && `no VPC endpoint for ${service} serves its subnets, and ${reason}`;
}

function blockedToInternet(model: Model, host: Host, family: DefaultRoute["family"]): string | undefined {
  for (const subnet of host.subnets) {
    const gateway = defaultRoute(model, subnet, family)?.gateway;
    if (gateway === undefined) return `${subnet} has no route to the internet`;
    if (gateway.kind === "internet" && !host.publicIp)
      return `${subnet} routes to an internet gateway, which requires a public IP`;
    if (gateway.kind === "nat" && defaultRoute(model, gateway.subnet, "ipv4")?.gateway.kind !== "internet") {
      return `${subnet} routes to a NAT gateway in ${gateway.subnet ?? "no subnet"}, which has no route to an internet gateway`;
    }
  }
  return undefined;
}

function blockedFromInternet(model: Model, host: Host, family: DefaultRoute["family"]): string | undefined {
  if (!host.publicIp) return `${host.name} has no public IP`;
  if (family === "ipv6" && !isDualStack(model.stack.at(host.name))) return `${host.name} has no IPv6 address`;
  const closed = host.subnets.find((subnet) => defaultRoute(model, subnet, family)?.gateway.kind !== "internet");
  return closed && `${closed} has no route to an internet gateway`;
}

/** Subnets of a host whose route table has no gateway endpoint for a service. */
export function subnetsWithoutGateway(model: Model, host: Host, service: string): readonly string[] {
  const tables = model.vpcEndpoints
    .filter((endpoint) => endpoint.service === service)
    .flatMap((endpoint) => endpoint.tables ?? []);
  return host.subnets.filter((subnet) => !tables.includes(tableOf(model, subnet) ?? ""));
}

/** Whether a subnet of a host has a default route, whatever its target. */
export function hasDefaultRoute(model: Model, host: Host): boolean {
  return host.subnets.some((subnet) => defaultRoute(model, subnet, "ipv4") !== undefined);
}

function defaultRoute(
  model: Model,
  subnet: string | undefined,
  family: DefaultRoute["family"],
): DefaultRoute | undefined {
  const table = tableOf(model, subnet);
  return model.routes.find((route) => route.family === family && route.table === table);
}

function tableOf({ subnets }: Model, subnet: string | undefined): string | undefined {
  return subnets.find(({ name }) => name === subnet)?.table;
}

function egressAllowed(model: Model, from: string, to: string): readonly Traffic[] {
  return allowed(model, "egress", from, to);
}

function ingressAllowed(model: Model, from: string, to: string): readonly Traffic[] {
  const throughPrivateLink = model.privateLinks.some(({ name }) => name === from);
  if (throughPrivateLink && model.loadBalancersOpenToPrivateLink.includes(to)) {
    return model.listeners.filter(({ loadBalancer }) => loadBalancer === to).map(({ port }) => tcp(port));
  }
  return allowed(model, "ingress", to, from);
}

function allowed(
  model: Model,
  direction: SecurityGroupRule["direction"],
  owner: string,
  other: string,
): readonly Traffic[] {
  const host = hostNamed(model, owner);
  if (host === undefined) return [everything];
  return model.rules
    .filter((rule) => rule.direction === direction && host.groups.includes(rule.group))
    .filter(({ peer }) => matches(model, peer, other))
    .map(({ traffic }) => traffic);
}

/** Endpoints that the peer of a rule matches; a CIDR block that is not inside the VPC is one of its own. */
export function endpointsMatching(model: Model, peer: RulePeer): readonly string[] {
  const endpoints = endpointsOf(model).filter((endpoint) => matches(model, peer, endpoint));
  if (!("range" in peer) || isWholeInternet(peer.range) || isInsideVpc(model, peer.range)) return endpoints;
  return [...endpoints, peer.range];
}

function matches(model: Model, peer: RulePeer, endpoint: string): boolean {
  const host = hostNamed(model, endpoint);
  if ("group" in peer) return host?.groups.includes(peer.group) ?? false;
  if ("gatewayEndpoint" in peer) {
    return model.vpcEndpoints.some(({ name, service }) => name === peer.gatewayEndpoint && service === endpoint);
  }
  if (host === undefined) return peer.range === (internetFamily(endpoint) === "ipv6" ? "::/0" : "0.0.0.0/0");
  const ranges = model.subnets.filter(({ name }) => host.subnets.includes(name)).map(({ cidr }) => cidr);
  return ranges.some((range) => overlaps(peer.range, range));
}

function overlaps(one: string, other: string): boolean {
  if (!Address4.isValid(one)) return false;
  const [range, subnet] = [new Address4(one), new Address4(other)];
  return range.isInSubnet(subnet) || subnet.isInSubnet(range);
}

function isInsideVpc({ stack }: Model, range: string): boolean {
  if (!Address4.isValid(range)) return false;
  const blocks = stack.all("aws_vpc").map((vpc) => vpc.text("cidr_block"));
  return blocks.some((block) => block !== "" && new Address4(range).isInSubnet(new Address4(block)));
}
