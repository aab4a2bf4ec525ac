import { z } from "zod";
import type { Synthesized } from "../../fixtures/synthesized";

const dimensions = z.record(z.string(), z.string()).default({});
const metric = z.object({
  namespace: z.string(),
  metric_name: z.string(),
  dimensions,
  period: z.number(),
  stat: z.string(),
});
const singleMetricAlarm = metric
  .omit({ stat: true })
  .extend({ statistic: z.string().optional(), extended_statistic: z.string().optional() })
  .transform(({ extended_statistic: percentile = "", statistic = percentile, ...one }) => [{ ...one, statistic }]);
const metricQueryAlarm = z
  .object({ metric_query: z.array(z.object({ metric: metric.optional() })) })
  .transform(({ metric_query: queries }) => queries.flatMap((query) => query.metric ?? []))
  .transform((metrics) => metrics.map(({ stat: statistic, ...one }) => ({ ...one, statistic })));
const metricAlarm = z.union([singleMetricAlarm, metricQueryAlarm]);

export type AlarmMetric = z.output<typeof metricAlarm>[number];

/** Metrics of a namespace as AWS documents them, with the attributes that are the values of their dimensions. */
interface Source {
  readonly metrics: readonly string[];
  readonly dimensions: Readonly<Record<string, string | ((value: string, stack: Synthesized) => boolean)>>;
  /** @default - always */
  readonly counts?: (stack: Synthesized) => boolean;
}

const region = (value: string, { json }: Synthesized) => JSON.stringify(json.provider).includes(`"region":"${value}"`);
const balancer = (type: string) => (value: string, stack: Synthesized) =>
  refersTo(value, "aws_lb.arn_suffix", stack, { load_balancer_type: type });
