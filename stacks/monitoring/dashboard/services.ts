import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { ruleMatches } from "../metrics/event-rule";
import { loggedErrors } from "../metrics/logged-errors";
import { answerTime, hosts, requests } from "../metrics/target";
import { insight, utilization } from "../metrics/tasks";
import type { Measure } from "../metric";
import type {
  ServiceMonitoringTarget,
  LoadBalancerMonitoringTarget,
  TasksMonitoringTarget,
} from "../monitoring-target";
import { colors, row, type Line, type Row } from "./panel";

type Services = readonly ServiceMonitoringTarget[];

/** What each service gets and answers. */
export function serviceRows(services: Services, limits: AlarmSettings | undefined): Row[] {
  const behindAlb = ofTargets(services, ({ balancer }) => balancer === "ALB");
  const all = ofTargets(services, () => true);
  const latencyMs = limits?.services.latencyMs;
  return row(
    "Services",
    { title: "Requests", unit: "a minute", lines: behindAlb((target) => requests(target, "RequestCount")) },
    {
      title: "5xx answers",
      unit: "a minute",
      lines: behindAlb((target) => requests(target, "HTTPCode_Target_5XX_Count")),
    },
    {
      title: "Latency, p99",
      unit: "seconds",
      lines: behindAlb((target) => answerTime(target, "p99")),
      limit: latencyMs === undefined ? undefined : latencyMs / 1000,
    },
    { title: "Tasks that take requests", unit: "tasks", lines: all((target) => hosts(target, "Healthy", "Minimum")) },
  );
}

/** What the tasks have left, and how many there are. */
export function saturationRows(services: Services, limits: AlarmSettings | undefined): Row[] {
  const tasks = ofTasks(services, () => true);
  const counted = ofTasks(services, (each) => each.counted);
  return row(
    "Saturation",
    {
      title: "CPU",
      unit: "percent",
      lines: tasks((each) => utilization(each, "CPU")),
      limit: limits?.services.cpuPercent,
    },
    {
      title: "Memory",
      unit: "percent",
      lines: tasks((each) => utilization(each, "Memory")),
      limit: limits?.services.memoryPercent,
    },
    { title: "Running tasks", unit: "tasks", lines: counted((each) => insight(each, "RunningTaskCount")) },
  );
}

export interface EventRules {
  readonly failedDeployments: string | undefined;
  readonly stoppedTasks: string | undefined;
}

/** Which service is being replaced, and what failed of late. */
export function deploymentRows(
  stage: StageConfig,
  services: Services,
  rules: EventRules | undefined,
  limits: AlarmSettings | undefined,
): Row[] {
  const logged = services.flatMap(({ name, logGroup }): Line[] =>
    logGroup === undefined ? [] : [{ label: name, measure: loggedErrors(stage, name) }],
  );
  const counted = ofTasks(services, (each) => each.counted);
  const failures = [
    { label: "failed deployments", rule: rules?.failedDeployments, color: colors.fault },
    { label: "stopped tasks", rule: rules?.stoppedTasks, color: colors.refusal },
  ];
  return row(
    "Deployments and failures",
    {
      title: "Revisions: 2 while one is deployed",
      unit: "revisions",
      lines: counted((each) => insight(each, "DeploymentCount")),
    },
    { title: "Tasks that start", unit: "tasks", lines: counted((each) => insight(each, "PendingTaskCount")) },
    { title: "Logged errors", unit: "a minute", lines: logged, limit: limits?.services.loggedErrors },
    {
      title: "Failures",
      unit: "events",
      lines: failures.flatMap(({ label, rule, color }): Line[] =>
        rule === undefined ? [] : [{ label, measure: ruleMatches(rule), color }],
      ),
    },
  );
}

function ofTargets(services: Services, shown: (target: LoadBalancerMonitoringTarget) => boolean) {
  return (measure: (target: LoadBalancerMonitoringTarget) => Measure): Line[] =>
    services.flatMap(({ name, target }) =>
      target !== undefined && shown(target) ? [{ label: name, measure: measure(target) }] : [],
    );
}

function ofTasks(services: Services, shown: (tasks: TasksMonitoringTarget) => boolean) {
  return (measure: (tasks: TasksMonitoringTarget) => Measure): Line[] =>
    services.flatMap(({ name, ecs }) =>
      ecs !== undefined && shown(ecs) ? [{ label: name, measure: measure(ecs) }] : [],
    );
}
