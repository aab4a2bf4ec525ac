import type { RuleSet } from "../rule";
import { deploymentRules } from "./deployments";
import { domainNameRules } from "./domain-names";
import { httpApiRules } from "./http-apis";
import { loggingObservers, loggingRules } from "./logging";
import { methodRules } from "./methods";
import { usagePlanRules } from "./usage-plans";
import { vpcLinkRules } from "./vpc-links";

/** Rules of API Gateway between REST APIs, HTTP APIs, domain names and VPC links. */
export function apiGateway(): RuleSet {
  return {
    rules: [
      ...methodRules,
      ...deploymentRules,
      ...usagePlanRules,
      ...loggingRules,
      ...httpApiRules,
      ...domainNameRules,
      ...vpcLinkRules,
    ],
    observers: loggingObservers,
  };
}
