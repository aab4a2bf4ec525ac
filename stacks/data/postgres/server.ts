import type { DbProxyTargetConfig } from "@cdktf/provider-aws/lib/db-proxy-target";
import type { Postgres as PostgresConfig } from "../../../schema/data/postgres";
import type { Named } from "../../naming";
import type { BackedUp } from "../backup/backed-up";
import type { ServerMonitoringTarget } from "../../monitoring/monitoring-target";

/** A database server, as its users know it. */
export interface PostgresServer {
  readonly host: string;
  /** Where queries go that only read. @default - no servers for that */
  readonly readerHost?: string | undefined;
  /** Name by which IAM knows it: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html */
  readonly resourceId: string;
  /** Secret with the owner's name and password. */
  readonly secretArn: string;
  /** The server as a proxy knows it. */
  readonly proxyTarget: Pick<DbProxyTargetConfig, "dbInstanceIdentifier" | "dbClusterIdentifier">;
  readonly backedUp: BackedUp;
  /** What it offers to be watched, beside a proxy. */
  readonly monitoringTargets: ServerMonitoringTarget;
}

export interface PostgresServerProps<Config extends PostgresConfig> {
  readonly stage: Named;
  readonly postgres: Config;
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
}

/** Port of Postgres. */
export const postgresPort = 5432;

/** What every server of the stage is told: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html */
export function parametersOf({ slowQueryMilliseconds }: PostgresConfig): { name: string; value: string }[] {
  return [
    { name: "log_min_duration_statement", value: String(slowQueryMilliseconds) },
    { name: "rds.force_ssl", value: "1" },
  ];
}

/** What AWS does with the data when the server is deleted. */
export function deletionOf({ deletionProtection, finalSnapshot }: PostgresConfig, identifier: string) {
  return {
    deletionProtection,
    copyTagsToSnapshot: true,
    skipFinalSnapshot: finalSnapshot === false,
    ...(finalSnapshot !== false && { finalSnapshotIdentifier: `${identifier}-${finalSnapshot}` }),
  };
}

/** Performance Insights of one server. */
export function insightsOf({ performanceInsightsRetentionDays }: PostgresConfig) {
  if (performanceInsightsRetentionDays === false) return { performanceInsightsEnabled: false };
  return { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: performanceInsightsRetentionDays };
}
