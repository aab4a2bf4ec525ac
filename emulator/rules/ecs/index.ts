import type { RuleSet } from "../rule";
import { changeRules } from "./changes";
import { clusterRules } from "./clusters";
import { compatibilityRules } from "./compatibility";
import { networks } from "./networks";
import { serviceRules } from "./services";
import { taskRules } from "./tasks";

/** Rules of Elastic Container Service between its clusters, services and task definitions. */
export function ecs(): RuleSet {
  return {
    rules: [...clusterRules, ...serviceRules, ...changeRules, ...taskRules, ...networks, ...compatibilityRules],
  };
}
