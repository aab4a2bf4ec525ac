import { backupsPossible } from "./backup";
import { bastionUseful } from "./bastion";
import { zonesInRegion, type Check } from "./cross-checks";
import { certificatesInRegion, ingressAgrees, uploadsStored, userPoolDomainAllowed } from "./ingress";
import { healthChecksOpen, routesAuthorized, routesFitIngress } from "./ingress-routes";
import { listenerRulesApart, listenersApart, parametersApart, requestsDrained, routesApart } from "./routes";
import { containersFit, execPossible, filesOwned, imagesReachable, variablesApart } from "./service-containers";
import { logGroupsApart, containersApart, taskDefinitionsApart } from "./service-names";
import { callsKnown, imagesShared, secretsKnown, storesKnown } from "./service-references";
import { albAsked, backlogCounted, countedOnce, oneRuleShifted } from "./service-traffic";
import { storesUsed } from "./stores-used";

/** All rules over several fields of one stage. */
export const checks: readonly Check[] = [
  zonesInRegion,
  storesKnown,
  secretsKnown,
  storesUsed,
  backupsPossible,
  bastionUseful,
  callsKnown,
  imagesShared,
  taskDefinitionsApart,
  containersApart,
  logGroupsApart,
  containersFit,
  variablesApart,
  imagesReachable,
  execPossible,
  filesOwned,
  albAsked,
  oneRuleShifted,
  backlogCounted,
  countedOnce,
  routesApart,
  parametersApart,
  listenersApart,
  listenerRulesApart,
  requestsDrained,
  routesFitIngress,
  routesAuthorized,
  userPoolDomainAllowed,
  ingressAgrees,
  uploadsStored,
  certificatesInRegion,
  healthChecksOpen,
];
