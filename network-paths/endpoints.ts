import { isIPv4, isIPv6 } from "node:net";
import { contains } from "./addresses";
import type { Host, Network } from "./network";

/** Every IPv4 address outside the VPC. */
export const internet = "internet";

/** Every IPv6 address outside the VPC. */
export const internetIpv6 = "internet over IPv6";

/** Sources and destinations of paths: hosts, VPC links V1, AWS services behind gateway endpoints, the internet. */
export function endpointsOf(network: Network): readonly string[] {
  return [
    ...network.hosts.map(({ name }) => name),
    ...network.privateLinks.map(({ name }) => name),
    ...gatewayServices(network),
    internet,
    internetIpv6,
  ];
}

/** The AWS services of gateway endpoints, such as `s3`. */
export function gatewayServices({ vpcEndpoints }: Network): readonly string[] {
  return [...new Set(vpcEndpoints.filter(({ tables }) => tables !== undefined).map(({ service }) => service))];
}

/** The names of interface endpoints. */
export function interfaceEndpoints({ vpcEndpoints }: Network): readonly string[] {
  return vpcEndpoints.filter(({ tables }) => tables === undefined).map(({ name }) => name);
}

/** The address family of `internet`, `internet over IPv6` and single addresses of the internet, undefined for any other endpoint. */
export function internetFamily(endpoint: string): "ipv4" | "ipv6" | undefined {
  if (endpoint === internet || isIPv4(endpoint)) return "ipv4";
  return endpoint === internetIpv6 || isIPv6(endpoint) ? "ipv6" : undefined;
}

/** The service in the name of an endpoint service, such as `ecr.api` in `com.amazonaws.us-east-1.ecr.api`. */
export function serviceOfEndpoint(serviceName: string): string {
  return serviceName.replace(/^com\.amazonaws\.[a-z\d-]+\./, "");
}

/** Whether a name has the form of an AWS service's, such as `ecr.api`. */
export function isServiceName(name: string): boolean {
  return /^[a-z][a-z\d-]*(\.[a-z\d-]+)*$/.test(name);
}

/** The host of a name. */
export function hostNamed({ hosts }: Network, name: string): Host | undefined {
  return hosts.find((host) => host.name === name);
}

/** Whether a CIDR block or an address is inside a VPC. */
export function isInsideVpc({ vpcs }: Network, range: string): boolean {
  return vpcs.some(({ cidrs }) => cidrs.some((cidr) => contains(cidr, range)));
}

/** The VPC of a host. */
export function vpcOf({ subnets }: Network, host: Host): string | undefined {
  return subnets.find(({ name }) => host.subnets.includes(name))?.vpc;
}
