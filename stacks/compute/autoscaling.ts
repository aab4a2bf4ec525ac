import {
  AppautoscalingPolicy,
  type AppautoscalingPolicyConfig,
  type AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration as Tracking,
} from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { Scaling } from "../../schema/services/scaling";
import type { TargetMetrics } from "../ingress/service-target";
import { alarmName } from "../naming";

/** Sources of load metrics beside ECS itself. */
export interface LoadMetrics {
  /** Queue that the service consumes. @default - none */
  readonly queueName: string | undefined;
  /** @default - the service is not behind an ALB */
  readonly target: TargetMetrics | undefined;
}

export interface AutoscalingProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly scaling: Scaling;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly loads: LoadMetrics;
}

/** Scales a service by its load and by schedules, within its limits. */
export class Autoscaling extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalingProps) {
    super(scope, id);
    const { stage, name, scaling, clusterName, serviceName } = props;
    const schedules = Object.entries(scaling.schedules);
    const target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${clusterName}/${serviceName}`,
      minCapacity: scaling.minimum,
      maxCapacity: scaling.maximum,
      // Scheduled actions change both, and a plan must not change them back.
      ...(schedules.length > 0 && { lifecycle: { ignoreChanges: ["min_capacity", "max_capacity"] } }),
    });
    const { serviceNamespace, scalableDimension, resourceId } = target;
    const scalableTarget = { serviceNamespace, scalableDimension, resourceId };
    // AWS refuses a second change of one target at the same time, so each one waits for the one before.
    // https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html
    let last: ITerraformDependable | undefined;
    if (scaling.steps !== undefined) {
      const { steps } = scaling;
      last = new StepScaling(this, "steps", { stage, name, steps, scalableTarget, clusterName, serviceName }).last;
    }
    for (const [what, configuration] of Object.entries(
      trackedTargets(scaling, { ...props.loads, clusterName, serviceName }),
    )) {
      last = new AppautoscalingPolicy(this, what, {
        ...scalableTarget,
        name: `${name}-${what}`,
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: configuration,
        ...following(last),
      });
    }
    for (const [when, { schedule, timeZone, minimum, maximum }] of schedules) {
      last = new AppautoscalingScheduledAction(this, `at-${when}`, {
        ...scalableTarget,
        name: `${name}-${when}`,
        schedule,
        timezone: timeZone,
        scalableTargetAction: { minCapacity: String(minimum), maxCapacity: String(maximum) },
        ...following(last),
      });
    }
  }
}

/** Makes a policy or a scheduled action wait for another one of its target. */
function following(other: ITerraformDependable | undefined) {
  return other === undefined ? {} : { dependsOn: [other] };
}

type MetricSources = LoadMetrics & { readonly clusterName: string; readonly serviceName: string };

/** Target tracking configurations by policy name. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html */
function trackedTargets(scaling: Scaling, sources: MetricSources): Readonly<Record<string, Tracking>> {
  const { cpuPercent, memoryPercent, scaleOutCooldownSeconds, scaleInCooldownSeconds } = scaling;
  const cooldowns = { scaleOutCooldown: scaleOutCooldownSeconds, scaleInCooldown: scaleInCooldownSeconds };
  const predefined = (predefinedMetricType: string, targetValue: number, resourceLabel?: string): Tracking => ({
    ...cooldowns,
    targetValue,
    predefinedMetricSpecification: { predefinedMetricType, ...(resourceLabel !== undefined && { resourceLabel }) },
  });
  const requests = "requestsPerTarget" in scaling ? scaling.requestsPerTarget : undefined;
  const backlog = "backlogPerTask" in scaling ? scaling.backlogPerTask : undefined;
  return {
    ...(cpuPercent !== undefined && { cpu: predefined("ECSServiceAverageCPUUtilization", cpuPercent) }),
    ...(memoryPercent !== undefined && { memory: predefined("ECSServiceAverageMemoryUtilization", memoryPercent) }),
    ...(requests !== undefined &&
      sources.target !== undefined && {
        requests: predefined("ALBRequestCountPerTarget", requests, requestsLabel(sources.target)),
      }),
    ...(backlog !== undefined && {
      backlog: { ...cooldowns, targetValue: backlog, customizedMetricSpecification: backlogPerTask(sources) },
    }),
  };
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
function requestsLabel({ loadBalancer, targetGroups: [targetGroup = ""] }: TargetMetrics): string {
  return `${loadBalancer}/${targetGroup}`;
}

/**
 * Visible messages per running task; without tasks, the number of messages, so that the first message starts a task.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
 */
function backlogPerTask({ queueName = "", clusterName, serviceName }: MetricSources) {
  const statistic = (
    id: string,
    stat: string,
    namespace: string,
    metricName: string,
    dimensions: Record<string, string>,
  ) => ({
    id,
    returnData: false,
    metricStat: {
      stat,
      metric: {
        namespace,
        metricName,
        dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      },
    },
  });
  return {
    metrics: [
      statistic("messages", "Maximum", "AWS/SQS", "ApproximateNumberOfMessagesVisible", { QueueName: queueName }),
      statistic("tasks", "Average", "ECS/ContainerInsights", "RunningTaskCount", {
        ClusterName: clusterName,
        ServiceName: serviceName,
      }),
      {
        id: "backlog",
        label: "Messages per task",
        returnData: true,
        expression: "IF(FILL(tasks, 0) > 0, messages / tasks, messages)",
      },
    ],
  };
}

type Steps = NonNullable<Scaling["steps"]>;

interface StepScalingProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly steps: Steps;
  /** The scalable target. */
  readonly scalableTarget: {
    readonly serviceNamespace: string;
    readonly scalableDimension: string;
    readonly resourceId: string;
  };
  readonly clusterName: string;
  readonly serviceName: string;
}

/** Adds a task at high CPU utilization and removes one at low CPU utilization, each by an alarm. */
class StepScaling extends Construct {
  /** For `dependsOn` of the next policy of the target. */
  public readonly last: ITerraformDependable;

  constructor(scope: Construct, id: string, props: StepScalingProps) {
    super(scope, id);
    const { addAtCpuPercent, removeBelowCpuPercent } = props.steps;
    const added = this.step(props, undefined, {
      id: "add",
      // The address of target tracking by CPU, so that the one is deleted before the other is put.
      policyOf: (_, policy) => new AppautoscalingPolicy(scope, "cpu", policy),
      tasks: 1,
      alarm: "cpu-high",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: addAtCpuPercent,
      // Bounds are relative to the threshold.
      bound: { metricIntervalLowerBound: "0" },
    });
    this.last = this.step(props, added, {
      id: "remove",
      policyOf: (stepScope, policy) => new AppautoscalingPolicy(stepScope, "policy", policy),
      tasks: -1,
      alarm: "cpu-low",
      comparisonOperator: "LessThanThreshold",
      threshold: removeBelowCpuPercent,
      bound: { metricIntervalUpperBound: "0" },
    });
  }

  private step(
    { stage, name, steps, scalableTarget, clusterName, serviceName }: StepScalingProps,
    after: AppautoscalingPolicy | undefined,
    step: Step,
  ): AppautoscalingPolicy {
    const stepScope = new Construct(this, step.id);
    const policy = step.policyOf(stepScope, {
      ...scalableTarget,
      name: `${name}-${step.id}`,
      policyType: "StepScaling",
      ...following(after),
      stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        cooldown: steps.minutes * 60,
        metricAggregationType: "Average",
        stepAdjustment: [{ ...step.bound, scalingAdjustment: step.tasks }],
      },
    });
    new CloudwatchMetricAlarm(stepScope, "alarm", {
      alarmName: alarmName(stage, name, step.alarm),
      alarmDescription: `Scales ${name}: ${step.id === "add" ? "one task more" : "one task less"}`,
      namespace: "AWS/ECS",
      metricName: "CPUUtilization",
      dimensions: { ClusterName: clusterName, ServiceName: serviceName },
      statistic: "Average",
      period: 60,
      evaluationPeriods: steps.minutes,
      datapointsToAlarm: steps.minutes,
      comparisonOperator: step.comparisonOperator,
      threshold: step.threshold,
      treatMissingData: "notBreaching",
      alarmActions: [policy.arn],
    });
    return policy;
  }
}

interface Step {
  readonly id: "add" | "remove";
  readonly policyOf: (stepScope: Construct, policy: AppautoscalingPolicyConfig) => AppautoscalingPolicy;
  readonly tasks: number;
  readonly alarm: string;
  readonly comparisonOperator: string;
  readonly threshold: number;
  readonly bound: { readonly metricIntervalLowerBound?: string; readonly metricIntervalUpperBound?: string };
}
