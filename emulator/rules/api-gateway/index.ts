import type { RuleSet } from "../rule";
import { authorizerRules } from "./authorizers";
import { deploymentRules } from "./deployments";
import { domainNameRules } from "./domain-names";
import { httpApiRules } from "./http-apis";
import { httpIntegrationRules } from "./http-integrations";
import { integrationRules } from "./integrations";
import { loggingObservers, loggingRules } from "./logging";
import { methodReferenceRules } from "./method-references";
import { methodRules } from "./methods";
import { resourceRules } from "./resources";
import { routeRules } from "./routes";
import { usagePlanRules } from "./usage-plans";
import { vpcLinkRules } from "./vpc-links";

/** Rules of API Gateway between REST APIs, HTTP APIs, domain names and VPC links. */
export function apiGateway(): RuleSet {
  return {
    rules: [
      ...resourceRules,
      ...methodRules,
      ...methodReferenceRules,
      ...integrationRules,
      ...deploymentRules,
      ...usagePlanRules,
      ...loggingRules,
      ...httpApiRules,
      ...authorizerRules,
      ...routeRules,
      ...httpIntegrationRules,
      ...domainNameRules,
      ...vpcLinkRules,
    ],
    observers: loggingObservers,
  };
}
