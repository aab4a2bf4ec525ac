import { ec2 } from "./ec2";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { newAccountQuotas, type Quotas } from "./quotas";
import type { RuleSet } from "./rule";

/** Creates all rules, with nothing remembered. */
export function createRules(quotas: Quotas = newAccountQuotas): readonly RuleSet[] {
  return [ec2(quotas), elasticLoadBalancing(quotas)];
}
