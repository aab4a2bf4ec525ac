import type { DocumentCheck } from "../document";
import { authorizers, newAuthorizers } from "./authorizers";
import { basePaths, httpDomainNames, mappingKeys, newHttpDomainNames, restDomainNames } from "./domain-names";
import { cors, httpStages, newApis, newHttpStages, newRoutes, routes } from "./http-apis";
import { httpAuthorizers, newHttpAuthorizers } from "./http-authorizers";
import { httpIntegrations, newHttpIntegrations, parameterMappings } from "./http-integrations";
import { integrations, newIntegrations } from "./integrations";
import { gatewayResponses, integrationResponses, methodResponses, methods, newMethods, resources } from "./methods";
import { changedModels, newModels, webSocketModels } from "./models";
import { apiKeys, changedRestApis, newRestApis, requestValidators, restApis } from "./rest-apis";
import { accessLogs, deployments, methodSettings, stagePaths, stages } from "./stages";
import { newUsagePlans, quotas, usagePlanStages } from "./usage-plans";
import { httpVpcLinks, vpcLinks } from "./vpc-links";

/** Checks of requests to REST, HTTP and WebSocket APIs. */
export const apiGateway: readonly DocumentCheck[] = [
  restApis,
  newRestApis,
  changedRestApis,
  apiKeys,
  requestValidators,
  newModels,
  changedModels,
  resources,
  newMethods,
  methods,
  methodResponses,
  newIntegrations,
  integrations,
  integrationResponses,
  gatewayResponses,
  newAuthorizers,
  authorizers,
  deployments,
  stages,
  accessLogs,
  methodSettings,
  stagePaths,
  newUsagePlans,
  quotas,
  usagePlanStages,
  restDomainNames,
  basePaths,
  vpcLinks,
  newApis,
  cors,
  newRoutes,
  routes,
  newHttpAuthorizers,
  httpAuthorizers,
  newHttpIntegrations,
  httpIntegrations,
  parameterMappings,
  newHttpStages,
  httpStages,
  httpDomainNames,
  newHttpDomainNames,
  mappingKeys,
  httpVpcLinks,
  webSocketModels,
];
