import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { proxyMetric, serverMetric } from "../metrics/postgres";
import { postgresSize } from "../metrics/postgres-size";
import type { PostgresMonitoringTarget, ServerMonitoringTarget } from "../monitoring-target";
import type { AlarmPlan } from "./alarm-plan";

type Limits = AlarmSettings["postgres"];

const gib = 1024 ** 3;

/** The alarms of a database. */
export function postgresPlans({ server, proxy }: PostgresMonitoringTarget, limits: Limits): AlarmPlan[] {
  return [
    {
      what: "busy",
      description: `The database uses more than ${limits.cpuPercent} % of its CPU`,
      measure: serverMetric(server, "CPUUtilization"),
      limit: { above: limits.cpuPercent },
      periods: 5,
    },
    ...sizePlans(server, limits),
    ...(server.kind === "instance" ? instancePlans(server, limits) : []),
    ...(server.kind === "cluster" && server.servers.length > 1 ? [lagPlan(server, limits)] : []),
    ...(proxy === undefined ? [] : [proxyPlan(proxy, limits)]),
  ];
}

function sizePlans(server: ServerMonitoringTarget, { freeMemoryPercent, connectionsPercent }: Limits): AlarmPlan[] {
  const size = postgresSize(server);
  if (size === undefined) return [];
  return [
    {
      what: "starved",
      description: `The database has less than ${freeMemoryPercent} % of its memory free`,
      measure: serverMetric(server, "FreeableMemory", "Minimum"),
      limit: { below: Math.round((size.memoryGib * gib * freeMemoryPercent) / 100) },
      periods: 15,
    },
    {
      what: "crowded",
      description: `More than ${connectionsPercent} % of the ${size.connections} connections to the database are taken`,
      measure: serverMetric(server, "DatabaseConnections"),
      limit: { above: Math.floor((size.connections * connectionsPercent) / 100) },
      periods: 5,
    },
  ];
}

function instancePlans(
  server: Extract<ServerMonitoringTarget, { kind: "instance" }>,
  { freeStoragePercent }: Limits,
): AlarmPlan[] {
  const full: AlarmPlan = {
    what: "full",
    description: `The database has storage for less than ${freeStoragePercent} % of \`storage.allocatedGiB\`, and did not grow`,
    measure: serverMetric(server, "FreeStorageSpace", "Minimum"),
    limit: { below: Math.round((server.storageGib * gib * freeStoragePercent) / 100) },
    periods: 5,
    treatMissingData: "unknown",
  };
  const charged: AlarmPlan = {
    what: "charged",
    description: "The database used more CPU than its class earns, for which AWS bills: choose a larger class",
    measure: serverMetric(server, "CPUSurplusCreditsCharged"),
    limit: { above: 0 },
    periods: 3,
    periodSeconds: 300,
  };
  // Only the classes that burst earn credits, and spend more than they have.
  return server.class.startsWith("db.t") ? [full, charged] : [full];
}

function lagPlan(server: ServerMonitoringTarget, { readerLagMs }: Limits): AlarmPlan {
  return {
    what: "lag",
    description: `A reader of the database is more than ${readerLagMs} ms behind`,
    measure: serverMetric(server, "AuroraReplicaLag"),
    limit: { above: readerLagMs },
    periods: 5,
  };
}

function proxyPlan(proxy: string, { proxyWaitMs }: Limits): AlarmPlan {
  return {
    what: "waiting",
    description: `Services wait longer than ${proxyWaitMs} ms until the proxy has a connection to the database`,
    measure: proxyMetric(proxy, "DatabaseConnectionsBorrowLatency"),
    limit: { above: proxyWaitMs * 1000 },
    periods: 5,
  };
}
