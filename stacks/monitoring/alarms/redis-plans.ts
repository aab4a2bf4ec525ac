import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { cacheCount, serverlessMetric, worstNode } from "../metrics/redis";
import type { CacheMonitoringTarget } from "../monitoring-target";
import type { AlarmPlan } from "./alarm-plan";

type Limits = AlarmSettings["redis"];

const gigabyte = 1000 ** 3;

/** The alarms of a cache. */
export function redisPlans(cache: CacheMonitoringTarget, limits: Limits): AlarmPlan[] {
  const { evictions, authenticationFailures } = limits;
  return [
    ...(cache.kind === "nodes" ? nodePlans(cache, limits) : serverlessPlans(cache, limits)),
    {
      what: "evictions",
      description: `The cache gives up more than ${evictions} entries a minute that should live on, to have room for others`,
      measure: cacheCount(cache, "Evictions"),
      limit: { above: evictions },
      periods: 15,
    },
    {
      what: "refusals",
      description: `The cache refuses more than ${authenticationFailures} sign-ins a minute: a wrong role, or somebody tries`,
      measure: cacheCount(cache, "AuthenticationFailures"),
      limit: { above: authenticationFailures },
      periods: 3,
    },
  ];
}

function nodePlans(cache: Extract<CacheMonitoringTarget, { kind: "nodes" }>, limits: Limits): AlarmPlan[] {
  const { cpuPercent, memoryPercent, replicaLagSeconds } = limits;
  const lag: AlarmPlan = {
    what: "lag",
    description: `A replica of the cache is more than ${replicaLagSeconds} seconds behind`,
    measure: worstNode(cache, "ReplicationLag"),
    limit: { above: replicaLagSeconds },
    periods: 5,
  };
  return [
    {
      what: "busy",
      description: `A node of the cache runs commands for more than ${cpuPercent} % of the time`,
      measure: worstNode(cache, "EngineCPUUtilization"),
      limit: { above: cpuPercent },
      periods: 5,
    },
    {
      what: "full",
      description: `A node of the cache holds more than ${memoryPercent} % of what it has memory for`,
      measure: worstNode(cache, "DatabaseMemoryUsagePercentage"),
      limit: { above: memoryPercent },
      periods: 5,
    },
    ...(cache.nodes.length > 1 ? [lag] : []),
  ];
}

function serverlessPlans(
  cache: Extract<CacheMonitoringTarget, { kind: "serverless" }>,
  { memoryPercent }: Limits,
): AlarmPlan[] {
  return [
    {
      what: "full",
      description: `The cache holds more than ${memoryPercent} % of its ${cache.maximumGb} GB`,
      measure: serverlessMetric(cache, "BytesUsedForCache"),
      limit: { above: (cache.maximumGb * gigabyte * memoryPercent) / 100 },
      periods: 5,
    },
    {
      what: "throttled",
      description: "The cache puts commands off: it grows too slowly, or may not grow further",
      measure: serverlessMetric(cache, "ThrottledCmds"),
      limit: { above: 0 },
      periods: 5,
    },
  ];
}
