import type { Named } from "./naming";

/** The parts of ARNs and of the names in them; "*" as stage or region matches all. */
export interface ArnScope extends Named {
  readonly accountId: string;
  readonly partition: string;
}

/** The partition of a region. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** ARN of a regional resource. */
export function arnOf({ partition, region, accountId }: ArnScope, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** ARN of a resource of IAM. */
export function iamArn({ partition, accountId }: Pick<ArnScope, "partition" | "accountId">, resource: string): string {
  return `arn:${partition}:iam::${accountId}:${resource}`;
}
