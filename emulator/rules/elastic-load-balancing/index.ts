import type { Quotas } from "../quotas";
import type { RuleSet } from "../rule";
import { listenerRules } from "./listeners";
import { loadBalancerRules } from "./load-balancers";
import { targetGroupRules } from "./target-groups";

/** Rules of Elastic Load Balancing between its load balancers, listeners, rules and target groups. */
export function elasticLoadBalancing(quotas: Quotas): RuleSet {
  return {
    rules: [...loadBalancerRules, ...listenerRules(quotas.rulesPerLoadBalancer), ...targetGroupRules],
  };
}
