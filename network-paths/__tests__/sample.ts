import type { Host, Network, RulePeer, SecurityGroupRule, VpcEndpoint } from "..";
import { tcp, type Traffic } from "..";

/** A rule of a security group. */
export function rule(
  direction: SecurityGroupRule["direction"],
  group: string,
  peer: RulePeer,
  traffic: Traffic,
): SecurityGroupRule {
  return { name: `${group} ${direction}`, direction, group, traffic, peer };
}

/** The rules at both ends of a connection between the members of two security groups. */
export function connection(from: string, to: string, traffic: Traffic): readonly SecurityGroupRule[] {
  return [rule("egress", from, { group: to }, traffic), rule("ingress", to, { group: from }, traffic)];
}

/** An interface endpoint in the private subnets, with the security group `endpoints-group`. */
export function interfaceEndpoint(service: string): { readonly endpoint: VpcEndpoint; readonly host: Host } {
  const name = `endpoint/${service}`;
  return {
    endpoint: { name, service, vpc: "vpc", resolvesServiceName: true, tables: undefined },
    host: { name, groups: ["endpoints-group"], subnets: ["private-a"], publicIp: false },
  };
}

const subnet = (name: string, cidr: string, table: string | undefined) => ({ name, vpc: "vpc", cidr, table });

/** A VPC with a load balancer on the internet, tasks behind it and a database behind these; tasks reach the internet by NAT. */
export function sample(changes: Partial<Network> = {}): Network {
  return {
    vpcs: [{ name: "vpc", cidrs: ["10.0.0.0/16"] }],
    subnets: [
      subnet("public-a", "10.0.0.0/24", "public"),
      subnet("private-a", "10.0.10.0/24", "private"),
      subnet("private-b", "10.0.11.0/24", "private"),
    ],
    routes: [
      { table: "public", family: "ipv4", gateway: { kind: "internet" } },
      { table: "public", family: "ipv6", gateway: { kind: "internet" } },
      { table: "private", family: "ipv4", gateway: { kind: "nat", subnet: "public-a" } },
    ],
    rules: [
      rule("ingress", "alb-group", { range: "0.0.0.0/0" }, tcp(443)),
      ...connection("alb-group", "tasks-group", tcp(8080)),
      ...connection("tasks-group", "database-group", tcp(5432)),
      rule("egress", "tasks-group", { range: "0.0.0.0/0" }, tcp(443)),
    ],
    vpcEndpoints: [],
    hosts: [
      { name: "lb/web", groups: ["alb-group"], subnets: ["public-a"], publicIp: true, listeners: [tcp(443)] },
      { name: "task/api", groups: ["tasks-group"], subnets: ["private-a", "private-b"], publicIp: false },
      { name: "db/main", groups: ["database-group"], subnets: ["private-b"], publicIp: false, listeners: [tcp(5432)] },
    ],
    privateLinks: [],
    ...changes,
  };
}
