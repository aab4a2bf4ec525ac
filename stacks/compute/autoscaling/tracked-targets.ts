import type { AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration as Tracking } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import type { Scaling } from "../../../schema/services/scaling";
import type { CountedTarget } from "../../ingress/service-target";

/** What counts the load of a service beside ECS itself. */
export interface LoadSources {
  /** Queue that the service empties. @default - none */
  readonly queueName: string | undefined;
  /** @default - no ALB sends it requests */
  readonly target: CountedTarget | undefined;
}

type Place = LoadSources & { readonly clusterName: string; readonly serviceName: string };

/** What each policy keeps a service's load at, by the policy's name. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html */
export function trackedTargets(scaling: Scaling, place: Place): Readonly<Record<string, Tracking>> {
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
      place.target !== undefined && {
        requests: predefined("ALBRequestCountPerTarget", requests, requestsLabel(place.target)),
      }),
    ...(backlog !== undefined && {
      backlog: { ...cooldowns, targetValue: backlog, customizedMetricSpecification: backlogPerTask(place) },
    }),
  };
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
function requestsLabel({ loadBalancer, targetGroups: [targetGroup = ""] }: CountedTarget): string {
  return `${loadBalancer}/${targetGroup}`;
}

/**
 * Waiting messages by running tasks; without a task, the messages themselves, so that the first one starts a task.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
 */
function backlogPerTask({ queueName = "", clusterName, serviceName }: Place) {
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
