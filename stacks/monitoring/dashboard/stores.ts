import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { proxyMetric, serverMetric } from "../metrics/postgres";
import { postgresSize } from "../metrics/postgres-size";
import { cacheCount, serverlessMetric, worstNode } from "../metrics/redis";
import { failed, throttled } from "../metrics/table";
import type { CacheMonitoringTarget, PostgresMonitoringTarget, DataMonitoringTargets } from "../monitoring-target";
import { colors, row, type Panel, type Row } from "./panel";

/** What the database, the cache and the tables have left, and what they refuse. */
export function storeRows(
  { postgres, redis, tables }: DataMonitoringTargets,
  limits: AlarmSettings | undefined,
): Row[] {
  return [
    ...(postgres === undefined ? [] : row("Database", ...postgresPanels(postgres, limits?.postgres))),
    ...(redis === undefined ? [] : row("Cache", ...cachePanels(redis, limits?.redis))),
    ...row(
      "Tables",
      {
        title: "Throttled reads and writes",
        unit: "a minute",
        lines: tables.map(({ name, metricName }) => ({ label: name, measure: throttled(metricName) })),
        limit: limits?.tables.throttledRequests,
      },
      {
        title: "Requests that failed by AWS's fault",
        unit: "a minute",
        lines: tables.map(({ name, metricName }) => ({ label: name, measure: failed(metricName) })),
        limit: limits?.tables.systemErrors,
      },
    ),
  ];
}

function postgresPanels(
  { server, proxy }: PostgresMonitoringTarget,
  limits: AlarmSettings["postgres"] | undefined,
): Panel[] {
  const size = postgresSize(server);
  const most = size && limits && Math.floor((size.connections * limits.connectionsPercent) / 100);
  const memory = { label: "memory", measure: serverMetric(server, "FreeableMemory", "Minimum") };
  const storage = { label: "storage", measure: serverMetric(server, "FreeStorageSpace", "Minimum") };
  const borrowed = (name: string) => ({
    label: "by the proxy",
    measure: proxyMetric(name, "DatabaseConnectionsCurrentlyBorrowed"),
  });
  return [
    {
      title: "CPU",
      unit: "percent",
      lines: [{ label: "CPU", measure: serverMetric(server, "CPUUtilization") }],
      limit: limits?.cpuPercent,
    },
    {
      title: "Connections",
      unit: "connections",
      lines: [
        { label: "all", measure: serverMetric(server, "DatabaseConnections") },
        ...(proxy === undefined ? [] : [borrowed(proxy)]),
      ],
      limit: most,
    },
    // Storage of a cluster has no end that it could come near to.
    { title: "Free", unit: "bytes", lines: server.kind === "instance" ? [memory, storage] : [memory] },
    {
      title: "Readers behind the writer",
      unit: "ms",
      lines:
        server.kind === "cluster" && server.servers.length > 1
          ? [{ label: "the last reader", measure: serverMetric(server, "AuroraReplicaLag") }]
          : [],
      limit: limits?.readerLagMs,
    },
  ];
}

function cachePanels(cache: CacheMonitoringTarget, limits: AlarmSettings["redis"] | undefined): Panel[] {
  const refusals: Panel = {
    title: "Lost and refused",
    unit: "a minute",
    lines: [
      { label: "evictions", measure: cacheCount(cache, "Evictions"), color: colors.refusal },
      { label: "refused sign-ins", measure: cacheCount(cache, "AuthenticationFailures"), color: colors.fault },
    ],
  };
  if (cache.kind === "serverless") {
    const held = { label: "data", measure: serverlessMetric(cache, "BytesUsedForCache") };
    const putOff = { label: "commands", measure: serverlessMetric(cache, "ThrottledCmds") };
    const limit = limits && cache.maximumGb * 1000 ** 3 * (limits.memoryPercent / 100);
    return [
      { title: "Held", unit: "bytes", lines: [held], limit },
      { title: "Throttled", unit: "a minute", lines: [putOff] },
      refusals,
    ];
  }
  const worst = (label: string, name: Parameters<typeof worstNode>[1]) => ({ label, measure: worstNode(cache, name) });
  return [
    { title: "CPU", unit: "percent", lines: [worst("engine", "EngineCPUUtilization")], limit: limits?.cpuPercent },
    {
      title: "Memory",
      unit: "percent",
      lines: [worst("memory", "DatabaseMemoryUsagePercentage")],
      limit: limits?.memoryPercent,
    },
    refusals,
    {
      title: "Replicas behind",
      unit: "seconds",
      lines: cache.nodes.length > 1 ? [worst("the last replica", "ReplicationLag")] : [],
      limit: limits?.replicaLagSeconds,
    },
  ];
}
