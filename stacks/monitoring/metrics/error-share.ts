import type { Formula } from "../metric";
import type { LoadBalancerMonitoringTarget } from "../monitoring-target";

/** Share of a service's answers that are 5xx, in percent, as its ALB counts them; 0 while there are few requests. */
export function errorShare(
  { loadBalancer, targetGroups }: Omit<LoadBalancerMonitoringTarget, "balancer">,
  minimumRequests: number,
): Formula {
  const counts = targetGroups.flatMap((targetGroup, index) => {
    const dimensions = { LoadBalancer: loadBalancer, TargetGroup: targetGroup };
    const count = (metricName: string) => {
      return { namespace: "AWS/ApplicationELB", metricName, dimensions, statistic: "Sum" };
    };
    return [
      [`errors${index}`, count("HTTPCode_Target_5XX_Count")],
      [`requests${index}`, count("RequestCount")],
    ] as const;
  });
  const total = (what: string) => targetGroups.map((_, index) => `FILL(${what}${index}, 0)`).join(" + ");
  const [errors, requests] = [total("errors"), total("requests")];
  return {
    id: "share",
    label: "5xx answers, percent",
    expression: `IF((${requests}) >= ${minimumRequests}, 100 * (${errors}) / (${requests}), 0)`,
    metrics: Object.fromEntries(counts),
  };
}
