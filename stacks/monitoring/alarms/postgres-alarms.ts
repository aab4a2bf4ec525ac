import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { proxyMetric, serverMetric } from "../metrics/data";
import { postgresCapacity } from "../metrics/postgres-capacity";
import type { PostgresMonitoringTarget, ServerMonitoringTarget } from "../monitoring-target";
import type { AlarmDefinition } from "./alarm";

type Limits = AlarmSettings["postgres"];

const bytesPerGib = 1024 ** 3;

/** The alarms of a database. */
export function postgresAlarms({ server, proxy }: PostgresMonitoringTarget, limits: Limits): AlarmDefinition[] {
  return [
    {
      // Services have "cpu-utilization-high", and one may be named "postgres".
      symptom: "server-cpu-utilization-high",
      description: `The database uses more than ${limits.cpuPercent} % of its CPU`,
      metric: serverMetric(server, "CPUUtilization"),
      threshold: { above: limits.cpuPercent },
      evaluationPeriods: 5,
    },
    ...capacityAlarms(server, limits),
    ...(server.kind === "instance" ? instanceAlarms(server, limits) : []),
    ...(server.kind === "cluster" && server.servers.length > 1 ? [replicaLag(server, limits)] : []),
    ...(proxy === undefined ? [] : [proxyBorrowLatency(proxy, limits)]),
  ];
}

function capacityAlarms(
  server: ServerMonitoringTarget,
  { freeMemoryPercent, connectionsPercent }: Limits,
): AlarmDefinition[] {
  const capacity = postgresCapacity(server);
  if (capacity === undefined) return [];
  const { memoryGib, connections } = capacity;
  return [
    {
      symptom: "freeable-memory-low",
      description: `The database has less than ${freeMemoryPercent} % of its memory free`,
      metric: serverMetric(server, "FreeableMemory", "Minimum"),
      threshold: { below: Math.round((memoryGib * bytesPerGib * freeMemoryPercent) / 100) },
      evaluationPeriods: 15,
    },
    {
      symptom: "connections-high",
      description: `More than ${connectionsPercent} % of the ${connections} connections to the database are in use`,
      metric: serverMetric(server, "DatabaseConnections"),
      threshold: { above: Math.floor((connections * connectionsPercent) / 100) },
      evaluationPeriods: 5,
    },
  ];
}

function instanceAlarms(
  server: Extract<ServerMonitoringTarget, { kind: "instance" }>,
  { freeStoragePercent }: Limits,
): AlarmDefinition[] {
  const freeStorage: AlarmDefinition = {
    symptom: "free-storage-low",
    description: `Less than ${freeStoragePercent} % of \`data.postgres.storage.allocatedGiB\` is free, and storage autoscaling did not add to it`,
    metric: serverMetric(server, "FreeStorageSpace", "Minimum"),
    threshold: { below: Math.round((server.storageGib * bytesPerGib * freeStoragePercent) / 100) },
    evaluationPeriods: 5,
    // A full disk can stop the instance from sending the metric.
    treatMissingData: "missing",
  };
  const cpuCredit: AlarmDefinition = {
    symptom: "cpu-credit-low",
    description:
      "The database spends more CPU credits than its class earns, for which AWS charges; choose a larger class",
    metric: serverMetric(server, "CPUSurplusCreditsCharged"),
    threshold: { above: 0 },
    evaluationPeriods: 3,
    periodSeconds: 300,
  };
  // Only burstable classes have CPU credits.
  return server.class.startsWith("db.t") ? [freeStorage, cpuCredit] : [freeStorage];
}

function replicaLag(server: ServerMonitoringTarget, { readerLagMs }: Limits): AlarmDefinition {
  return {
    symptom: "replica-lag-high",
    description: `A reader of the database is more than ${readerLagMs} ms behind the writer`,
    metric: serverMetric(server, "AuroraReplicaLag"),
    threshold: { above: readerLagMs },
    evaluationPeriods: 5,
  };
}

function proxyBorrowLatency(proxy: string, { proxyWaitMs }: Limits): AlarmDefinition {
  return {
    symptom: "proxy-borrow-latency-high",
    description: `The proxy takes longer than ${proxyWaitMs} ms to borrow a connection to the database`,
    metric: proxyMetric(proxy, "DatabaseConnectionsBorrowLatency"),
    threshold: { above: proxyWaitMs * 1000 },
    evaluationPeriods: 5,
  };
}
