import type { Named } from "./naming";

/** Where resources stand, as far as their ARNs tell; a `*` stands for every stage or region. */
export interface ArnScope extends Named {
  readonly accountId: string;
  readonly partition: string;
}

/** Beginning of the ARNs of a region. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
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
