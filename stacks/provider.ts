import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { StageConfig } from "../schema";

/** Releases of the AWS provider whose attributes the stacks keep to. */
const providerConstraint = ">= 5.100.0, < 7.0.0";

/** The release whose attributes the bindings know, such as `integration_target` of an API's integration. */
const bindingsConstraint = ">= 6.25.0, < 7.0.0";

/** What tells whose the resources are, and who may touch them. */
export type AwsProviderSettings = Pick<
  StageConfig,
  "app" | "region" | "accountId" | "owner" | "assumeRoleArn" | "tags"
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
  // The bindings would pin the one release they were generated from.
  stack.addOverride("terraform.required_providers.aws.version", providerConstraint);
  stack.addOverride("terraform.required_version", ">= 1.10.0");
}

/** Asks for a release of the AWS provider that knows what release 5 did not; for the stacks that use it. */
export function requireAwsProvider(scope: Construct): void {
  TerraformStack.of(scope).addOverride("terraform.required_providers.aws.version", bindingsConstraint);
}

/** Asks for a Terraform that knows write-only arguments and ephemeral values; for the stacks that use them. */
export function requireWriteOnlyArguments(scope: Construct): void {
  TerraformStack.of(scope).addOverride("terraform.required_version", ">= 1.11.0");
}
