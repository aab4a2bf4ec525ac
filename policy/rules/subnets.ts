import { Address4 } from "ip-address";
import type { ReadStack } from "../read-stack";
import { each, type Rules } from "../rule";

/** Ranges and zones of subnets, which Terraform plans as they are written, right or wrong. */
export const subnetRules = {
  "subnet-public-address": {
    severity: "medium",
    why: "What starts in a subnet must not be on the internet without being told so.",
    source: "CKV_AWS_130",
    mend: "set map_public_ip_on_launch to false, or leave it out",
    check: each(
      "aws_subnet",
      (subnet) => subnet.has("map_public_ip_on_launch") && "gives public addresses to all in it",
    ),
  },
  "range-size": {
    severity: "medium",
    why: "AWS takes VPCs and subnets from /16 to /28, written by their first address.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    mend: 'write a range such as "10.20.0.0/16"',
    check: each(["aws_vpc", "aws_subnet"], (block) => {
      const text = block.text("cidr_block");
      const range = rangeOf(text);
      const fits = range && range.subnetMask >= 16 && range.subnetMask <= 28;
      const first = range && range.startAddress().correctForm() === range.correctForm();
      return !(fits && first) && `has "${text}", which is no range of AWS`;
    }),
  },
  "subnet-inside-vpc": {
    severity: "medium",
    why: "AWS refuses a subnet outside its VPC only when it is applied.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    mend: "write a part of the VPC's cidr_block",
    check: each("aws_subnet", (subnet, stack) => {
      const own = rangeOf(subnet.text("cidr_block"));
      const ranges = stack.targets(subnet, "vpc_id", "aws_vpc").map((vpc) => rangeOf(vpc.text("cidr_block")));
      const outside = own && ranges.some((range) => range && !own.isInSubnet(range));
      return outside && `has ${subnet.text("cidr_block")}, which is outside the VPC`;
    }),
  },
  "subnets-disjoint": {
    severity: "medium",
    why: "AWS refuses overlapping subnets only when they are applied.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    mend: "write ranges that share no address",
    check: overlaps,
  },
  "subnet-zone": {
    severity: "medium",
    why: "A zone belongs to one region.",
    source: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html",
    mend: "write a zone of the provider's region",
    check: each("aws_subnet", (subnet, stack) => {
      const zone = subnet.text("availability_zone");
      const region = stack.provider.text("region");
      return zone.replace(/[a-z]$/, "") !== region && `is in zone "${zone}", which is not in ${region}`;
    }),
  },
} satisfies Rules;

function overlaps(stack: ReadStack) {
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
