import type { Construct } from "constructs";
import { accountStackName, serves, type AccountConfig, type StageConfig } from "../schema";
import { configureBackend } from "./backend";
import { Boundaries, requireWorkloadBoundary } from "./account/boundaries";
import { Gitlab } from "./account/gitlab";
import { PipelineRoles } from "./account/pipeline-roles";
import { StateBucket } from "./account/state-bucket";
import { stateKey } from "./naming";
import { configureAwsProvider } from "./provider";
import { ReadableStack } from "./readable-stack";

/** A stage and the types of its resources and data sources. */
export interface TypedStage {
  readonly stage: StageConfig;
  readonly types: readonly string[];
}

/** What an account needs before its first stage: a bucket for state, and roles for pipelines. */
export class AccountStack extends ReadableStack {
  constructor(scope: Construct, account: AccountConfig, stages: readonly TypedStage[]) {
    super(scope, accountStackName(account));
    const { alias, stateBucket: bucket, region } = account;
    const named = { ...account, environment: alias, stage: stageOf(account) };
    configureBackend(this, {
      ...named,
      state: { backend: "s3", bucket, region, assumeRoleArn: account.assumeRoleArn },
    });
    configureAwsProvider(this, named);

    new StateBucket(this, "state", account);
    const gitlab = new Gitlab(this, "gitlab", account);
    const boundaries = new Boundaries(this, "boundaries", account);
    const served = stages.filter(({ stage }) => serves(account, stage));
    requireWorkloadBoundary(
      account,
      served.map(({ stage }) => stage),
    );
    new PipelineRoles(this, "pipeline", { account, gitlab, boundaries, served });
  }
}

/** Key of an account's own state, in the bucket that it makes. */
export function accountStateKey(account: AccountConfig): string {
  return stateKey({ ...account, stage: stageOf(account) });
}

/** Stands where a stage's resources name it; no stage's name holds a dash. */
function stageOf({ alias }: AccountConfig): string {
  return `account-${alias}`;
}