const instance = { DBInstanceIdentifier: "aws_db_instance.identifier" };
const aurora = { DBClusterIdentifier: "aws_rds_cluster.cluster_identifier" };
const table = { TableName: "aws_dynamodb_table.name" };
const operations = [
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
/** The id of a node of a replication group. */
const node = (value: string, stack: Synthesized) => {
  const [, id = "", number = "0"] =
    /^\$\{aws_elasticache_replication_group\.([\w-]+)\.id\}-00([1-6])$/.exec(value) ?? [];
  const count = stack.resource(`aws_elasticache_replication_group.${id}`)?.num_cache_clusters;
  return Number(number) >= 1 && Number(number) <= Number(count);
};
const service = { ClusterName: "aws_ecs_cluster.name", ServiceName: "aws_ecs_service.name" };

const sources: Readonly<Record<string, readonly Source[]>> = {
  "AWS/ApiGateway": [
    {
      metrics: ["5XXError", "4XXError", "Latency", "IntegrationLatency", "Count"],
      dimensions: { ApiName: "aws_api_gateway_rest_api.name", Stage: "aws_api_gateway_stage.stage_name" },
    },
    {
      metrics: ["5xx", "4xx", "Latency", "IntegrationLatency", "Count"],
      dimensions: { ApiId: "aws_apigatewayv2_api.id", Stage: "aws_apigatewayv2_stage.name" },
    },
  ],
  "AWS/ApplicationELB": [
    {
      metrics: ["HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count", "RequestCount", "TargetResponseTime"],
      dimensions: { LoadBalancer: balancer("application") },
    },
    {
      metrics: [
        "HTTPCode_Target_5XX_Count",
        "RequestCount",
        "TargetResponseTime",
        "HealthyHostCount",
        "UnHealthyHostCount",
      ],
      dimensions: { LoadBalancer: balancer("application"), TargetGroup: "aws_lb_target_group.arn_suffix" },
    },
  ],
  "AWS/NetworkELB": [
    {
      metrics: ["HealthyHostCount", "UnHealthyHostCount"],
      dimensions: { LoadBalancer: balancer("network"), TargetGroup: "aws_lb_target_group.arn_suffix" },
    },
  ],
  "AWS/ECS": [{ metrics: ["CPUUtilization", "MemoryUtilization"], dimensions: service }],
  "ECS/ContainerInsights": [
    {
      metrics: ["RunningTaskCount", "DesiredTaskCount", "PendingTaskCount", "DeploymentCount"],
      dimensions: service,
      counts: (stack) =>
        Object.values(stack.all("aws_ecs_cluster")).every(
          ({ setting }) => !JSON.stringify(setting).includes("disabled"),
        ),
    },
  ],
  "AWS/SQS": [
    {
      metrics: ["ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"],
      dimensions: { QueueName: "aws_sqs_queue.name" },
    },
  ],
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html and .../dimensions.html
  "AWS/RDS": [
    {
      metrics: ["CPUUtilization", "FreeableMemory", "FreeStorageSpace", "DatabaseConnections"],
      dimensions: instance,
    },
    {
      metrics: ["CPUSurplusCreditsCharged"],
      dimensions: instance,
      counts: (stack) =>
        Object.values(stack.all("aws_db_instance")).every((each) => /^db\.t\d/.test(String(each.instance_class))),
    },
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html and .../dimensions.html
    { metrics: ["CPUUtilization", "FreeableMemory", "DatabaseConnections"], dimensions: aurora },
    {
      metrics: ["AuroraReplicaLag"],
      dimensions: aurora,
      counts: (stack) => Object.keys(stack.all("aws_rds_cluster_instance")).length > 1,
    },
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html
    {
      metrics: ["DatabaseConnectionsBorrowLatency", "DatabaseConnectionsCurrentlyBorrowed"],
      dimensions: { ProxyName: "aws_db_proxy.name" },
    },
  ],
  "AWS/ElastiCache": [
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
    {
      metrics: ["EngineCPUUtilization", "DatabaseMemoryUsagePercentage", "Evictions", "AuthenticationFailures"],
      dimensions: { CacheClusterId: node },
    },
    {
      metrics: ["ReplicationLag"],
      dimensions: { CacheClusterId: node },
      counts: (stack) =>
        Object.values(stack.all("aws_elasticache_replication_group")).every(
          (each) => Number(each.num_cache_clusters) > 1,
        ),
    },
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html
    {
      metrics: ["BytesUsedForCache", "ThrottledCmds", "Evictions", "AuthenticationFailures"],
      dimensions: { clusterId: "aws_elasticache_serverless_cache.name" },
    },
  ],
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
  "AWS/DynamoDB": [
    { metrics: ["ReadThrottleEvents", "WriteThrottleEvents"], dimensions: table },
    { metrics: ["SystemErrors"], dimensions: { ...table, Operation: (value) => operations.includes(value) } },
  ],
  // https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
  "AWS/SNS": [{ metrics: ["NumberOfNotificationsFailed"], dimensions: { TopicName: "aws_sns_topic.name" } }],
  // https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
  "AWS/NATGateway": [{ metrics: ["ErrorPortAllocation"], dimensions: { NatGatewayId: "aws_nat_gateway.id" } }],
  "AWS/WAFV2": [
    {
      metrics: ["AllowedRequests", "BlockedRequests", "CountedRequests"],
      dimensions: {
        // The dimension is the metric name of the ACL, not its name.
        WebACL: (value, stack) =>
          Object.values(stack.all("aws_wafv2_web_acl")).some(({ visibility_config: visibility }) =>
            JSON.stringify(visibility).includes(`"metric_name":"${value}"`),
          ),
        Region: region,
        Rule: (value) => value === "ALL",
      },
    },
  ],
  "AWS/CertificateManager": [{ metrics: ["DaysToExpiry"], dimensions: { CertificateArn: "aws_acm_certificate.arn" } }],
  "AWS/Route53": [
    {
      metrics: ["HealthCheckStatus"],
      dimensions: { HealthCheckId: "aws_route53_health_check.id" },
      counts: (stack) => region("us-east-1", stack),
    },
  ],
};

/** The metrics of an alarm. */
export function metricsOf(alarm: unknown): readonly AlarmMetric[] {
  return metricAlarm.parse(alarm);
}

/** The metrics of all alarms of a stack, each with the id of its alarm. */
export function alarmMetrics(stack: Synthesized): [id: string, metric: AlarmMetric][] {
  return Object.entries(stack.all("aws_cloudwatch_metric_alarm")).flatMap(([id, each]) =>
    metricsOf(each).map((one): [string, AlarmMetric] => [id, one]),
  );
}

/** Whether a resource of the stack has a metric of exactly this name and dimensions. */
export function isCounted({ namespace, metric_name: name, dimensions }: AlarmMetric, stack: Synthesized): boolean {
  if (Object.values(stack.all("aws_cloudwatch_log_metric_filter")).some((filter) => counts(filter, namespace, name))) {
    return Object.keys(dimensions).length === 0;
  }
  return (sources[namespace] ?? []).some(
    (source) =>
      source.metrics.includes(name) &&
      Object.keys(source.dimensions).sort().join() === Object.keys(dimensions).sort().join() &&
      Object.entries(source.dimensions).every(([key, from]) => {
        const value = dimensions[key] ?? "";
        return typeof from === "string" ? refersTo(value, from, stack) : from(value, stack);
      }) &&
      (source.counts?.(stack) ?? true),
  );
}

function counts(filter: Readonly<Record<string, unknown>>, namespace: string, name: string): boolean {
  return JSON.stringify(filter.metric_transformation).includes(`"name":"${name}","namespace":"${namespace}"`);
}

/** Whether a value is a reference to an attribute of a resource of the stack. */
function refersTo(value: string, attribute: string, stack: Synthesized, fields: object = {}): boolean {
  const [, type = "", id = "", name = ""] = /^\$\{([a-z0-9_]+)\.([\w-]+)\.([a-z_]+)\}$/.exec(value) ?? [];
  const resource = stack.resource(`${type}.${id}`);
  if (resource === undefined || `${type}.${name}` !== attribute) return false;
  return Object.entries(fields).every(([key, expected]) => resource[key] === expected);
}
