import { elastiCache } from "./elasticache";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { rds } from "./rds";
import type { RuleSet } from "./rule";

/** Creates all rules, with nothing remembered. */
export function createRules(): readonly RuleSet[] {
  return [elasticLoadBalancing(), rds(), elastiCache()];
}
