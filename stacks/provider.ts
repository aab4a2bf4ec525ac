import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { providerConstraint, type StageConfig } from "../schema";
import { addLockFile } from "./lock-file";

/** Account, region, role, tags and provider release of a stack. */
export type AwsProviderSettings = Pick<
  StageConfig,
  "app" | "region" | "accountId" | "owner" | "assumeRoleArn" | "tags" | "providerVersion"
> &
  Readonly<Record<"environment" | "stage", string>>;

/** Configures Terraform and the AWS provider for one account and region, with tags on everything. */
export function configureAwsProvider(scope: Construct, stage: AwsProviderSettings): void {
  const { app, environment, region, accountId, owner, assumeRoleArn, tags } = stage;
  new AwsProvider(scope, "aws", {
    region,
    allowedAccountIds: [accountId],
    ...(assumeRoleArn !== undefined && { assumeRole: [{ roleArn: assumeRoleArn }] }),
    defaultTags: [{ tags: { ...tags, app, environment, stage: stage.stage, owner, "managed-by": "terraform" } }],
  });
  const stack = TerraformStack.of(scope);
  const constraint = providerConstraint(stage);
  // The bindings would require exactly the release that they were generated from.
  stack.addOverride("terraform.required_providers.aws.version", constraint);
  addLockFile(stack, constraint);
  stack.addOverride("terraform.required_version", ">= 1.10.0");
}

/** Requires a Terraform version that has write-only arguments and ephemeral values. */
export function requireWriteOnlyArguments(scope: Construct): void {
  TerraformStack.of(scope).addOverride("terraform.required_version", ">= 1.11.0");
}
