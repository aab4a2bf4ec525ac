import { Address4 } from "ip-address";
import { each, type PolicyStack, type Rules } from "../rule";
import type { Block } from "../terraform/stack";
import { taskSubnets } from "./services";

/** The VPC, its subnets, and their routes and VPC endpoints. */
export const networkRules = {
  "vpc-flow-logs": {
    severity: "medium",
    rationale: "Without flow logs the network traffic of an incident cannot be reconstructed.",
    source: "CKV2_AWS_11",
    remediation: 'add an aws_flow_log of the VPC with traffic_type "ALL"',
    check: each("aws_vpc", (vpc, stack) => {
      const logged = stack.usersOf(vpc, "aws_flow_log").some((log) => log.get("traffic_type") === "ALL");
      return !logged && "has no flow log of all traffic";
    }),
  },
  "vpc-default-security-group": {
    severity: "high",
    rationale:
      "Resources without a security group get the default one, whose initial rules allow all traffic between its members.",
    source: "CKV2_AWS_12",
    remediation: "add an aws_default_security_group of the VPC without ingress and egress",
    supersedes: ["connection-unknown"],
    check: each(["aws_vpc", "aws_default_security_group"], (block, stack) => {
      if (block.type !== "aws_vpc") return (block.has("ingress") || block.has("egress")) && "has rules";
      const isUnmanaged = stack.usersOf(block, "aws_default_security_group").length === 0;
      return isUnmanaged && "does not manage its default security group, which has its initial rules";
    }),
  },
  "vpc-dns": {
    severity: "medium",
    rationale: "Private DNS names of VPC endpoints resolve only with DNS support and DNS hostnames.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html",
    remediation: "set enable_dns_support and enable_dns_hostnames to true",
    check: each("aws_vpc", (vpc) => {
      const resolves = vpc.get("enable_dns_support") !== false && vpc.get("enable_dns_hostnames") === true;
      return !resolves && "does not enable DNS support and DNS hostnames";
    }),
  },
  "subnet-public-ip": {
    severity: "medium",
    rationale: "A subnet that assigns public IPs exposes every resource in it to the internet.",
    source: "CKV_AWS_130",
    remediation: "set map_public_ip_on_launch to false, or remove it",
    check: each("aws_subnet", (subnet) => subnet.has("map_public_ip_on_launch") && "assigns public IPs on launch"),
  },
  "cidr-size": {
    severity: "medium",
    rationale: "AWS accepts VPCs and subnets from /16 to /28 without host bits, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    remediation: 'set network.cidr to a block such as "10.20.0.0/16" (cidr_block)',
    check: each(["aws_vpc", "aws_subnet"], (block) => {
      const text = block.text("cidr_block");
      const range = rangeOf(text);
      const fits = range && range.subnetMask >= 16 && range.subnetMask <= 28;
      const hasNoHostBits = range && range.startAddress().correctForm() === range.correctForm();
      return !(fits && hasNoHostBits) && `has the invalid CIDR block "${text}"`;
    }),
  },
  "subnet-in-vpc": {
    severity: "medium",
    rationale: "AWS rejects a subnet outside the CIDR block of its VPC, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    remediation: "set network.cidr to a block that contains the subnet (cidr_block of the VPC and of the subnet)",
    check: each("aws_subnet", (subnet, stack) => {
      const own = rangeOf(subnet.text("cidr_block"));
      const ranges = stack.targets(subnet, "vpc_id", "aws_vpc").map((vpc) => rangeOf(vpc.text("cidr_block")));
      const outside = own && ranges.some((range) => range && !own.isInSubnet(range));
      return outside && `has the CIDR block ${subnet.text("cidr_block")}, which is outside the VPC`;
    }),
  },
  "subnets-overlap": {
    severity: "medium",
    rationale: "AWS rejects overlapping subnets, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    remediation: "set cidr_block to a block that no other subnet uses",
    check: overlappingSubnets,
  },
  "subnet-zone": {
    severity: "medium",
    rationale: "An Availability Zone belongs to one region.",
    source: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html",
    remediation: "set network.zones to zones of the stage's region (availability_zone)",
    check: each("aws_subnet", (subnet, stack) => {
      const zone = subnet.text("availability_zone");
      const region = stack.provider.text("region");
      return zone.replace(/[a-z]$/, "") !== region && `is in zone "${zone}", which is not in ${region}`;
    }),
  },
  "nat-gateway-route": {
    severity: "medium",
    rationale: "A NAT gateway that a route names as gateway_id appears as a change in every plan.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route",
    remediation: "set nat_gateway_id instead of gateway_id",
    check: each(
      "aws_route",
      (route, stack) =>
        stack.targets(route, "gateway_id", "aws_nat_gateway").length > 0 && "has a NAT gateway as gateway_id",
    ),
  },
  "gateway-endpoint-routes": {
    severity: "medium",
    rationale: "Traffic that a gateway endpoint could carry free of charge is billed by the gigabyte through NAT.",
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    remediation: "add the route tables of all subnets with tasks to route_table_ids",
    check: each("aws_vpc_endpoint", (endpoint, stack) => {
      if (endpoint.get("vpc_endpoint_type") !== "Gateway" || !hasNat(stack)) return false;
      const missing = taskRouteTables(stack).filter((table) => !endpoint.pointsTo("route_table_ids", table));
      return missing.map(({ address }) => `is not in ${address}, the route table of subnets with tasks`);
    }),
  },
  "ecr-endpoints": {
    severity: "medium",
    rationale:
      "An image pull uses ecr.api, ecr.dkr and S3; the traffic of a service without an endpoint is billed by the gigabyte through NAT.",
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
    remediation:
      'set network.egress.interfaceEndpoints to "one-zone" or "every-zone" (aws_vpc_endpoint for ecr.api, ecr.dkr and s3)',
    check: each("aws_vpc_endpoint", (endpoint, stack) => {
      if (!/\.ecr\.(?:api|dkr)$/.test(endpoint.text("service_name")) || !hasNat(stack)) return false;
      const services = stack
        .all("aws_vpc_endpoint")
        .map((other) => other.text("service_name").split(".").slice(3).join("."));
      const missing = ["ecr.api", "ecr.dkr", "s3"].filter((service) => !services.includes(service));
      return missing.map((service) => `pulls images through NAT, because the endpoint for ${service} is missing`);
    }),
  },
  "endpoint-private-dns": {
    severity: "medium",
    rationale: "Without private DNS the name of an AWS service resolves to its public addresses.",
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
    remediation: "set private_dns_enabled to true",
    check: each("aws_vpc_endpoint", (endpoint) => {
      const resolves =
        endpoint.get("vpc_endpoint_type") !== "Interface" || endpoint.get("private_dns_enabled") === true;
      return !resolves && "does not enable private DNS";
    }),
  },
} satisfies Rules;

function overlappingSubnets(stack: PolicyStack) {
  const subnets = stack.all("aws_subnet");
  return subnets.flatMap((subnet, index) => {
    const own = rangeOf(subnet.text("cidr_block"));
    const other = subnets.slice(0, index).find((earlier) => {
      const range = rangeOf(earlier.text("cidr_block"));
      return own && range && (own.isInSubnet(range) || range.isInSubnet(own));
    });
    return other === undefined ? [] : [{ resource: subnet.address, problem: `overlaps ${other.address}` }];
  });
}

function rangeOf(text: string): Address4 | undefined {
  return text.includes("/") && Address4.isValid(text) ? new Address4(text) : undefined;
}

/** Without NAT, traffic that no endpoint carries is blocked, which the rule connection-missing reports. */
function hasNat(stack: PolicyStack): boolean {
  return stack.all("aws_nat_gateway").length > 0;
}

function taskRouteTables(stack: PolicyStack): Block[] {
  return taskSubnets(stack).flatMap((subnet) =>
    stack
      .usersOf(subnet, "aws_route_table_association")
      .flatMap((association) => stack.targets(association, "route_table_id", "aws_route_table")),
  );
}
