import { apiRules } from "./apis";
import { apiStageRules } from "./api-stages";
import { bucketRules } from "./buckets";
import { cacheRules } from "./caches";
import { clusterRules } from "./clusters";
import { containerRules } from "./containers";
import { containerTimeRules } from "./container-times";
import { databaseOperationRules } from "./database-operations";
import { databaseRules } from "./databases";
import { domainRules } from "./domains";
import { flowRules } from "./flows";
import { loadBalancerRules } from "./load-balancers";
import { operationRules } from "./operations";
import { policyRules } from "./policies";
import { repositoryRules } from "./repositories";
import { roleRules } from "./roles";
import { routeRules } from "./routes";
import { scalingRules } from "./scaling";
import { securityGroupRules } from "./security-groups";
import { serviceRules } from "./services";
import { stateRules } from "./state";
import { storeRules } from "./stores";
import { subnetRules } from "./subnets";
import { targetRules } from "./targets";
import { taskDefinitionRules } from "./task-definitions";
import { userPoolRules } from "./user-pools";
import { vpcRules } from "./vpc";
import { wafRules } from "./waf";

/** The policy: every rule by its id, in the order of a stack's table of contents. */
export const rules = {
  ...stateRules,
  ...vpcRules,
  ...subnetRules,
  ...routeRules,
  ...securityGroupRules,
  ...flowRules,
  ...clusterRules,
  ...taskDefinitionRules,
  ...containerRules,
  ...containerTimeRules,
  ...serviceRules,
  ...scalingRules,
  ...repositoryRules,
  ...loadBalancerRules,
  ...targetRules,
  ...apiRules,
  ...apiStageRules,
  ...domainRules,
  ...wafRules,
  ...userPoolRules,
  ...policyRules,
  ...roleRules,
  ...databaseRules,
  ...databaseOperationRules,
  ...cacheRules,
  ...bucketRules,
  ...storeRules,
  ...operationRules,
};

/** Id of a rule of the policy. */
export type RuleId = keyof typeof rules;
