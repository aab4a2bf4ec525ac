import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { DataResource, dependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { alarmName } from "../../naming";
import { queueMetric } from "../metrics/data";
import {
  containerInsightsMetric,
  hostCount,
  loggedErrors,
  missingTasks,
  targetErrorPercent,
  targetResponseTime,
  utilization,
} from "../metrics/services";
import type {
  LoadBalancerMonitoringTarget,
  ServiceMonitoringTarget,
  TasksMonitoringTarget,
} from "../monitoring-target";
import { Alarm, alarmRef, type AlarmDefinition, type AlarmRef } from "./alarm";

export interface ServiceAlarmsProps {
  readonly stage: StageConfig;
  readonly settings: AlarmSettings;
  readonly service: ServiceMonitoringTarget;
  readonly topicArn: string;
}

/** The alarms of one service, and a composite alarm over those that its callers notice. */
export class ServiceAlarms extends Construct {
  /** The alarms that notify. */
  public readonly alarmRefs: readonly AlarmRef[];

  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    const { stage, settings, service, topicArn } = props;
    const eachNotifies = settings.notifications === "each-alarm";
    const create = (definitions: readonly AlarmDefinition[], topic: string | undefined) =>
      definitions.map((definition) => {
        const alarmProps = { stage, subject: service.name, definition, topicArn: topic };
        return new Alarm(this, definition.symptom, alarmProps).alarmRef;
      });
    const definitions = serviceAlarms(stage, service, settings);
    const userFacing = create(definitions.filter(isUserFacing), eachNotifies ? topicArn : undefined);
    const others = create(
      definitions.filter((definition) => !isUserFacing(definition)),
      topicArn,
    );
    const { rollbackAlarm } = service;
    if (eachNotifies) rollbackAlarm?.addAction(topicArn);
    const parts = [...(rollbackAlarm === undefined ? [] : [rollbackAlarm.alarmRef]), ...userFacing];
    const composite = parts.length === 0 ? [] : [this.composite(props, parts, eachNotifies ? [] : [topicArn])];
    this.alarmRefs = [...(eachNotifies ? parts : composite), ...others];
  }

  private composite(
    { stage, service: { name } }: ServiceAlarmsProps,
    parts: readonly AlarmRef[],
    actions: string[],
  ): AlarmRef {
    // AWS refuses to delete an alarm that a composite alarm names. Terraform destroys what is removed before it updates what
    // referred to it, but after it destroys what it replaces.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html
    const members = new DataResource(this, "members", { input: { alarms: parts.map((part) => part.name) } });
    const alarm = new CloudwatchCompositeAlarm(this, "service-degraded", {
      alarmName: alarmName(stage, name, "service-degraded"),
      alarmDescription: `Service ${name} is degraded; its alarms show the cause`,
      alarmRule: parts.map((part) => `ALARM("${part.name}")`).join(" OR "),
      alarmActions: actions,
      okActions: actions,
      lifecycle: { replaceTriggeredBy: [dependable(members)] },
    });
    return alarmRef(alarm);
  }
}

type Limits = AlarmSettings["services"];

function isUserFacing({ userFacing = true }: AlarmDefinition): boolean {
  return userFacing;
}

function serviceAlarms(
  stage: StageConfig,
  service: ServiceMonitoringTarget,
  { services: limits }: AlarmSettings,
): AlarmDefinition[] {
  const { name, ecs, target, rollbackAlarm, deadLetters, logGroup } = service;
  return [
    ...(target === undefined ? [] : targetAlarms(name, target, ecs?.minimum ?? 0, limits)),
    // The rollback alarm has the same metric.
    ...(target?.balancer === "ALB" && rollbackAlarm === undefined ? [targetErrors(name, target, limits)] : []),
    ...(ecs === undefined ? [] : taskAlarms(name, ecs, limits)),
    ...(logGroup === undefined ? [] : [loggedErrorCount(stage, name, limits)]),
    ...(deadLetters === undefined ? [] : [failedStarts(name, deadLetters)]),
  ];
}

