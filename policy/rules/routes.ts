import type { Block, ReadStack } from "../read-stack";
import { each, type Rules } from "../rule";
import { taskSubnets } from "./starters";

/** Ways out of the subnets. */
export const routeRules = {
  "nat-route": {
    severity: "medium",
    why: "A NAT gateway under gateway_id is a change in every plan.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route",
    mend: "write it under nat_gateway_id",
    check: each(
      "aws_route",
      (route, stack) =>
        stack.targets(route, "gateway_id", "aws_nat_gateway").length > 0 && "names a NAT gateway as gateway_id",
    ),
  },
  "gateway-endpoint-routed": {
    severity: "medium",
    why: "What a gateway endpoint does not take goes by NAT, and is paid for by the gigabyte.",
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    mend: "name the route tables of all subnets that hold tasks",
    check: each("aws_vpc_endpoint", (endpoint, stack) => {
      if (endpoint.get("vpc_endpoint_type") !== "Gateway" || !hasNat(stack)) return false;
      const missing = taskRouteTables(stack).filter((table) => !endpoint.pointsTo("route_table_ids", table));
      return missing.map(({ address }) => `is not on ${address}, by which tasks leave`);
    }),
  },
  "endpoint-set": {
    severity: "medium",
    why: "An image comes by ecr.api, ecr.dkr and S3: what has no endpoint goes by NAT, and is paid for by the gigabyte.",
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
    mend: "add the missing endpoint",
    check: each("aws_vpc_endpoint", (endpoint, stack) => {
      if (!/\.ecr\.(?:api|dkr)$/.test(endpoint.text("service_name")) || !hasNat(stack)) return false;
      const services = stack
        .all("aws_vpc_endpoint")
        .map((other) => other.text("service_name").split(".").slice(3).join("."));
      const missing = ["ecr.api", "ecr.dkr", "s3"].filter((service) => !services.includes(service));
      return missing.map((service) => `pulls images by NAT without an endpoint of ${service}`);
    }),
  },
  "endpoint-private-dns": {
    severity: "medium",
    why: "Without private DNS the name of a service still leads to the internet.",
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
    mend: "set private_dns_enabled to true",
    check: each("aws_vpc_endpoint", (endpoint) => {
      const named = endpoint.get("vpc_endpoint_type") !== "Interface" || endpoint.get("private_dns_enabled") === true;
      return !named && "is found by nobody";
    }),
  },
} satisfies Rules;

/** Without NAT nothing else takes what an endpoint does not: then a flow is missing, which is a rule of its own. */
function hasNat(stack: ReadStack): boolean {
  return stack.all("aws_nat_gateway").length > 0;
}

/** Route tables of the subnets in which something starts tasks. */
function taskRouteTables(stack: ReadStack): Block[] {
  return taskSubnets(stack).flatMap((subnet) =>
    stack
      .usersOf(subnet, "aws_route_table_association")
      .flatMap((association) => stack.targets(association, "route_table_id", "aws_route_table")),
  );
}
