import type { Formula, Metric } from "../metric";
import type { TasksMonitoringTarget } from "../monitoring-target";

/** What a service's tasks use of what they have, in percent. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html */
export function utilization(tasks: TasksMonitoringTarget, of: "CPU" | "Memory"): Metric {
  return metric(tasks, "AWS/ECS", `${of}Utilization`);
}

/** What Container Insights counts. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html */
export function insight(
  tasks: TasksMonitoringTarget,
  metricName: "RunningTaskCount" | "DesiredTaskCount" | "PendingTaskCount" | "DeploymentCount",
): Metric {
  return metric(tasks, "ECS/ContainerInsights", metricName);
}

/** Tasks that should run and do not. */
export function missingTasks(tasks: TasksMonitoringTarget): Formula {
  return {
    id: "missing",
    label: "missing tasks",
    expression: "FILL(wanted, 0) - FILL(running, 0)",
    metrics: { wanted: insight(tasks, "DesiredTaskCount"), running: insight(tasks, "RunningTaskCount") },
  };
}

function metric({ clusterName, serviceName }: TasksMonitoringTarget, namespace: string, metricName: string): Metric {
  const dimensions = { ClusterName: clusterName, ServiceName: serviceName };
  return { namespace, metricName, dimensions, statistic: "Average" };
}
