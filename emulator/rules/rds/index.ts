import type { RuleSet } from "../rule";
import { changes } from "./changes";
import { deletion } from "./deletion";
import { encryption } from "./encryption";
import { existing } from "./existing";
import { monitoring } from "./monitoring";
import { networks } from "./networks";
import { parameters } from "./parameters";
import { newAccountDatabaseQuotas, quotaRules, type DatabaseQuotas } from "./quotas";
import { replicas } from "./replicas";
import { restores } from "./restores";
import { settings } from "./settings";
import { states } from "./states";
import { subnets } from "./subnets";

/** Rules of RDS between its databases, snapshots, parameter groups and subnet groups. */
export function rds(quotas: Partial<DatabaseQuotas> = {}): RuleSet {
  return {
    rules: [
      ...existing,
      ...deletion,
      ...changes,
      ...parameters,
      ...subnets,
      ...networks,
      ...restores,
      ...replicas,
      ...encryption,
      ...settings,
      ...states,
      ...monitoring,
      ...quotaRules({ ...newAccountDatabaseQuotas, ...quotas }),
    ],
  };
}
