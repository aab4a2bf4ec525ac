import type { Traffic } from "./traffic";

/**
 * What decides about network paths, as plain data. The names are the reader's, such as Terraform addresses or ARNs, and
 * differ from the names of AWS services, which are paths' destinations, too.
 */
export interface Network {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly routes: readonly DefaultRoute[];
  readonly rules: readonly SecurityGroupRule[];
  readonly vpcEndpoints: readonly VpcEndpoint[];
  readonly hosts: readonly Host[];
  readonly privateLinks: readonly PrivateLink[];
}

/** A VPC and its IPv4 CIDR blocks. */
export interface Vpc {
  readonly name: string;
  readonly cidrs: readonly string[];
}

/** A subnet and its route table. */
export interface Subnet {
  readonly name: string;
  readonly vpc: string;
  /** IPv4 CIDR block. */
  readonly cidr: string;
  /** @default - the VPC's main route table, which has local routes only */
  readonly table: string | undefined;
}

/** Target of a default route. */
export type Gateway =
  { readonly kind: "internet" | "egress-only" } | { readonly kind: "nat"; readonly subnet: string | undefined };

/** The route to 0.0.0.0/0 or ::/0. */
export interface DefaultRoute {
  readonly table: string;
  readonly family: "ipv4" | "ipv6";
  readonly gateway: Gateway;
}

/** The other end of a rule: members of a security group, the service of a prefix list, or a CIDR block. */
export type RulePeer = { readonly group: string } | { readonly service: string } | { readonly range: string };

/** One rule of a security group. */
export interface SecurityGroupRule {
  readonly name: string;
  readonly direction: "ingress" | "egress";
  /** The security group that it belongs to. */
  readonly group: string;
  readonly traffic: Traffic;
  readonly peer: RulePeer;
}

/** A VPC endpoint of an AWS service. */
export interface VpcEndpoint {
  /** An interface endpoint is a host of the same name. */
  readonly name: string;
  /** Such as `ecr.api`. */
  readonly service: string;
  readonly vpc: string | undefined;
  /** Whether the public name of the service resolves to it: an interface endpoint needs private DNS, a gateway endpoint does not. */
  readonly resolvesServiceName: boolean;
  /** Route tables of a gateway endpoint. @default - an interface endpoint */
  readonly tables: readonly string[] | undefined;
}

/** What has network interfaces in a VPC: a load balancer, the tasks of a service, a database, an interface endpoint. */
export interface Host {
  readonly name: string;
  /** Its security groups. @default - filters nothing, as a network load balancer without security groups */
  readonly groups?: readonly string[];
  /** Its subnets; it may be in each of them. */
  readonly subnets: readonly string[];
  readonly publicIp: boolean;
  /** Whether clients reach it over IPv6. @default false */
  readonly ipv6?: boolean;
  /** What it listens on. @default - not known, and not checked */
  readonly listeners?: readonly Traffic[];
  /** Whether a network load balancer does not apply its security groups to traffic from PrivateLink. @default false */
  readonly isOpenToPrivateLink?: boolean;
}

/** What connects to network load balancers through PrivateLink, without network interfaces in the VPC: a VPC link V1. */
export interface PrivateLink {
  readonly name: string;
  readonly loadBalancers: readonly string[];
}
