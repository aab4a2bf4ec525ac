import { acm } from "./acm";
import { cloudMap } from "./cloud-map";
import { ec2 } from "./ec2";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { newAccountQuotas, type Quotas } from "./quotas";
import { route53 } from "./route-53";
import type { RuleSet } from "./rule";
import { vpcLinks } from "./vpc-links";
import { waf } from "./waf";

/** Creates all rules, with nothing remembered. */
export function createRules(quotas: Quotas = newAccountQuotas): readonly RuleSet[] {
  return [acm(), cloudMap(), ec2(quotas), elasticLoadBalancing(quotas), route53(), vpcLinks(), waf()];
}
