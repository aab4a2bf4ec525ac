import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import type { MetricOrExpression } from "../metrics/metric";
import {
  containerInsightsMetric,
  hostCount,
  loggedErrors,
  targetRequestCount,
  targetResponseTime,
  triggeredRules,
  utilization,
} from "../metrics/services";
import type {
  LoadBalancerMonitoringTarget,
  ServiceMonitoringTarget,
  TasksMonitoringTarget,
} from "../monitoring-target";
import { colors, row, type Line, type Row } from "./widgets";

type Services = readonly ServiceMonitoringTarget[];

/** Requests, errors and latency of each service. */
export function serviceRows(services: Services, settings: AlarmSettings | undefined): Row[] {
  const albLines = targetLines(services, ({ balancer }) => balancer === "ALB");
  const allLines = targetLines(services, () => true);
  const latencyMs = settings?.services.latencyMs;
  return row(
    "Services",
    { title: "Requests", unit: "a minute", lines: albLines((target) => targetRequestCount(target, "RequestCount")) },
    {
      title: "5xx answers",
      unit: "a minute",
      lines: albLines((target) => targetRequestCount(target, "HTTPCode_Target_5XX_Count")),
    },
    {
      title: "Latency, p99",
      unit: "seconds",
      lines: albLines((target) => targetResponseTime(target, "p99")),
      threshold: latencyMs === undefined ? undefined : latencyMs / 1000,
    },
    {
      title: "Healthy tasks",
      unit: "tasks",
      lines: allLines((target) => hostCount(target, "Healthy", "Minimum")),
    },
  );
}

/** The utilization and number of tasks. */
export function saturationRows(services: Services, settings: AlarmSettings | undefined): Row[] {
  const allLines = taskLines(services, () => true);
  const countedLines = taskLines(services, ({ counted }) => counted);
  return row(
    "Saturation",
    {
      title: "CPU",
      unit: "percent",
      lines: allLines((tasks) => utilization(tasks, "CPU")),
      threshold: settings?.services.cpuPercent,
    },
    {
      title: "Memory",
      unit: "percent",
      lines: allLines((tasks) => utilization(tasks, "Memory")),
      threshold: settings?.services.memoryPercent,
    },
    {
      title: "Running tasks",
      unit: "tasks",
      lines: countedLines((tasks) => containerInsightsMetric(tasks, "RunningTaskCount")),
    },
  );
}

/** The names of event rules, whose matches the dashboard shows. */
export interface EventRuleNames {
  readonly failedDeployments: string | undefined;
  readonly stoppedTasks: string | undefined;
}

/** Deployments, logged errors and events of failures. */
export function deploymentRows(
  stage: StageConfig,
  services: Services,
  eventRules: EventRuleNames | undefined,
  settings: AlarmSettings | undefined,
): Row[] {
  const errorLines = services.flatMap(({ name, logGroup }): Line[] =>
    logGroup === undefined ? [] : [{ label: name, metric: loggedErrors(stage, name) }],
  );
  const countedLines = taskLines(services, ({ counted }) => counted);
  const failures = [
    { label: "failed deployments", rule: eventRules?.failedDeployments, color: colors.serverError },
    { label: "stopped tasks", rule: eventRules?.stoppedTasks, color: colors.clientError },
  ];
  return row(
    "Deployments and failures",
    {
      title: "Deployments: 2 while one is in progress",
      unit: "deployments",
      lines: countedLines((tasks) => containerInsightsMetric(tasks, "DeploymentCount")),
    },
    {
      title: "Pending tasks",
      unit: "tasks",
      lines: countedLines((tasks) => containerInsightsMetric(tasks, "PendingTaskCount")),
    },
    { title: "Logged errors", unit: "a minute", lines: errorLines, threshold: settings?.services.loggedErrors },
    {
      title: "Failures",
      unit: "events",
      lines: failures.flatMap(({ label, rule, color }): Line[] =>
        rule === undefined ? [] : [{ label, metric: triggeredRules(rule), color }],
      ),
    },
  );
}

function targetLines(services: Services, isShown: (target: LoadBalancerMonitoringTarget) => boolean) {
  return (metric: (target: LoadBalancerMonitoringTarget) => MetricOrExpression): Line[] =>
    services.flatMap(({ name, target }) =>
      target !== undefined && isShown(target) ? [{ label: name, metric: metric(target) }] : [],
    );
}

function taskLines(services: Services, isShown: (tasks: TasksMonitoringTarget) => boolean) {
  return (metric: (tasks: TasksMonitoringTarget) => MetricOrExpression): Line[] =>
    services.flatMap(({ name, ecs }) =>
      ecs !== undefined && isShown(ecs) ? [{ label: name, metric: metric(ecs) }] : [],
    );
}
