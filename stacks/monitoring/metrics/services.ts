import type { StageConfig } from "../../../schema";
import type { LoadBalancerMonitoringTarget, TasksMonitoringTarget } from "../monitoring-target";
import { combineMetrics, maximum, sum, type MathExpression, type Metric, type MetricOrExpression } from "./metric";

const loadBalancerNamespaces = { ALB: "AWS/ApplicationELB", NLB: "AWS/NetworkELB" };

/** The tasks of a service whose health checks pass or fail, in all its target groups. */
export function hostCount(
  target: LoadBalancerMonitoringTarget,
  state: "Healthy" | "UnHealthy",
  statistic: string,
): MetricOrExpression {
  const metrics = targetGroupMetrics(target, `${state}HostCount`, statistic);
  return combineMetrics("hosts", `${state.toLowerCase()} tasks`, metrics, sum);
}

/** Response time of the tasks of a service behind an ALB, in seconds. */
export function targetResponseTime(target: LoadBalancerMonitoringTarget, percentile: string): MetricOrExpression {
  const metrics = targetGroupMetrics(target, "TargetResponseTime", percentile);
  return combineMetrics("time", `${percentile}, seconds`, metrics, maximum);
}

/** The requests that an ALB sends to a service, or those answered with a 5xx. */
export function targetRequestCount(
  target: LoadBalancerMonitoringTarget,
  metricName: "RequestCount" | "HTTPCode_Target_5XX_Count",
): MetricOrExpression {
  return combineMetrics("requests", "requests", targetGroupMetrics(target, metricName, "Sum"), sum);
}

/** The share of a service's responses to its ALB that are 5xx, in percent; 0 below `minimumRequests` a period. */
export function targetErrorPercent(
  { loadBalancer, targetGroups }: Omit<LoadBalancerMonitoringTarget, "balancer">,
  minimumRequests: number,
): MathExpression {
  const metrics = targetGroups.flatMap((targetGroup, index) => {
    const count = (metricName: string) => targetGroupMetric("ALB", loadBalancer, targetGroup, metricName, "Sum");
    return [
      [`errors${index}`, count("HTTPCode_Target_5XX_Count")],
      [`requests${index}`, count("RequestCount")],
    ] as const;
  });
  const total = (name: string) => sum(targetGroups.map((_, index) => `FILL(${name}${index}, 0)`));
  const [errors, requests] = [total("errors"), total("requests")];
  return {
    id: "share",
    label: "5xx answers, percent",
    expression: `IF((${requests}) >= ${minimumRequests}, 100 * (${errors}) / (${requests}), 0)`,
    metrics: Object.fromEntries(metrics),
  };
}

/** The connections that an NLB opens to all its targets. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html */
export function newFlowCount({ balancer, loadBalancer }: LoadBalancerMonitoringTarget): Metric {
  const dimensions = { LoadBalancer: loadBalancer };
  return { namespace: loadBalancerNamespaces[balancer], metricName: "NewFlowCount", dimensions, statistic: "Sum" };
}

/** The share of their CPU or memory that a service's tasks use, in percent. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html */
export function utilization(tasks: TasksMonitoringTarget, resource: "CPU" | "Memory"): Metric {
  return ecsMetric(tasks, "AWS/ECS", `${resource}Utilization`);
}

/** A metric of Container Insights. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html */
export function containerInsightsMetric(
  tasks: TasksMonitoringTarget,
  metricName: "RunningTaskCount" | "DesiredTaskCount" | "PendingTaskCount" | "DeploymentCount",
): Metric {
  return ecsMetric(tasks, "ECS/ContainerInsights", metricName);
}

/** The tasks that are desired and do not run. */
export function missingTasks(tasks: TasksMonitoringTarget): MathExpression {
  return {
    id: "missing",
    label: "missing tasks",
    expression: "FILL(wanted, 0) - FILL(running, 0)",
    metrics: {
      wanted: containerInsightsMetric(tasks, "DesiredTaskCount"),
      running: containerInsightsMetric(tasks, "RunningTaskCount"),
    },
  };
}

/** The errors in the log of a service, as a metric filter counts them in a namespace of the service's own. */
export function loggedErrors({ app, stage }: Pick<StageConfig, "app" | "stage">, service: string): Metric {
  return { namespace: `${app}/${stage}/${service}`, metricName: "LoggedErrors", dimensions: {}, statistic: "Sum" };
}

/** The events that match a rule of EventBridge. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export function triggeredRules(ruleName: string): Metric {
  return {
    namespace: "AWS/Events",
    metricName: "TriggeredRules",
    dimensions: { RuleName: ruleName },
    statistic: "Sum",
  };
}

function targetGroupMetrics(
  { balancer, loadBalancer, targetGroups }: LoadBalancerMonitoringTarget,
  metricName: string,
  statistic: string,
): Metric[] {
  return targetGroups.map((group) => targetGroupMetric(balancer, loadBalancer, group, metricName, statistic));
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
function targetGroupMetric(
  balancer: LoadBalancerMonitoringTarget["balancer"],
  loadBalancer: string,
  targetGroup: string,
  metricName: string,
  statistic: string,
): Metric {
  const dimensions = { LoadBalancer: loadBalancer, TargetGroup: targetGroup };
  return { namespace: loadBalancerNamespaces[balancer], metricName, dimensions, statistic };
}

function ecsMetric({ clusterName, serviceName }: TasksMonitoringTarget, namespace: string, metricName: string): Metric {
  const dimensions = { ClusterName: clusterName, ServiceName: serviceName };
  return { namespace, metricName, dimensions, statistic: "Average" };
}
