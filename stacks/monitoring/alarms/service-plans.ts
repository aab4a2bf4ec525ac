import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { errorShare } from "../metrics/error-share";
import { loggedErrors } from "../metrics/logged-errors";
import { queueMetric } from "../metrics/queue";
import { answerTime, hosts } from "../metrics/target";
import { insight, missingTasks, utilization } from "../metrics/tasks";
import type {
  ServiceMonitoringTarget,
  LoadBalancerMonitoringTarget,
  TasksMonitoringTarget,
} from "../monitoring-target";
import type { AlarmPlan } from "./alarm-plan";

/** The alarms of one service, by what it is. */
export function servicePlans(
  stage: StageConfig,
  service: ServiceMonitoringTarget,
  settings: AlarmSettings,
): AlarmPlan[] {
  const { name, ecs, target, rollbackAlarm, deadLetters, logGroup } = service;
  const limits = settings.services;
  return [
    ...(target === undefined ? [] : targetPlans(name, target, ecs?.minimum ?? 0, limits)),
    // The alarm that undoes deployments watches the same share.
    ...(target?.balancer === "ALB" && rollbackAlarm === undefined ? [errorPlan(name, target, limits)] : []),
    ...(ecs === undefined ? [] : taskPlans(name, ecs, limits)),
    ...(logGroup === undefined ? [] : [logPlan(stage, name, limits)]),
    ...(deadLetters === undefined ? [] : [startPlan(name, deadLetters)]),
  ];
}

type Limits = AlarmSettings["services"];

function errorPlan(
  name: string,
  target: LoadBalancerMonitoringTarget,
  { errorPercent, minimumRequests }: Limits,
): AlarmPlan {
  return {
    what: "errors",
    description: `More than ${errorPercent} % of the answers of ${name} are 5xx`,
    measure: errorShare(target, minimumRequests),
    limit: { above: errorPercent },
    periods: 3,
  };
}

function targetPlans(
  name: string,
  target: LoadBalancerMonitoringTarget,
  minimum: number,
  { latencyMs }: Limits,
): AlarmPlan[] {
  const slow: AlarmPlan = {
    what: "slow",
    description: `One in a hundred requests to ${name} takes longer than ${latencyMs} ms`,
    measure: answerTime(target, "p99"),
    limit: { above: latencyMs / 1000 },
    periods: 5,
  };
  const unhealthy: AlarmPlan = {
    what: "unhealthy",
    description: `A task of ${name} fails the checks of the load balancer`,
    measure: hosts(target, "UnHealthy", "Maximum"),
    limit: { atLeast: 1 },
    periods: 5,
  };
  const empty: AlarmPlan = {
    what: "empty",
    description: `No task of ${name} takes requests`,
    measure: hosts(target, "Healthy", "Minimum"),
    limit: { below: 1 },
    periods: 2,
    treatMissingData: "unwell",
  };
  // An NLB knows no requests; and a service that sleeps at times is empty then.
  return [...(target.balancer === "ALB" ? [slow] : []), unhealthy, ...(minimum > 0 ? [empty] : [])];
}

function taskPlans(name: string, tasks: TasksMonitoringTarget, { cpuPercent, memoryPercent }: Limits): AlarmPlan[] {
  const high = (of: "CPU" | "Memory", limit: number): AlarmPlan => ({
    what: of.toLowerCase(),
    description: `The tasks of ${name} use more than ${limit} % of their ${of === "CPU" ? "CPU" : "memory"}`,
    measure: utilization(tasks, of),
    limit: { above: limit },
    periods: 5,
    felt: false,
  });
  return [high("CPU", cpuPercent), high("Memory", memoryPercent), ...(tasks.counted ? [countPlan(name, tasks)] : [])];
}

function countPlan(name: string, tasks: TasksMonitoringTarget): AlarmPlan {
  const { minimum } = tasks;
  const common = { what: "tasks", periods: 5 };
  if (minimum > 0) {
    return {
      ...common,
      description: `Fewer than ${minimum} tasks of ${name} run`,
      measure: insight(tasks, "RunningTaskCount"),
      limit: { below: minimum },
      treatMissingData: "unwell",
    };
  }
  // It may have none, but not fewer than ECS was told.
  return {
    ...common,
    description: `Fewer tasks of ${name} run than should`,
    measure: missingTasks(tasks),
    limit: { above: 0 },
  };
}

function logPlan(stage: StageConfig, name: string, { loggedErrors: limit }: Limits): AlarmPlan {
  return {
    what: "logged",
    description: `${name} logs more than ${limit} errors a minute`,
    measure: loggedErrors(stage, name),
    limit: { above: limit },
    periods: 3,
  };
}

function startPlan(name: string, deadLetters: string): AlarmPlan {
  return {
    what: "starts",
    description: `${name} could not be started; its dead-letter queue holds the reason`,
    measure: queueMetric(deadLetters, "ApproximateNumberOfMessagesVisible"),
    limit: { above: 0 },
    periods: 1,
  };
}
