import { apiGateway } from "./api-gateway";
import { ecs } from "./ecs";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import type { RuleSet } from "./rule";

/** Creates all rules, with nothing remembered. */
export function createRules(): readonly RuleSet[] {
  return [apiGateway(), ecs(), elasticLoadBalancing()];
}
