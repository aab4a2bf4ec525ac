import { apiGateway } from "./api-gateway";
import { applicationAutoScaling } from "./application-auto-scaling";
import { cognito } from "./cognito";
import { ecs } from "./ecs";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { events } from "./events";
import { iam } from "./iam";
import type { RuleSet } from "./rule";
import { scheduler } from "./scheduler";

/** Creates all rules, with nothing remembered. */
export function createRules(): readonly RuleSet[] {
  return [
    apiGateway(),
    applicationAutoScaling(),
    cognito(),
    ecs(),
    elasticLoadBalancing(),
    events(),
    iam(),
    scheduler(),
  ];
}
