import { z } from "zod";
import { cidrBlock, hostBitsProblem, parseIpv4Block } from "./cidr";
import { choice, variants, retentionDays, withoutDuplicates } from "./primitives";

/** The VPC has 32 fixed slots for subnets (stacks/network/subnet-plan.ts), and AWS's smallest subnet is /28. */
const smallestVpcPrefix = 23;

const placement = ["one-zone", "every-zone"] as const;

/** How tasks reach AWS and the internet. */
const egress = z.discriminatedUnion(
  "mode",
  [
    z.strictObject({
      /** No route to the internet; VPC endpoints for the AWS services that the stage uses. */
      mode: z.literal("vpc-endpoints"),
      /** Zones that hold the interface endpoints, which AWS bills per zone and hour. @default "every-zone" */
      interfaceEndpoints: choice(...placement).default("every-zone"),
    }),
    z.strictObject({
      /** Private subnets with NAT gateways. */
      mode: z.literal("nat-gateway"),
      /** `one` costs less, and fails together with its zone. @default "one-per-zone" */
      gateways: choice("one", "one-per-zone").default("one-per-zone"),
      /** Interface endpoints in addition, which save the data processing charge of NAT gateways. @default "none" */
      interfaceEndpoints: choice("none", ...placement).default("none"),
    }),
    z.strictObject({
      /** Tasks in public subnets with public IP addresses. It costs the least; only security groups protect the tasks. */
      mode: z.literal("public-subnets"),
    }),
  ],
  variants("mode", "vpc-endpoints", "nat-gateway", "public-subnets"),
);

/** The VPC of a stage. */
export const network = z.strictObject({
  /** IPv4 CIDR block of the VPC, /16 to /23. Changing it replaces the VPC and everything in it. */
  cidr: cidrBlock(cidrProblem),
  /** Two or more availability zones; a single NAT gateway and `one-zone` endpoints are placed in the first. */
  zones: z
    .array(
      z.string("must be a string; write the name of a zone"),
      "must be a list; write the names of two or more zones",
    )
    .min(2, "must hold at least two zones, as a load balancer needs them; write two or more")
    .refine(...withoutDuplicates("zone")),
  /** How tasks reach AWS and the internet. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-outbound.html */
  egress,
  /** Retention of the VPC flow logs, in days. @default 14 */
  flowLogRetentionDays: retentionDays.default(14),
});

function cidrProblem(value: string): string | undefined {
  const block = parseIpv4Block(value);
  if (block === undefined) return 'must be an IPv4 CIDR block; write one such as "10.20.0.0/16"';
  const problem = hostBitsProblem(block);
  if (problem !== undefined) return problem;
  if (block.subnetMask < 16) return "is larger than a VPC may be; write /16 to /23";
  if (block.subnetMask > smallestVpcPrefix) {
    return "is too small, as its subnets would be smaller than AWS's minimum of /28; write /16 to /23";
  }
  return undefined;
}
