import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { StageConfig } from "../schema";

/** Releases of the AWS provider that have all attributes which the stacks use without `requireAwsProvider`. */
const providerConstraint = ">= 5.100.0, < 7.0.0";

/** Releases that have all attributes of the bindings, such as `integration_target` of an integration. */
const bindingsConstraint = ">= 6.25.0, < 7.0.0";

/** Account, region, role and tags of a stack. */
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
  // The bindings would require exactly the release that they were generated from.
  stack.addOverride("terraform.required_providers.aws.version", providerConstraint);
  stack.addOverride("terraform.required_version", ">= 1.10.0");
}

/** Requires a release of the AWS provider that has all attributes of the bindings. */
export function requireAwsProvider(scope: Construct): void {
  TerraformStack.of(scope).addOverride("terraform.required_providers.aws.version", bindingsConstraint);
}

/** Requires a Terraform version that has write-only arguments and ephemeral values. */
export function requireWriteOnlyArguments(scope: Construct): void {
  TerraformStack.of(scope).addOverride("terraform.required_version", ">= 1.11.0");
}
