import type { Metric } from "../metric";
import type { ServerMonitoringTarget } from "../monitoring-target";

/**
 * What RDS measures of a server, or of all servers of a cluster together, of which the statistic takes one.
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

/** What a proxy measures; times are microseconds. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html */
export function proxyMetric(
  proxy: string,
  metricName: "DatabaseConnectionsBorrowLatency" | "DatabaseConnectionsCurrentlyBorrowed",
): Metric {
  const statistic = metricName === "DatabaseConnectionsBorrowLatency" ? "Average" : "Maximum";
  return { namespace: "AWS/RDS", metricName, dimensions: { ProxyName: proxy }, statistic };
}
