import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import {
  cacheCount,
  failedNotifications,
  highestNodeMetric,
  queueMetric,
  serverlessCacheMetric,
  systemErrors,
  throttleEvents,
} from "../metrics/data";
import type {
  CacheMonitoringTarget,
  DataMonitoringTargets,
  NamedMonitoringTarget,
  QueueMonitoringTarget,
} from "../monitoring-target";
import type { AlarmDefinition, AlarmsBySubject } from "./alarm";
import { postgresAlarms } from "./postgres-alarms";

type RedisLimits = AlarmSettings["redis"];

const bytesPerGb = 1000 ** 3;

/** The alarms of database, cache, queues, tables and topics. */
export function dataAlarms(
  { postgres, redis, queues, tables, topics }: DataMonitoringTargets,
  settings: AlarmSettings,
): AlarmsBySubject {
  return {
    postgres: postgres === undefined ? [] : postgresAlarms(postgres, settings.postgres),
    redis: redis === undefined ? [] : redisAlarms(redis, settings.redis),
    ...Object.fromEntries(queues.map((queue) => [`${queue.name}-queue`, queueAlarms(queue, settings)])),
    ...Object.fromEntries(tables.map((table) => [`${table.name}-table`, tableAlarms(table, settings.tables)])),
    ...Object.fromEntries(topics.map((topic) => [`${topic.name}-topic`, [failedDeliveries(topic)]])),
  };
}

function redisAlarms(cache: CacheMonitoringTarget, limits: RedisLimits): AlarmDefinition[] {
  const { evictions, authenticationFailures } = limits;
  return [
    ...(cache.kind === "nodes" ? nodeAlarms(cache, limits) : serverlessCacheAlarms(cache, limits)),
    {
      symptom: "evictions-high",
      description: `The cache evicts more than ${evictions} entries a minute to free memory`,
      metric: cacheCount(cache, "Evictions"),
      threshold: { above: evictions },
      evaluationPeriods: 15,
    },
    {
      symptom: "authentication-failures-high",
      description: `More than ${authenticationFailures} authentications a minute to the cache fail: a wrong user, or an attack`,
      metric: cacheCount(cache, "AuthenticationFailures"),
      threshold: { above: authenticationFailures },
      evaluationPeriods: 3,
    },
  ];
}

function nodeAlarms(
  cache: Extract<CacheMonitoringTarget, { kind: "nodes" }>,
  { cpuPercent, memoryPercent, replicaLagSeconds }: RedisLimits,
): AlarmDefinition[] {
  const replicationLag: AlarmDefinition = {
    symptom: "replication-lag-high",
    description: `A replica of the cache is more than ${replicaLagSeconds} seconds behind the primary`,
    metric: highestNodeMetric(cache, "ReplicationLag"),
    threshold: { above: replicaLagSeconds },
    evaluationPeriods: 5,
  };
  return [
    {
      symptom: "engine-cpu-utilization-high",
      description: `The engine of a cache node is busy for more than ${cpuPercent} % of the time`,
      metric: highestNodeMetric(cache, "EngineCPUUtilization"),
      threshold: { above: cpuPercent },
      evaluationPeriods: 5,
    },
    {
      symptom: "memory-usage-high",
      description: `A node of the cache uses more than ${memoryPercent} % of its memory`,
      metric: highestNodeMetric(cache, "DatabaseMemoryUsagePercentage"),
      threshold: { above: memoryPercent },
      evaluationPeriods: 5,
    },
    ...(cache.nodes.length > 1 ? [replicationLag] : []),
  ];
}

function serverlessCacheAlarms(
  cache: Extract<CacheMonitoringTarget, { kind: "serverless" }>,
  { memoryPercent }: RedisLimits,
): AlarmDefinition[] {
  return [
    {
      symptom: "memory-usage-high",
      description: `The cache uses more than ${memoryPercent} % of its ${cache.maximumGb} GB`,
      metric: serverlessCacheMetric(cache, "BytesUsedForCache"),
      threshold: { above: (cache.maximumGb * bytesPerGb * memoryPercent) / 100 },
      evaluationPeriods: 5,
    },
    {
      symptom: "throttled-commands-high",
      description: "The cache throttles commands: it scales too slowly, or has reached its maximum",
      metric: serverlessCacheMetric(cache, "ThrottledCmds"),
      threshold: { above: 0 },
      evaluationPeriods: 5,
    },
  ];
}

function queueAlarms(
  { name, main, deadLetters }: QueueMonitoringTarget,
  { oldestMessageMinutes }: AlarmSettings,
): AlarmDefinition[] {
  return [
    {
      symptom: "oldest-message-age-high",
      description: `A message waits in queue ${name} for more than ${oldestMessageMinutes} minutes`,
      metric: queueMetric(main, "ApproximateAgeOfOldestMessage"),
      threshold: { above: oldestMessageMinutes * 60 },
      evaluationPeriods: 5,
    },
    {
      symptom: "dead-letters-high",
      description: `A message of queue ${name} could not be processed; it is in the dead-letter queue`,
      metric: queueMetric(deadLetters, "ApproximateNumberOfMessagesVisible"),
      threshold: { above: 0 },
      evaluationPeriods: 1,
    },
  ];
}

function tableAlarms(
  { name, metricName }: NamedMonitoringTarget,
  { throttledRequests, systemErrors: errors }: AlarmSettings["tables"],
): AlarmDefinition[] {
  return [
    {
      symptom: "throttle-events-high",
      description: `DynamoDB throttles more than ${throttledRequests} reads and writes of table ${name} a minute`,
      metric: throttleEvents(metricName),
      threshold: { above: throttled },
      evaluationPeriods: 5,
    },
    {
      symptom: "system-errors-high",
      description: `More than ${errors} requests a minute to table ${name} fail with an internal error of DynamoDB`,
      metric: systemErrors(metricName),
      threshold: { above: failed },
      evaluationPeriods: 5,
    },
  ];
}

function failedDeliveries({ name, metricName }: NamedMonitoringTarget): AlarmDefinition {
  return {
    symptom: "notifications-failed",
    description: `A message of topic ${name} could not be delivered to a subscriber`,
    metric: failedNotifications(metricName),
    threshold: { above: 0 },
    evaluationPeriods: 1,
  };
}
