import { apiGateway } from "./api-gateway";
import { scalableTargets, scalingPolicies } from "./application-auto-scaling";
import { budgetNotifications, budgets, changedBudgets } from "./budgets";
import { compositeAlarms } from "./cloudwatch/composite-alarms";
import { dashboards } from "./cloudwatch/dashboards";
import { alarmActions, customMetrics, metricAlarms } from "./cloudwatch/metric-alarms";
import { clientSecrets, userPoolClients, userPoolDomains, userPools } from "./cognito";
import type { DocumentCheck } from "./document";
import { tableKeys } from "./dynamodb";
import { lifecyclePolicies } from "./ecr";
import { containerSettings } from "./ecs/container-settings";
import { executionRole } from "./ecs/execution-role";
import { fargate } from "./ecs/fargate";
import { ports } from "./ecs/ports";
import { ec2 } from "./ec2";
import { launches } from "./ecs/launches";
import { names } from "./ecs/names";
import { clusterSettings, deployments, execLogging, fargateNetworks, newServices, placement } from "./ecs/services";
import { containers, volumes } from "./ecs/task-definition";
import { taskSize } from "./ecs/task-size";
import {
  cacheIdentifiers,
  cacheUsers,
  cacheWindows,
  changedReplicationGroups,
  newCacheUsers,
  replicationGroups,
} from "./elasticache/caches";
import { cacheClusterNodes, cacheParameterGroups, changedNodes, replicationGroupNodes } from "./elasticache/nodes";
import { newServerlessCaches, serverlessCaches } from "./elasticache/serverless";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { fileSystems } from "./efs";
import { eventPatterns, rules, targets } from "./events/rules";
import { defaultScheduleGroup, scheduledActions, schedules } from "./events/schedules";
import { aliases, keyDeletion, newKeys, rotations, secretNames, secretValues } from "./keys-and-secrets";
import { lambda } from "./lambda";
import { dataProtection, logGroupNames, metricFilters, retention, subscriptionFilters } from "./logs";
import { clusterMembers, clusters } from "./rds/clusters";
import { changedSettings, engineSettings, parameterGroupFamilies } from "./rds/engines";
import { databaseIdentifiers, parameterGroupNames, subnetGroups } from "./rds/identifiers";
import { databases, newDatabases, restoredInstances } from "./rds/instances";
import { parameterValues } from "./rds/parameters";
import { databaseStorage, restoredStorage, storageTypes } from "./rds/storage";
import { databaseWindows } from "./rds/windows";
import { healthChecks, hostedZoneNames, records } from "./route53";
import { acceleration, bucketEncryption, bucketNames, corsRules, newBucketAcls, websites } from "./s3/buckets";
import { lifecycles } from "./s3/lifecycle";
import { notifications } from "./s3/notifications";
import { publishedMessages, subscriptionAttributes, subscriptions, topicAttributes, topics } from "./sns";
import { changedQueues, messages, queueAttributes, queueNames } from "./sqs";
import { stepFunctions } from "./step-functions";
import { defaultActions, webAclLogging, webAclRules } from "./wafv2/rules";
import { ipSets, regexPatternSets } from "./wafv2/sets";

export type { DocumentCheck, Refusal } from "./document";

/** All checks; of several that refuse a request, AWS's reply is that of the first. */
export const documentChecks: readonly DocumentCheck[] = [
  containers,
  taskSize,
  fargate,
  executionRole,
  ports,
  volumes,
  containerSettings,
  ...names,
  placement,
  ...launches,
  fargateNetworks,
  newServices,
  deployments,
  clusterSettings,
  execLogging,
  rules,
  eventPatterns,
  targets,
  schedules,
  defaultScheduleGroup,
  scheduledActions,
  metricAlarms,
  compositeAlarms,
  alarmActions,
  customMetrics,
  dashboards,
  ...elasticLoadBalancing,
  ...ec2,
  databaseIdentifiers,
  parameterGroupNames,
  subnetGroups,
  databases,
  newDatabases,
  restoredInstances,
  clusterMembers,
  clusters,
  databaseStorage,
  restoredStorage,
  storageTypes,
  engineSettings,
  changedSettings,
  parameterGroupFamilies,
  parameterValues,
  databaseWindows,
  cacheIdentifiers,
  replicationGroups,
  changedReplicationGroups,
  replicationGroupNodes,
  changedNodes,
  cacheClusterNodes,
  cacheParameterGroups,
  newServerlessCaches,
  serverlessCaches,
  cacheWindows,
  cacheUsers,
  newCacheUsers,
  bucketNames,
  newBucketAcls,
  bucketEncryption,
  acceleration,
  websites,
  corsRules,
  lifecycles,
  notifications,
  scalableTargets,
  scalingPolicies,
  budgets,
  changedBudgets,
  budgetNotifications,
  userPools,
  userPoolDomains,
  userPoolClients,
  clientSecrets,
  keyDeletion,
  newKeys,
  aliases,
  secretNames,
  secretValues,
  rotations,
  logGroupNames,
  retention,
  metricFilters,
  subscriptionFilters,
  dataProtection,
  ...lambda,
  ...stepFunctions,
  records,
  healthChecks,
  hostedZoneNames,
  topics,
  topicAttributes,
  subscriptions,
  subscriptionAttributes,
  publishedMessages,
  queueNames,
  queueAttributes,
  changedQueues,
  messages,
  fileSystems,
  lifecyclePolicies,
  tableKeys,
  webAclRules,
  defaultActions,
  webAclLogging,
  ipSets,
  regexPatternSets,
  ...apiGateway,
];
