import type { Construct } from "constructs";
import { accountStackName, serves, type AccountConfig } from "../schema";
import { ApiGatewayLogs } from "./account/api-gateway-logs";
import { Boundaries, requireWorkloadBoundary } from "./account/boundaries";
import { CostAnomalies } from "./account/cost-anomalies";
import { Gitlab } from "./account/gitlab";
import { LogDelivery } from "./account/log-delivery";
import { PipelineRoles } from "./account/pipeline-roles";
import { StateBucket } from "./account/state-bucket";
import type { TypedStage } from "./account/types-of";
import { configureBackend } from "./backend";
import { stateKey } from "./naming";
import { configureAwsProvider, configureRegionalProviders } from "./provider";
import { ReadableStack } from "./readable-stack";

/**
 * The stack of an account, applied before its first stage: a bucket for Terraform's state, roles of pipelines, and what
 * all stages of the account share.
 */
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
    const providers = configureRegionalProviders(this, named);

    new StateBucket(this, "state", account);
    const gitlab = new Gitlab(this, "gitlab", account);
    const boundaries = new Boundaries(this, "boundaries", account);
    const served = stages.filter(({ stage }) => serves(account, stage));
    requireWorkloadBoundary(
      account,
      served.map(({ stage }) => stage),
    );
    new PipelineRoles(this, "pipeline", { account, gitlab, boundaries, served });
    if (account.apiGatewayLogRole === "manage") new ApiGatewayLogs(this, "rest-logs", { account, providers });
    new LogDelivery(this, "log-delivery", { account, providers });
    const { costAnomalies: settings } = account;
    if (settings !== undefined) new CostAnomalies(this, "costs", { account, settings });
  }
}

/** Key of an account's own state, in the bucket that it makes. */
export function accountStateKey(account: AccountConfig): string {
  return stateKey({ ...account, stage: stageOf(account) });
}

/** Used in names in place of a stage; cannot collide with one, as stage names contain no dash. */
function stageOf({ alias }: AccountConfig): string {
  return `account-${alias}`;
}
