import type { Host } from "./model/hosts";
import type { Model } from "./model/model";

/** Everybody with an IPv4 address. */
export const internet = "internet";

/** Everybody with an IPv6 address. */
export const internetIpv6 = "internet over IPv6";

/** The address family of an internet, or undefined for everything else. */
export function internetFamily(name: string): "ipv4" | "ipv6" | undefined {
  if (name === internet) return "ipv4";
  return name === internetIpv6 ? "ipv6" : undefined;
}

export function hostNamed({ hosts }: Model, name: string): Host | undefined {
  return hosts.find((host) => host.name === name);
}

/** The AWS services that gateway endpoints lead to, such as `s3`. */
export function gatewayServices({ endpoints }: Model): readonly string[] {
  return [...new Set(endpoints.filter(({ tables }) => tables !== undefined).map(({ service }) => service))];
}

/** Everyone who reaches or is reached: resources by their addresses, AWS services behind gateways, the internet. */
export function partiesOf(model: Model): readonly string[] {
  return [
    ...model.hosts.map(({ name }) => name),
    ...model.privateLinks.map(({ name }) => name),
    ...gatewayServices(model),
    internet,
    internetIpv6,
  ];
}

/** The VPC in which a host stands. */
export function vpcOf({ subnets }: Model, host: Host): string | undefined {
  return subnets.find(({ name }) => host.subnets.includes(name))?.vpc;
}
