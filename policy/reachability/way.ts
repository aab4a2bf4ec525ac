import type { Host } from "./model/hosts";
import type { Model } from "./model/model";
import type { DefaultRoute } from "./model/routes";
import { hostNamed, internetFamily, vpcOf } from "./parties";

/** Why packets find no way from one to the other, leaving security groups aside; undefined when they do. */
export function noWay(model: Model, from: string, to: string): string | undefined {
  const source = hostNamed(model, from);
  const target = hostNamed(model, to);
  if (source !== undefined && target !== undefined) {
    return vpcOf(model, source) === vpcOf(model, target) ? undefined : "they stand in different VPCs";
  }
  const link = model.privateLinks.find(({ name }) => name === from);
  if (link !== undefined) return link.loadBalancers.includes(to) ? undefined : `${from} does not lead there`;
  if (source !== undefined) {
    const family = internetFamily(to);
    return family === undefined ? noWayToService(model, source, to) : noWayOut(model, source, family);
  }
  const family = internetFamily(from);
  if (target === undefined || family === undefined) return "neither is in the VPC";
  return noWayIn(model, target, family);
}

/** Subnets of a host in which no gateway endpoint takes what goes to a service. */
export function subnetsWithoutGateway(model: Model, host: Host, service: string): readonly string[] {
  const tables = model.endpoints
    .filter((endpoint) => endpoint.service === service)
    .flatMap((endpoint) => endpoint.tables ?? []);
  return host.subnets.filter((subnet) => !tables.includes(tableOf(model, subnet) ?? ""));
}

/** Whether a host's subnets have a default route at all, wherever it leads. */
export function meansToLeave(model: Model, host: Host): boolean {
  return host.subnets.some((subnet) => defaultRoute(model, subnet, "ipv4") !== undefined);
}

function noWayToService(model: Model, host: Host, service: string): string | undefined {
  const subnets = subnetsWithoutGateway(model, host, service);
  const reason = noWayOut(model, { ...host, subnets }, "ipv4");
  return reason && `no VPC endpoint takes what goes to ${service} from there, and ${reason}`;
}

function noWayOut(model: Model, host: Host, family: DefaultRoute["family"]): string | undefined {
  for (const subnet of host.subnets) {
    const gateway = defaultRoute(model, subnet, family)?.gateway;
    if (gateway === undefined) return `${subnet} has no route to the internet`;
    if (gateway.kind === "internet" && !host.publicIp)
      return `${subnet} routes to an internet gateway, which needs a public IP`;
    if (gateway.kind === "nat" && defaultRoute(model, gateway.subnet, "ipv4")?.gateway.kind !== "internet") {
      return `${subnet} routes to a NAT gateway in ${gateway.subnet ?? "no subnet"}, which has no route to an internet gateway`;
    }
  }
  return undefined;
}

function noWayIn(model: Model, host: Host, family: DefaultRoute["family"]): string | undefined {
  if (!host.publicIp) return `${host.name} has no public IP`;
  const { ip_address_type } = model.resources.at(host.name)?.fields ?? {};
  if (family === "ipv6" && !String(ip_address_type).startsWith("dualstack")) return `${host.name} has no IPv6 address`;
  const closed = host.subnets.find((subnet) => defaultRoute(model, subnet, family)?.gateway.kind !== "internet");
  return closed && `${closed} has no route to an internet gateway`;
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
