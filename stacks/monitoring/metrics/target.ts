import { over, type Measure, type Metric } from "../metric";
import type { LoadBalancerMonitoringTarget } from "../monitoring-target";

const namespaces = { ALB: "AWS/ApplicationELB", NLB: "AWS/NetworkELB" };

/** Tasks of a service that its load balancer finds well or unwell, in all its target groups. */
export function hosts(
  target: LoadBalancerMonitoringTarget,
  state: "Healthy" | "UnHealthy",
  statistic: string,
): Measure {
  const metrics = ofGroups(target, `${state}HostCount`, statistic);
  return over("hosts", `${state.toLowerCase()} tasks`, metrics, (parts) => parts.join(" + "));
}

/** Time in which the tasks of a service answer their ALB, in seconds. */
export function answerTime(target: LoadBalancerMonitoringTarget, percentile: string): Measure {
  const metrics = ofGroups(target, "TargetResponseTime", percentile);
  return over("time", `${percentile}, seconds`, metrics, (parts) => `MAX([${parts.join(", ")}])`);
}

/** Requests that an ALB sends to a service, or its answers of a kind. */
export function requests(
  target: LoadBalancerMonitoringTarget,
  metricName: "RequestCount" | "HTTPCode_Target_5XX_Count",
): Measure {
  return over("requests", "requests", ofGroups(target, metricName, "Sum"), (parts) => parts.join(" + "));
}

/** Connections that an NLB opens to all its targets. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html */
export function connections({ balancer, loadBalancer }: LoadBalancerMonitoringTarget): Metric {
  const dimensions = { LoadBalancer: loadBalancer };
  return { namespace: namespaces[balancer], metricName: "NewFlowCount", dimensions, statistic: "Sum" };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
function ofGroups(
  { balancer, loadBalancer, targetGroups }: LoadBalancerMonitoringTarget,
  metricName: string,
  statistic: string,
): Metric[] {
  return targetGroups.map((targetGroup) => ({
    namespace: namespaces[balancer],
    metricName,
    dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
    statistic,
  }));
}
