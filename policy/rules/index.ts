import { apiRules } from "./apis";
import { bucketRules } from "./buckets";
import { cacheRules } from "./caches";
import { connectionRules } from "./connections";
import { containerRules } from "./containers";
import { dataServiceRules } from "./data-services";
import { databaseRules } from "./databases";
import { domainRules } from "./domains";
import { iamRules } from "./iam";
import { instanceRules } from "./instances";
import { loadBalancerRules } from "./load-balancers";
import { networkRules } from "./network";
import { repositoryRules } from "./repositories";
import { securityGroupRules } from "./security-groups";
import { serviceRules } from "./services";
import { stateRules } from "./state";
import { targetRules } from "./targets";
import { taskDefinitionRules } from "./task-definitions";
import { userPoolRules } from "./user-pools";
import { wafRules } from "./waf";

/** The policy: every rule by its id, in the order of a stack's table of contents. */
export const rules = {
  ...stateRules,
  ...networkRules,
  ...securityGroupRules,
  ...connectionRules,
  ...serviceRules,
  ...taskDefinitionRules,
  ...containerRules,
  ...repositoryRules,
  ...loadBalancerRules,
  ...targetRules,
  ...apiRules,
  ...domainRules,
  ...wafRules,
  ...userPoolRules,
  ...iamRules,
  ...databaseRules,
  ...cacheRules,
  ...bucketRules,
  ...dataServiceRules,
  ...instanceRules,
};

/** Id of a rule of the policy. */
export type RuleId = keyof typeof rules;
