import type { Metric } from "../metric";

/** What an ALB counts of all its requests. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
export function balancerMetric(
  loadBalancer: string,
  metricName: "RequestCount" | "HTTPCode_ELB_5XX_Count" | "HTTPCode_Target_5XX_Count" | "TargetResponseTime",
  statistic = "Sum",
): Metric {
  return { namespace: "AWS/ApplicationELB", metricName, dimensions: { LoadBalancer: loadBalancer }, statistic };
}
