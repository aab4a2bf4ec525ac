import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import {
  cacheCount,
  highestNodeMetric,
  proxyMetric,
  queueMetric,
  serverlessCacheMetric,
  serverMetric,
  systemErrors,
  throttleEvents,
} from "../metrics/data";
import { postgresCapacity } from "../metrics/postgres-capacity";
import type {
  CacheMonitoringTarget,
  DataMonitoringTargets,
  PostgresMonitoringTarget,
  ServiceMonitoringTarget,
} from "../monitoring-target";
import { colors, row, type Line, type Panel, type Row } from "./widgets";

/** The utilization, free capacity and errors of database, cache and tables. */
export function databaseRows(
  { postgres, redis, tables }: DataMonitoringTargets,
  settings: AlarmSettings | undefined,
): Row[] {
  return [
    ...(postgres === undefined ? [] : row("Database", ...postgresPanels(postgres, settings?.postgres))),
    ...(redis === undefined ? [] : row("Cache", ...cachePanels(redis, settings?.redis))),
    ...row(
      "Tables",
      {
        title: "Throttled reads and writes",
        unit: "a minute",
        lines: tables.map(({ name, metricName }) => ({ label: name, metric: throttleEvents(metricName) })),
        threshold: settings?.tables.throttledRequests,
      },
      {
        title: "System errors",
        unit: "a minute",
        lines: tables.map(({ name, metricName }) => ({ label: name, metric: systemErrors(metricName) })),
        threshold: settings?.tables.systemErrors,
      },
    ),
  ];
}

/** The messages that wait, their age, and those in dead-letter queues. */
export function queueRows(
  { queues }: DataMonitoringTargets,
  services: readonly ServiceMonitoringTarget[],
  settings: AlarmSettings | undefined,
): Row[] {
  const visibleMessages = (label: string, queue: string): Line => {
    return { label, metric: queueMetric(queue, "ApproximateNumberOfMessagesVisible") };
  };
  const minutes = settings?.oldestMessageMinutes;
  return row(
    "Queues",
    { title: "Waiting messages", unit: "messages", lines: queues.map(({ name, main }) => visibleMessages(name, main)) },
    {
      title: "Oldest message",
      unit: "seconds",
      lines: queues.map(({ name, main }) => ({
        label: name,
        metric: queueMetric(main, "ApproximateAgeOfOldestMessage"),
      })),
      threshold: minutes === undefined ? undefined : minutes * 60,
    },
    {
      title: "Dead letters",
      unit: "messages",
      lines: [
        ...queues.map(({ name, deadLetters }) => visibleMessages(name, deadLetters)),
        ...services.flatMap(({ name, deadLetters }) =>
          deadLetters === undefined ? [] : [visibleMessages(`starts of ${name}`, deadLetters)],
        ),
      ],
    },
  );
}

function postgresPanels(
  { server, proxy }: PostgresMonitoringTarget,
  settings: AlarmSettings["postgres"] | undefined,
): Panel[] {
  const capacity = postgresCapacity(server);
  const memory = { label: "memory", metric: serverMetric(server, "FreeableMemory", "Minimum") };
  const storage = { label: "storage", metric: serverMetric(server, "FreeStorageSpace", "Minimum") };
  const borrowed = (name: string) => ({
    label: "by the proxy",
    metric: proxyMetric(name, "DatabaseConnectionsCurrentlyBorrowed"),
  });
  return [
    {
      title: "CPU",
      unit: "percent",
      lines: [{ label: "CPU", metric: serverMetric(server, "CPUUtilization") }],
      threshold: settings?.cpuPercent,
    },
    {
      title: "Connections",
      unit: "connections",
      lines: [
        { label: "all", metric: serverMetric(server, "DatabaseConnections") },
        ...(proxy === undefined ? [] : [borrowed(proxy)]),
      ],
      threshold: capacity && settings && Math.floor((capacity.connections * settings.connectionsPercent) / 100),
    },
    // The storage of a cluster grows without a limit of the stage.
    { title: "Free", unit: "bytes", lines: server.kind === "instance" ? [memory, storage] : [memory] },
    {
      title: "Replica lag",
      unit: "ms",
      lines:
        server.kind === "cluster" && server.servers.length > 1
          ? [{ label: "the slowest reader", metric: serverMetric(server, "AuroraReplicaLag") }]
          : [],
      threshold: settings?.readerLagMs,
    },
  ];
}

function cachePanels(cache: CacheMonitoringTarget, settings: AlarmSettings["redis"] | undefined): Panel[] {
  const counts: Panel = {
    title: "Evictions and failed authentications",
    unit: "a minute",
    lines: [
      { label: "evictions", metric: cacheCount(cache, "Evictions"), color: colors.clientError },
      {
        label: "failed authentications",
        metric: cacheCount(cache, "AuthenticationFailures"),
        color: colors.serverError,
      },
    ],
  };
  if (cache.kind === "serverless") {
    const used = { label: "data", metric: serverlessCacheMetric(cache, "BytesUsedForCache") };
    const throttled = { label: "commands", metric: serverlessCacheMetric(cache, "ThrottledCmds") };
    const threshold = settings && cache.maximumGb * 1000 ** 3 * (settings.memoryPercent / 100);
    return [
      { title: "Used", unit: "bytes", lines: [used], threshold },
      { title: "Throttled", unit: "a minute", lines: [throttled] },
      counts,
    ];
  }
  const highest = (label: string, name: Parameters<typeof highestNodeMetric>[1]) => {
    return { label, metric: highestNodeMetric(cache, name) };
  };
  return [
    {
      title: "CPU",
      unit: "percent",
      lines: [highest("engine", "EngineCPUUtilization")],
      threshold: settings?.cpuPercent,
    },
    {
      title: "Memory",
      unit: "percent",
      lines: [highest("memory", "DatabaseMemoryUsagePercentage")],
      threshold: settings?.memoryPercent,
    },
    counts,
    {
      title: "Replication lag",
      unit: "seconds",
      lines: cache.nodes.length > 1 ? [highest("the slowest replica", "ReplicationLag")] : [],
      threshold: settings?.replicaLagSeconds,
    },
  ];
}
