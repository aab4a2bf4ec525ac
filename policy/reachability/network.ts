import {
  serviceOfEndpoint,
  unknown,
  type DefaultRoute,
  type Gateway,
  type PrivateLink,
  type Subnet,
  type UnknownResource,
  type Vpc,
  type VpcEndpoint,
} from "network-paths";
import type { Block, SynthesizedStack } from "../terraform/stack";
import { referenceList, referenceOf } from "../terraform/values";

/** A port on which a load balancer listens. */
export interface Listener {
  readonly name: string;
  readonly loadBalancer: string;
  readonly port: number;
}

/** All VPCs. */
export function readVpcs(stack: SynthesizedStack): readonly Vpc[] {
  return stack.all("aws_vpc").map((vpc) => ({ name: vpc.address, cidrs: vpc.texts("cidr_block") }));
}

/** All subnets, and a finding for each that cannot be read. */
export function readSubnets(stack: SynthesizedStack): {
  readonly subnets: readonly Subnet[];
  readonly findings: readonly UnknownResource[];
} {
  const read = stack.all("aws_subnet").map((subnet) => readSubnet(stack, subnet));
  return { subnets: read.filter((each) => "cidr" in each), findings: read.filter((each) => "kind" in each) };
}

function readSubnet(stack: SynthesizedStack, subnet: Block): Subnet | UnknownResource {
  const { address } = subnet;
  const vpc = subnet.reference("vpc_id")?.address;
  const cidr = subnet.get("cidr_block");
  if (vpc === undefined || typeof cidr !== "string") {
    return unknown(address, "has no VPC of this stack or no literal CIDR block; set vpc_id and cidr_block");
  }
  const association = stack
    .all("aws_route_table_association")
    .find((each) => each.reference("subnet_id")?.address === address);
  return { name: address, vpc, cidr, table: association?.reference("route_table_id")?.address };
}

const families: Readonly<Record<string, DefaultRoute["family"]>> = { "0.0.0.0/0": "ipv4", "::/0": "ipv6" };

/** The default routes of all route tables, and a finding for each other route. */
export function readRoutes(stack: SynthesizedStack): {
  readonly routes: readonly DefaultRoute[];
  readonly findings: readonly UnknownResource[];
} {
  const read = stack.all("aws_route").map((route) => readRoute(stack, route));
  return { routes: read.filter((each) => "table" in each), findings: read.filter((each) => "message" in each) };
}

function readRoute(stack: SynthesizedStack, route: Block): DefaultRoute | UnknownResource {
  const table = route.reference("route_table_id")?.address;
  const family = families[String(route.get("destination_cidr_block") ?? route.get("destination_ipv6_cidr_block"))];
  const gateway = gatewayOf(stack, route);
  if (table === undefined || family === undefined) {
    return unknown(
      route.address,
      "is not a default route of a route table of this stack; set the destination to 0.0.0.0/0 or ::/0",
    );
  }
  if (gateway === undefined) {
    return unknown(
      route.address,
      "does not target an internet gateway or a public NAT gateway of this stack; set gateway_id or nat_gateway_id",
    );
  }
  return { table, family, gateway };
}

function gatewayOf(stack: SynthesizedStack, route: Block): Gateway | undefined {
  const internet = stack.at(route.reference("gateway_id")?.address);
  // AWS accepts a NAT gateway under either name: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route
  const nat = stack.at(referenceOf(route.get("nat_gateway_id") ?? route.get("gateway_id"))?.address);
  if (internet?.type === "aws_internet_gateway") return { kind: "internet" };
  if (nat?.type !== "aws_nat_gateway" || nat.get("connectivity_type") === "private") return undefined;
  return { kind: "nat", subnet: nat.reference("subnet_id")?.address };
}

/** All VPC endpoints. */
export function readVpcEndpoints(stack: SynthesizedStack): readonly VpcEndpoint[] {
  return stack.all("aws_vpc_endpoint").map((endpoint) => {
    const vpc = endpoint.reference("vpc_id")?.address;
    const isGateway = (endpoint.get("vpc_endpoint_type") ?? "Gateway") === "Gateway";
    return {
      name: endpoint.address,
      service: serviceOfEndpoint(endpoint.text("service_name")),
      vpc,
      resolvesServiceName: isGateway || hasPrivateDns(endpoint, stack.at(vpc)),
      tables: isGateway ? (referenceList(endpoint.get("route_table_ids")) ?? []) : undefined,
    };
  });
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html#enable-private-dns-names */
function hasPrivateDns(endpoint: Block, vpc: Block | undefined): boolean {
  const hasDnsSupport = (vpc?.get("enable_dns_support") ?? true) === true;
  const hasDnsHostnames = vpc?.get("enable_dns_hostnames") === true;
  return endpoint.get("private_dns_enabled") === true && hasDnsSupport && hasDnsHostnames;
}

/** All listeners, and a finding for each whose load balancer or port is not known. */
export function readListeners(stack: SynthesizedStack): {
  readonly listeners: readonly Listener[];
  readonly findings: readonly UnknownResource[];
} {
  const read = stack.all("aws_lb_listener").map((listener) => {
    const loadBalancer = listener.reference("load_balancer_arn")?.address;
    const port = listener.get("port");
    return loadBalancer === undefined || typeof port !== "number"
      ? unknown(
          listener.address,
          "has no load balancer of this stack or no literal port; set load_balancer_arn and port",
        )
      : { name: listener.address, loadBalancer, port };
  });
  return { listeners: read.filter((each) => "port" in each), findings: read.filter((each) => "kind" in each) };
}

/** All VPC links V1. */
export function readPrivateLinks(stack: SynthesizedStack): readonly PrivateLink[] {
  return stack.all("aws_api_gateway_vpc_link").map((link) => ({
    name: link.address,
    loadBalancers: link.all("target_arns").flatMap((arn) => referenceOf(arn)?.address ?? []),
  }));
}
