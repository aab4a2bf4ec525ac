import { over, type Measure, type Metric } from "../metric";
import type { CacheMonitoringTarget } from "../monitoring-target";

type Nodes = Extract<CacheMonitoringTarget, { kind: "nodes" }>;
type Serverless = Extract<CacheMonitoringTarget, { kind: "serverless" }>;

/** What the fullest or busiest node of a cache has. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html */
export function worstNode(
  { nodes }: Nodes,
  metricName: "EngineCPUUtilization" | "DatabaseMemoryUsagePercentage" | "ReplicationLag",
): Measure {
  const metrics = nodes.map((node) => metric(metricName, { CacheClusterId: node }, "Maximum"));
  return over("worst", "the worst node", metrics, (parts) => `MAX([${parts.join(", ")}])`);
}

/** What a cache counts, in all its nodes. */
export function cacheCount(cache: CacheMonitoringTarget, metricName: "Evictions" | "AuthenticationFailures"): Measure {
  if (cache.kind === "serverless") return serverlessMetric(cache, metricName);
  const metrics = cache.nodes.map((node) => metric(metricName, { CacheClusterId: node }, "Sum"));
  return over("count", "all nodes", metrics, (parts) => parts.join(" + "));
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html, whose dimension begins in lower case. */
export function serverlessMetric(
  { name }: Serverless,
  metricName: "BytesUsedForCache" | "ThrottledCmds" | "Evictions" | "AuthenticationFailures",
): Metric {
  return metric(metricName, { clusterId: name }, metricName === "BytesUsedForCache" ? "Maximum" : "Sum");
}

function metric(metricName: string, dimensions: Metric["dimensions"], statistic: string): Metric {
  return { namespace: "AWS/ElastiCache", metricName, dimensions, statistic };
}
