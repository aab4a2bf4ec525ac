import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { queueMetric } from "../metrics/queue";
import { failed, throttled } from "../metrics/table";
import { undelivered } from "../metrics/topic";
import type { NamedMonitoringTarget, QueueMonitoringTarget, DataMonitoringTargets } from "../monitoring-target";
import type { AlarmPlan } from "./alarm-plan";
import { postgresPlans } from "./postgres-plans";
import { redisPlans } from "./redis-plans";

/** The alarms of the stores, by the store that each is about. */
export function storePlans(
  { postgres, redis, queues, tables, topics }: DataMonitoringTargets,
  settings: AlarmSettings,
): Readonly<Record<string, readonly AlarmPlan[]>> {
  return {
    postgres: postgres === undefined ? [] : postgresPlans(postgres, settings.postgres),
    redis: redis === undefined ? [] : redisPlans(redis, settings.redis),
    ...Object.fromEntries(queues.map((queue) => [`${queue.name}-queue`, queuePlans(queue, settings)])),
    ...Object.fromEntries(tables.map((table) => [`${table.name}-table`, tablePlans(table, settings.tables)])),
    ...Object.fromEntries(topics.map((topic) => [`${topic.name}-topic`, [topicPlan(topic)]])),
  };
}

function queuePlans(
  { name, main, deadLetters }: QueueMonitoringTarget,
  { oldestMessageMinutes }: AlarmSettings,
): AlarmPlan[] {
  return [
    {
      what: "oldest",
      description: `A message waits in queue ${name} for more than ${oldestMessageMinutes} minutes`,
      measure: queueMetric(main, "ApproximateAgeOfOldestMessage"),
      limit: { above: oldestMessageMinutes * 60 },
      periods: 5,
    },
    {
      what: "dead-letters",
      description: `Nobody could work on a message of queue ${name}; it is in the dead-letter queue`,
      measure: queueMetric(deadLetters, "ApproximateNumberOfMessagesVisible"),
      limit: { above: 0 },
      periods: 1,
    },
  ];
}

function tablePlans({ name, metricName }: NamedMonitoringTarget, limits: AlarmSettings["tables"]): AlarmPlan[] {
  return [
    {
      what: "throttled",
      description: `DynamoDB puts more than ${limits.throttledRequests} reads and writes of table ${name} a minute off`,
      measure: throttled(metricName),
      limit: { above: limits.throttledRequests },
      periods: 5,
    },
    {
      what: "failed",
      description: `More than ${limits.systemErrors} requests a minute to table ${name} fail by AWS's fault`,
      measure: failed(metricName),
      limit: { above: limits.systemErrors },
      periods: 5,
    },
  ];
}

function topicPlan({ name, metricName }: NamedMonitoringTarget): AlarmPlan {
  return {
    what: "undelivered",
    description: `A message of topic ${name} did not reach a subscriber`,
    measure: undelivered(metricName),
    limit: { above: 0 },
    periods: 1,
  };
}
