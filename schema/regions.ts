import { z } from "zod";
import { misspelt } from "./similar";

/**
 * Regions that a stage may use. https://docs.aws.amazon.com/general/latest/gr/rande.html
 * The China regions are excluded: their endpoints and service principals have other names.
 */
export const regions = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-gov-east-1",
  "us-gov-west-1",
  "us-west-1",
  "us-west-2",
] as const;

/** An AWS region. Terraform accepts any text here, and fails only when it calls AWS. */
export const region = z.enum(regions, {
  error: ({ input }) => {
    const hint = typeof input === "string" ? misspelt(input, regions) : undefined;
    const remedy = hint === undefined ? "write one from schema/regions.ts, or add it there" : `did you mean "${hint}"?`;
    return `must be an AWS region; ${remedy}`;
  },
});

/** The partition of a region, for ARNs that must be known at synthesis. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
