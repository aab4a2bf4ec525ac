import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import type { Construct } from "constructs";
import type { Named } from "./naming";

/** The parts of ARNs and of the names in them; "*" as stage or region matches all. */
export interface ArnScope extends Named {
  readonly accountId: string;
  readonly partition: string;
}

/**
 * The partition of the provider's region, for the stacks of stages: a data source below `scope`, resolved by Terraform.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionIn(scope: Construct): string {
  return new DataAwsPartition(scope, "partition").partition;
}

/** ARN of a regional resource. */
export function arnOf(
  { partition, region, accountId }: Omit<ArnScope, "app" | "stage">,
  service: string,
  resource: string,
): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** ARN of an IAM resource. */
export function iamArn({ partition, accountId }: Pick<ArnScope, "partition" | "accountId">, resource: string): string {
  return `arn:${partition}:iam::${accountId}:${resource}`;
}
