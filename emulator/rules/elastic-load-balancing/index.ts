import type { Quotas } from "../quotas";
import type { RuleSet } from "../rule";
import { certificateRules } from "./certificates";
import { listenerRules } from "./listeners";
import { loadBalancerRules } from "./load-balancers";
import { logRules } from "./logs";
import { networkRulesOfLoadBalancers } from "./networks";
import { targetGroupRules } from "./target-groups";
import { targetRules } from "./targets";
import { typeRules } from "./types";

/** Rules of Elastic Load Balancing between its load balancers, listeners, rules and target groups. */
export function elasticLoadBalancing(quotas: Quotas): RuleSet {
  const certificates = certificateRules();
  return {
    rules: [
      ...networkRulesOfLoadBalancers(quotas),
      ...loadBalancerRules,
      ...logRules,
      ...listenerRules(quotas.rulesPerLoadBalancer),
      ...targetGroupRules,
      ...typeRules,
      ...targetRules,
      ...certificates.rules,
    ],
    observers: certificates.observers ?? [],
  };
}
