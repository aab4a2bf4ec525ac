import { isAddress } from "./addresses";
import { endpointsOf, hostNamed, internet, isInsideVpc, isServiceName } from "./endpoints";
import type { Network } from "./network";
import { nextHop, routeBlockedReason, subnetsWithoutGateway } from "./routes";
import { egressAllowed, ingressAllowed } from "./security-groups";
import { covers, merged, overlap, ruleTraffic, type Traffic } from "./traffic";

/** Whether a connection is possible, and if not, what blocks it. */
export type Reachability = { readonly reachable: true } | { readonly reachable: false; readonly blockedReason: string };

/** A path between two endpoints, with the traffic that security groups allow on it. */
export interface Path {
  readonly from: string;
  readonly to: string;
  readonly traffic: readonly Traffic[];
}

/**
 * Whether `from` can open a connection to `port` of `to`. Both are names of hosts or VPC links V1, `internet`,
 * `internet over IPv6`, an address of the internet, or, as `to`, an AWS service such as `ecr.api`.
 *
 * @param protocol such as `udp` @default "tcp"
 */
export function canReach(network: Network, from: string, to: string, port: number, protocol = "tcp"): Reachability {
  const traffic = ruleTraffic(protocol, port);
  const blockedReason =
    unknownEndpoint(network, from, to) ??
    routeBlockedReason(network, from, to) ??
    (listens(network, to, traffic) ? undefined : `${to} has no listener on ${port}`) ??
    (covers(egressAllowed(network, from, to), traffic) ? undefined : `no egress rule of ${from} allows it`) ??
    (covers(ingressAllowed(network, from, to), traffic) ? undefined : `no ingress rule of ${to} allows it`) ??
    blockedBesideGateway(network, from, to, traffic);
  return blockedReason === undefined ? { reachable: true } : { reachable: false, blockedReason };
}

/**
 * Whether a host can open an HTTPS connection to an AWS service such as `ecr.api`, through what the service's name resolves
 * to: an interface endpoint, a gateway endpoint or the internet.
 */
export function canReachService(network: Network, from: string, service: string): Reachability {
  const host = hostNamed(network, from);
  return canReach(network, from, host === undefined ? service : nextHop(network, host, service), 443);
}

/** All paths on which routes exist and the security groups of both ends allow traffic. */
export function openPaths(network: Network): readonly Path[] {
  const endpoints = endpointsOf(network);
  return endpoints
    .flatMap((from) => endpoints.map((to) => ({ from, to, traffic: allowedTraffic(network, from, to) })))
    .filter(({ traffic }) => traffic.length > 0);
}

/** The traffic that routes and the security groups of both ends allow. */
export function allowedTraffic(network: Network, from: string, to: string): readonly Traffic[] {
  if (routeBlockedReason(network, from, to) !== undefined) return [];
  const ingress = ingressAllowed(network, from, to);
  return merged(egressAllowed(network, from, to).flatMap((out) => ingress.flatMap((into) => overlap(out, into) ?? [])));
}

function unknownEndpoint(network: Network, from: string, to: string): string | undefined {
  const endpoints = endpointsOf(network);
  // An AWS service without a VPC endpoint is reached over the internet.
  const named = [from, ...(isServiceName(to) ? [] : [to])];
  const isOutside = (name: string) => isAddress(name) && !isInsideVpc(network, name);
  const unknown = named.find((name) => !endpoints.includes(name) && !isOutside(name));
  return unknown && `${unknown} has no known network interface`;
}

function listens(network: Network, to: string, traffic: Traffic): boolean {
  const listeners = hostNamed(network, to)?.listeners;
  return listeners === undefined || covers(listeners, traffic);
}

/** From subnets whose route table has no gateway endpoint, traffic to the service takes the route to the internet. */
function blockedBesideGateway(network: Network, from: string, to: string, traffic: Traffic): string | undefined {
  const host = hostNamed(network, from);
  if (host === undefined || hostNamed(network, to) !== undefined || !isServiceName(to) || to === internet) {
    return undefined;
  }
  if (subnetsWithoutGateway(network, host, to).length === 0) return undefined;
  return covers(egressAllowed(network, from, internet), traffic)
    ? undefined
    : `no egress rule of ${from} allows it to the internet`;
}
