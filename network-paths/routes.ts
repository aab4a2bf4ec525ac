import { hostNamed, internet, internetFamily, vpcOf } from "./endpoints";
import type { DefaultRoute, Host, Network } from "./network";

/** Why no route leads from one endpoint to another, apart from security groups; undefined when one does. */
export function routeBlockedReason(network: Network, from: string, to: string): string | undefined {
  const source = hostNamed(network, from);
  const target = hostNamed(network, to);
  if (source !== undefined && target !== undefined) {
    return vpcOf(network, source) === vpcOf(network, target) ? undefined : "they are in different VPCs";
  }
  const link = network.privateLinks.find(({ name }) => name === from);
  if (link !== undefined) return link.loadBalancers.includes(to) ? undefined : `${from} does not target it`;
  if (source !== undefined) {
    const family = internetFamily(to);
    return family === undefined ? blockedToService(network, source, to) : blockedToInternet(network, source, family);
  }
  const family = internetFamily(from);
  if (target === undefined || family === undefined) return "neither is in the VPC";
  return blockedFromInternet(network, target, family);
}

function blockedToService(network: Network, host: Host, service: string): string | undefined {
  const subnets = subnetsWithoutGateway(network, host, service);
  const reason = blockedToInternet(network, { ...host, subnets }, "ipv4");
  return reason && `no VPC endpoint for ${service} serves its subnets, and ${reason}`;
}

function blockedToInternet(network: Network, host: Host, family: DefaultRoute["family"]): string | undefined {
  for (const subnet of host.subnets) {
    const gateway = defaultRoute(network, subnet, family)?.gateway;
    if (gateway === undefined) return `${subnet} has no route to the internet`;
    if (gateway.kind === "internet" && !host.publicIp)
      return `${subnet} routes to an internet gateway, which requires a public IP`;
    if (gateway.kind === "nat" && defaultRoute(network, gateway.subnet, "ipv4")?.gateway.kind !== "internet") {
      return `${subnet} routes to a NAT gateway in ${gateway.subnet ?? "no subnet"}, which has no route to an internet gateway`;
    }
  }
  return undefined;
}

function blockedFromInternet(network: Network, host: Host, family: DefaultRoute["family"]): string | undefined {
  if (!host.publicIp) return `${host.name} has no public IP`;
  if (family === "ipv6" && host.ipv6 !== true) return `${host.name} has no IPv6 address`;
  const closed = host.subnets.find((subnet) => defaultRoute(network, subnet, family)?.gateway.kind !== "internet");
  return closed && `${closed} has no route to an internet gateway`;
}

/**
 * What a host connects to for an AWS service: the interface endpoint that the service's name resolves to, else the service
 * itself where a gateway endpoint serves a subnet or no route leads to the internet, else the internet.
 */
export function nextHop(network: Network, host: Host, service: string): string {
  const vpc = vpcOf(network, host);
  const endpoint = network.vpcEndpoints.find(
    (each) => each.service === service && each.vpc === vpc && each.resolvesServiceName,
  );
  if (endpoint !== undefined && endpoint.tables === undefined) return endpoint.name;
  const byGateway = subnetsWithoutGateway(network, host, service).length < host.subnets.length;
  return byGateway || !hasDefaultRoute(network, host) ? service : internet;
}

/** Subnets of a host whose route table has no gateway endpoint for a service. */
export function subnetsWithoutGateway(network: Network, host: Host, service: string): readonly string[] {
  const tables = network.vpcEndpoints
    .filter((endpoint) => endpoint.service === service)
    .flatMap((endpoint) => endpoint.tables ?? []);
  return host.subnets.filter((subnet) => !tables.includes(tableOf(network, subnet) ?? ""));
}

/** Whether a subnet of a host has a default route, whatever its target. */
export function hasDefaultRoute(network: Network, host: Host): boolean {
  return host.subnets.some((subnet) => defaultRoute(network, subnet, "ipv4") !== undefined);
}

function defaultRoute(
  network: Network,
  subnet: string | undefined,
  family: DefaultRoute["family"],
): DefaultRoute | undefined {
  const table = tableOf(network, subnet);
  return network.routes.find((route) => route.family === family && route.table === table);
}

function tableOf({ subnets }: Network, subnet: string | undefined): string | undefined {
  return subnets.find(({ name }) => name === subnet)?.table;
}