function targetAlarms(
  name: string,
  target: LoadBalancerMonitoringTarget,
  minimumTasks: number,
  { latencyMs }: Limits,
): AlarmDefinition[] {
  const responseTime: AlarmDefinition = {
    symptom: "target-response-time-high",
    description: `One in a hundred requests to ${name} takes longer than ${latencyMs} ms`,
    metric: targetResponseTime(target, "p99"),
    threshold: { above: latencyMs / 1000 },
    evaluationPeriods: 5,
  };
  const unhealthyHosts: AlarmDefinition = {
    symptom: "unhealthy-hosts-high",
    description: `A task of ${name} fails the health checks of the load balancer`,
    metric: hostCount(target, "UnHealthy", "Maximum"),
    threshold: { atLeast: 1 },
    evaluationPeriods: 5,
  };
  const healthyHosts: AlarmDefinition = {
    symptom: "healthy-hosts-low",
    description: `No task of ${name} is healthy`,
    metric: hostCount(target, "Healthy", "Minimum"),
    threshold: { below: 1 },
    evaluationPeriods: 2,
    treatMissingData: "breaching",
  };
  return [
    // An NLB has no metrics of requests.
    ...(target.balancer === "ALB" ? [responseTime] : []),
    unhealthyHosts,
    // A service that scales to zero has no healthy hosts at times.
    ...(minimumTasks > 0 ? [healthyHosts] : []),
  ];
}

function targetErrors(
  name: string,
  target: LoadBalancerMonitoringTarget,
  { errorPercent, minimumRequests }: Limits,
): AlarmDefinition {
  return {
    symptom: "target-5xx-high",
    description: `More than ${errorPercent} % of the answers of ${name} are 5xx`,
    metric: targetErrorPercent(target, minimumRequests),
    threshold: { above: errorPercent },
    evaluationPeriods: 3,
  };
}

function taskAlarms(name: string, tasks: TasksMonitoringTarget, limits: Limits): AlarmDefinition[] {
  const { cpuPercent, memoryPercent } = limits;
  const utilizationAlarm = (resource: "CPU" | "Memory", limit: number): AlarmDefinition => ({
    symptom: `${resource.toLowerCase()}-utilization-high`,
    description: `The tasks of ${name} use more than ${limit} % of their ${resource === "CPU" ? "CPU" : "memory"}`,
    metric: utilization(tasks, resource),
    threshold: { above: limit },
    evaluationPeriods: 5,
    userFacing: false,
  });
  return [
    utilizationAlarm("CPU", cpuPercent),
    utilizationAlarm("Memory", memoryPercent),
    ...(tasks.counted ? [runningTasks(name, tasks)] : []),
  ];
}

function runningTasks(name: string, tasks: TasksMonitoringTarget): AlarmDefinition {
  const { minimum } = tasks;
  const common = { symptom: "running-tasks-low", evaluationPeriods: 5 };
  if (minimum > 0) {
    return {
      ...common,
      description: `Fewer than ${minimum} tasks of ${name} run`,
      metric: containerInsightsMetric(tasks, "RunningTaskCount"),
      threshold: { below: minimum },
      treatMissingData: "breaching",
    };
  }
  // No running task is normal while the desired count is 0.
  return {
    ...common,
    description: `Fewer tasks of ${name} run than desired`,
    metric: missingTasks(tasks),
    threshold: { above: 0 },
  };
}

function loggedErrorCount(stage: StageConfig, name: string, { loggedErrors: limit }: Limits): AlarmDefinition {
  return {
    symptom: "logged-errors-high",
    description: `${name} logs more than ${limit} errors a minute`,
    metric: loggedErrors(stage, name),
    threshold: { above: limit },
    evaluationPeriods: 3,
  };
}

function failedStarts(name: string, deadLetters: string): AlarmDefinition {
  return {
    symptom: "start-failed",
    description: `${name} could not be started; the message in its dead-letter queue contains the reason`,
    metric: queueMetric(deadLetters, "ApproximateNumberOfMessagesVisible"),
    threshold: { above: 0 },
    evaluationPeriods: 1,
  };
}
