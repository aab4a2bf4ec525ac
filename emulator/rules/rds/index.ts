import type { RuleSet } from "../rule";
import { changes } from "./changes";
import { deletion } from "./deletion";
import { existing } from "./existing";
import { parameters } from "./parameters";
import { quotas } from "./quotas";
import { subnets } from "./subnets";

/** Rules of RDS between its databases, snapshots, parameter groups and subnet groups. */
export function rds(): RuleSet {
  return { rules: [...existing, ...deletion, ...changes, ...parameters, ...subnets, ...quotas] };
}
