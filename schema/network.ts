import { Address4 } from "ip-address";
import { z } from "zod";
import { retentionDays } from "./primitives";

/** Subnets are cut into 32 fixed slots of the VPC (stacks/network/subnet-plan.ts), and AWS's smallest subnet is /28. */
const smallestVpcPrefix = 23;

const placement = ["one-zone", "every-zone"] as const;

/** How tasks reach AWS and the internet. */
const egress = z.discriminatedUnion(
  "mode",
  [
    z.strictObject({
      /** No way to the internet; AWS is reached through VPC endpoints for exactly what the stage uses. */
      mode: z.literal("vpc-endpoints"),
      /** Zones that hold the interface endpoints, which AWS bills per zone and hour. @default "every-zone" */
      interfaceEndpoints: z.enum(placement, messageFor(placement)).default("every-zone"),
    }),
    z.strictObject({
      /** Private tasks that reach the internet through NAT gateways. */
      mode: z.literal("nat-gateway"),
      /** `one` is cheaper and fails with its zone. @default "one-per-zone" */
      gateways: z.enum(["one", "one-per-zone"], messageFor(["one", "one-per-zone"])).default("one-per-zone"),
      /** Interface endpoints beside NAT, which save NAT's price per GB. @default "none" */
      interfaceEndpoints: z.enum(["none", ...placement], messageFor(["none", ...placement])).default("none"),
    }),
    z.strictObject({
      /** Tasks in public subnets with a public IP, guarded by their security group alone: cheap, less safe. */
      mode: z.literal("public-subnets"),
    }),
  ],
  'is no way out; write "vpc-endpoints", "nat-gateway" or "public-subnets"',
);

/** The VPC of one stage. */
export const network = z.strictObject({
  /** IPv4 range of the VPC: /16 to /23, without host bits. Changing it replaces the VPC and all that is in it. */
  cidr: z.string("is no text; write a CIDR block").superRefine((value, context) => {
    const problem = cidrProblem(value);
    if (problem !== undefined) context.addIssue(problem);
  }),
  /** Availability zones, two or more; `one` NAT gateway and `one-zone` endpoints stand in the first. */
  zones: z
    .array(z.string("is no text; write the name of a zone"), "is no list; write the names of two or more zones")
    .min(2, "holds fewer than two zones; write two or more, a load balancer needs them")
    .refine((zones) => new Set(zones).size === zones.length, "names a zone twice; write each zone once"),
  /** How tasks reach AWS and the internet: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-outbound.html */
  egress,
  /** Retention of the VPC flow logs, in days. @default 14 */
  flowLogRetentionDays: retentionDays.default(14),
});

function cidrProblem(value: string): string | undefined {
  if (!/^\d+(\.\d+){3}\/\d+$/.test(value) || !Address4.isValid(value)) {
    return 'is no IPv4 CIDR block; write one such as "10.20.0.0/16"';
  }
  const block = new Address4(value);
  const start = block.startAddress().correctForm();
  if (block.correctForm() !== start) return `has host bits; write "${start}/${block.subnetMask}"`;
  if (block.subnetMask < 16) return "is larger than a VPC may be; write /16 to /23";
  if (block.subnetMask > smallestVpcPrefix) {
    return "is too small, its subnets would fall below AWS's minimum of /28; write /16 to /23";
  }
  return undefined;
}

function messageFor(choices: readonly string[]): string {
  return `is no choice here; write ${choices.map((choice) => `"${choice}"`).join(" or ")}`;
}
