import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { providerConstraint, type StageConfig } from "../schema";
import { partitionOf, regions } from "../schema/regions";
import { addLockFile } from "./lock-file";

/** Account, region, role, tags and provider release of a stack. */
export type AwsProviderSettings = Pick<
  StageConfig,
  "app" | "region" | "accountId" | "owner" | "assumeRoleArn" | "tags" | "providerVersion"
> &
  Readonly<Record<"environment" | "stage", string>>;

/** Providers by region; the stack's own region has none, as its provider is the default. */
export type RegionalProviders = ReadonlyMap<string, AwsProvider>;

/** Configures Terraform and the AWS provider for one account and region, with tags on everything. */
export function configureAwsProvider(scope: Construct, stage: AwsProviderSettings): void {
  new AwsProvider(scope, "aws", configOf(stage));
  const stack = TerraformStack.of(scope);
  const constraint = providerConstraint(stage);
  // The bindings would require exactly the release that they were generated from.
  stack.addOverride("terraform.required_providers.aws.version", constraint);
  addLockFile(stack, constraint);
  stack.addOverride("terraform.required_version", ">= 1.10.0");
}

/**
 * Configures the AWS provider for the other regions, too; returns the provider of each. All of them are there at any
 * time: Terraform destroys what was in a region with the provider of that region.
 * https://developer.hashicorp.com/terraform/language/providers/configuration#alias-multiple-provider-configurations
 */
export function configureRegionalProviders(scope: Construct, stage: AwsProviderSettings): RegionalProviders {
  const others = regions.filter(
    (region) => region !== stage.region && partitionOf(region) === partitionOf(stage.region),
  );
  return new Map(
    others.map((region) => [
      region,
      new AwsProvider(scope, `aws-${region}`, { ...configOf({ ...stage, region }), alias: region }),
    ]),
  );
}

function configOf(stage: AwsProviderSettings): AwsProviderConfig {
  const { app, environment, region, accountId, owner, assumeRoleArn, tags } = stage;
  return {
    region,
    allowedAccountIds: [accountId],
    ...(assumeRoleArn !== undefined && { assumeRole: [{ roleArn: assumeRoleArn }] }),
    defaultTags: [{ tags: { ...tags, app, environment, stage: stage.stage, owner, "managed-by": "terraform" } }],
  };
}

/** Requires a Terraform version that has write-only arguments and ephemeral values. */
export function requireWriteOnlyArguments(scope: Construct): void {
  TerraformStack.of(scope).addOverride("terraform.required_version", ">= 1.11.0");
}
