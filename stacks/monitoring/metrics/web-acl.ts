import type { Metric } from "../metric";
import type { WebAclMonitoringTarget } from "../monitoring-target";

/** What WAF counts by all rules of an ACL together. https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html */
export function webAclMetric(
  { metricName: acl }: WebAclMonitoringTarget,
  region: string,
  metricName: "AllowedRequests" | "BlockedRequests" | "CountedRequests",
): Metric {
  const dimensions = { WebACL: acl, Region: region, Rule: "ALL" };
  return { namespace: "AWS/WAFV2", metricName, dimensions, statistic: "Sum" };
}
