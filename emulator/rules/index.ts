import { backup } from "./backup";
import { budgets } from "./budgets";
import { cloudWatch } from "./cloudwatch";
import { costExplorer } from "./cost-explorer";
import { elastiCache } from "./elasticache";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { kms } from "./kms";
import { logs } from "./logs";
import { rds } from "./rds";
import type { DatabaseQuotas } from "./rds/quotas";
import type { RuleSet } from "./rule";
import { s3 } from "./s3";
import { secretsManager } from "./secrets-manager";
import { sns } from "./sns";
import { sqs, type QueueTimes } from "./sqs";
import { ssm } from "./ssm";

/** What rules depend on besides the state of the emulated AWS. */
export interface RuleOptions extends QueueTimes {
  /** Quotas that AWS has raised. @default - the quotas of a new account */
  readonly quotas?: Partial<DatabaseQuotas>;
}

/** Creates all rules, with nothing remembered. */
export function createRules(options: RuleOptions = {}): readonly RuleSet[] {
  return [
    elasticLoadBalancing(),
    rds(options.quotas),
    elastiCache(),
    backup(),
    budgets(),
    cloudWatch(),
    costExplorer(),
    kms(),
    logs(),
    s3(),
    secretsManager(),
    sns(),
    sqs(options),
    ssm(),
  ];
}
