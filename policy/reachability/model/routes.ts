import { unknown, type UnknownWay } from "../finding";
import { referenceOf } from "./reference";
import type { Resource, Resources } from "./terraform";

/** Where a default route leads. */
type Gateway = { readonly kind: "internet" } | { readonly kind: "nat"; readonly subnet: string | undefined };

/** The route that takes everything which no other takes. */
export interface DefaultRoute {
  readonly table: string;
  readonly family: "ipv4" | "ipv6";
  readonly gateway: Gateway;
}

const families: Readonly<Record<string, DefaultRoute["family"]>> = { "0.0.0.0/0": "ipv4", "::/0": "ipv6" };

/** The default routes of all route tables, and a finding for each other route. */
export function readRoutes(resources: Resources): {
  readonly routes: readonly DefaultRoute[];
  readonly findings: readonly UnknownWay[];
} {
  const read = resources.of("aws_route").map((route) => readRoute(resources, route));
  return { routes: read.filter((each) => "table" in each), findings: read.filter((each) => "message" in each) };
}

function readRoute(resources: Resources, { address, fields }: Resource): DefaultRoute | UnknownWay {
  const table = referenceOf(fields.route_table_id)?.address;
  const family = families[String(fields.destination_cidr_block ?? fields.destination_ipv6_cidr_block)];
  const gateway = gatewayOf(resources, fields);
  if (table === undefined || family === undefined) {
    return unknown(address, "is no default route of a route table of this stack; write 0.0.0.0/0 or ::/0");
  }
  if (gateway === undefined) {
    return unknown(
      address,
      "leads to neither an internet gateway nor a public NAT gateway of this stack; name one by its id",
    );
  }
  return { table, family, gateway };
}

function gatewayOf(resources: Resources, { gateway_id, nat_gateway_id }: Resource["fields"]): Gateway | undefined {
  const internet = resources.at(referenceOf(gateway_id)?.address);
  // AWS takes it under either name: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route
  const nat = resources.at(referenceOf(nat_gateway_id ?? gateway_id)?.address);
  if (internet?.type === "aws_internet_gateway") return { kind: "internet" };
  if (nat?.type !== "aws_nat_gateway" || nat.fields.connectivity_type === "private") return undefined;
  return { kind: "nat", subnet: referenceOf(nat.fields.subnet_id)?.address };
}
