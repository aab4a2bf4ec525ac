import type { CacheMonitoringTarget, ServerMonitoringTarget } from "../monitoring-target";
import { combineMetrics, maximum, sum, type Metric, type MetricOrExpression } from "./metric";

type CacheNodes = Extract<CacheMonitoringTarget, { kind: "nodes" }>;
type ServerlessCache = Extract<CacheMonitoringTarget, { kind: "serverless" }>;

/**
 * A metric of an RDS instance, or of all servers of a cluster together, of which the statistic selects one.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export function serverMetric(
  server: ServerMonitoringTarget,
  metricName:
    | "CPUUtilization"
    | "FreeableMemory"
    | "FreeStorageSpace"
    | "DatabaseConnections"
    | "CPUSurplusCreditsCharged"
    | "AuroraReplicaLag",
  statistic: "Maximum" | "Minimum" = "Maximum",
): Metric {
  const dimensions: Metric["dimensions"] =
    server.kind === "instance" ? { DBInstanceIdentifier: server.server } : { DBClusterIdentifier: server.cluster };
  return { namespace: "AWS/RDS", metricName, dimensions, statistic };
}

/** A metric of RDS Proxy; times are in microseconds. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html */
export function proxyMetric(
  proxy: string,
  metricName: "DatabaseConnectionsBorrowLatency" | "DatabaseConnectionsCurrentlyBorrowed",
): Metric {
  const statistic = metricName === "DatabaseConnectionsBorrowLatency" ? "Average" : "Maximum";
  return { namespace: "AWS/RDS", metricName, dimensions: { ProxyName: proxy }, statistic };
}

/** The highest value of a metric among the nodes of a cache. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html */
export function highestNodeMetric(
  { nodes }: CacheNodes,
  metricName: "EngineCPUUtilization" | "DatabaseMemoryUsagePercentage" | "ReplicationLag",
): MetricOrExpression {
  const metrics = nodes.map((node) => cacheMetric(metricName, { CacheClusterId: node }, "Maximum"));
  return combineMetrics("worst", "the worst node", metrics, maximum);
}

/** A count of a cache, in all its nodes. */
export function cacheCount(
  cache: CacheMonitoringTarget,
  metricName: "Evictions" | "AuthenticationFailures",
): MetricOrExpression {
  if (cache.kind === "serverless") return serverlessCacheMetric(cache, metricName);
  const metrics = cache.nodes.map((node) => cacheMetric(metricName, { CacheClusterId: node }, "Sum"));
  return combineMetrics("count", "all nodes", metrics, sum);
}

/** A metric of a serverless cache, whose dimension begins in lower case. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html */
export function serverlessCacheMetric(
  { name }: ServerlessCache,
  metricName: "BytesUsedForCache" | "ThrottledCmds" | "Evictions" | "AuthenticationFailures",
): Metric {
  return cacheMetric(metricName, { clusterId: name }, metricName === "BytesUsedForCache" ? "Maximum" : "Sum");
}

/** A metric of an SQS queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export function queueMetric(
  queueName: string,
  metricName: "ApproximateNumberOfMessagesVisible" | "ApproximateAgeOfOldestMessage",
): Metric {
  return { namespace: "AWS/SQS", metricName, dimensions: { QueueName: queueName }, statistic: "Maximum" };
}

/** Item operations of DynamoDB; an alarm can add up ten metrics. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
const itemOperations = [
  "BatchGetItem",
  "BatchWriteItem",
  "DeleteItem",
  "GetItem",
  "PutItem",
  "Query",
  "Scan",
  "TransactGetItems",
  "TransactWriteItems",
  "UpdateItem",
];

/** The reads and writes of a table that DynamoDB throttles. */
export function throttleEvents(table: string): MetricOrExpression {
  const metrics = ["ReadThrottleEvents", "WriteThrottleEvents"].map((name) => tableMetric(name, { TableName: table }));
  return combineMetrics("throttled", "throttled reads and writes", metrics, sum);
}

/** The requests to a table that fail with an error of DynamoDB, which counts them by operation. */
export function systemErrors(table: string): MetricOrExpression {
  const metrics = itemOperations.map((Operation) => tableMetric("SystemErrors", { TableName: table, Operation }));
  return combineMetrics("failed", "failed requests", metrics, sum);
}

/** The messages that a topic could not deliver to a subscriber. https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html */
export function failedNotifications(topicName: string): Metric {
  return {
    namespace: "AWS/SNS",
    metricName: "NumberOfNotificationsFailed",
    dimensions: { TopicName: topicName },
    statistic: "Sum",
  };
}

function cacheMetric(metricName: string, dimensions: Metric["dimensions"], statistic: string): Metric {
  return { namespace: "AWS/ElastiCache", metricName, dimensions, statistic };
}

function tableMetric(metricName: string, dimensions: Metric["dimensions"]): Metric {
  return { namespace: "AWS/DynamoDB", metricName, dimensions, statistic: "Sum" };
}
