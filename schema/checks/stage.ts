import { backupsPossible } from "./backup";
import type { Check } from "./check";
import {
  containersFit,
  executeCommandPossible,
  fileOwnersNumeric,
  imagesReachable,
  urlVariablesDistinct,
  variablesDistinct,
} from "./containers";
import { albAvailable, backlogMeasurable, countOrScaling, trafficShiftingPossible } from "./deployment";
import {
  certificatesInRegion,
  domainPrefixAllowed,
  healthCheckPublic,
  preflightsAnsweredOnce,
  restApiConsistent,
  routesAuthorized,
  routesSupported,
  uploadsBucketExists,
} from "./ingress";
import { bastionUsable, zonesInRegion } from "./network";
import { providerSufficient } from "./provider-version";
import {
  associationRulesDistinct,
  listenerRulesDistinct,
  listenersDistinct,
  parametersDistinct,
  requestsComplete,
  requiredNamesDistinct,
  routesDistinct,
} from "./routes";
import {
  calledServicesExist,
  containersDistinct,
  logGroupsDistinct,
  sharedImagesExist,
  taskDefinitionsDistinct,
} from "./services";
import { dataServicesUsed, usedSecretsExist, usedDataServicesExist } from "./data-services";

/** All checks across fields of one stage. */
export const checks: readonly Check[] = [
  zonesInRegion,
  usedDataServicesExist,
  usedSecretsExist,
  dataServicesUsed,
  backupsPossible,
  bastionUsable,
  calledServicesExist,
  sharedImagesExist,
  taskDefinitionsDistinct,
  containersDistinct,
  logGroupsDistinct,
  containersFit,
  variablesDistinct,
  urlVariablesDistinct,
  imagesReachable,
  executeCommandPossible,
  fileOwnersNumeric,
  albAvailable,
  trafficShiftingPossible,
  backlogMeasurable,
  countOrScaling,
  routesDistinct,
  parametersDistinct,
  requiredNamesDistinct,
  listenersDistinct,
  associationRulesDistinct,
  listenerRulesDistinct,
  requestsComplete,
  routesSupported,
  routesAuthorized,
  domainPrefixAllowed,
  preflightsAnsweredOnce,
  restApiConsistent,
  uploadsBucketExists,
  certificatesInRegion,
  healthCheckPublic,
  providerSufficient,
];
