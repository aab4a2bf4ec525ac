import { acm } from "./acm";
import { apiGateway } from "./api-gateway";
import { applicationAutoScaling } from "./application-auto-scaling";
import { cloudMap } from "./cloud-map";
import { cognito } from "./cognito";
import { ec2 } from "./ec2";
import { ecs } from "./ecs";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { events } from "./events";
import { iam } from "./iam";
import { newAccountQuotas, type Quotas } from "./quotas";
import { route53 } from "./route-53";
import type { RuleSet } from "./rule";
import { scheduler } from "./scheduler";
import { vpcLinks } from "./vpc-links";
import { waf } from "./waf";

/** Creates all rules, with nothing remembered. */
export function createRules(quotas: Quotas = newAccountQuotas): readonly RuleSet[] {
  return [
    acm(),
    apiGateway(),
    applicationAutoScaling(),
    cloudMap(),
    cognito(),
    ec2(quotas),
    ecs(),
    elasticLoadBalancing(quotas),
    events(),
    iam(),
    route53(),
    scheduler(),
    vpcLinks(),
    waf(),
  ];
}
