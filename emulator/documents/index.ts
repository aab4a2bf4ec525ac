import { compositeAlarms } from "./cloudwatch/composite-alarms";
import { dashboards } from "./cloudwatch/dashboards";
import { alarmActions, metricAlarms } from "./cloudwatch/metric-alarms";
import type { DocumentCheck } from "./document";
import { containerSettings } from "./ecs/container-settings";
import { executionRole } from "./ecs/execution-role";
import { fargate } from "./ecs/fargate";
import { ports } from "./ecs/ports";
import { clusterSettings, deployments, newServices, placement } from "./ecs/services";
import { containers, volumes } from "./ecs/task-definition";
import { taskSize } from "./ecs/task-size";
import { actions, changedListeners, listeners } from "./elastic-load-balancing/listeners";
import { loadBalancers, loadBalancerValues } from "./elastic-load-balancing/load-balancers";
import { targetGroups, targetGroupValues } from "./elastic-load-balancing/target-groups";
import { eventPatterns, rules, targets } from "./events/rules";
import { scheduledActions, schedules } from "./events/schedules";

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
  placement,
  newServices,
  deployments,
  clusterSettings,
  rules,
  eventPatterns,
  targets,
  schedules,
  scheduledActions,
  metricAlarms,
  compositeAlarms,
  alarmActions,
  dashboards,
  loadBalancers,
  loadBalancerValues,
  targetGroups,
  targetGroupValues,
  listeners,
  changedListeners,
  actions,
];
