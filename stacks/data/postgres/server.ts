import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import type { DbProxyTargetConfig } from "@cdktf/provider-aws/lib/db-proxy-target";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import type { Postgres as PostgresConfig } from "../../../schema/data/postgres";
import type { ServerMonitoringTarget } from "../../monitoring/monitoring-target";
import { databaseIdentifier, databaseLogGroupName, databaseParametersName, type Named } from "../../naming";
import type { BackupResource } from "../backups";

/** What an RDS instance and an Aurora cluster have in common. */
export interface PostgresServer {
  readonly host: string;
  /** Endpoint of the readers. @default - there are none */
  readonly readerHost?: string | undefined;
  /** Id of the server in ARNs of IAM authentication: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html */
  readonly resourceId: string;
  /** Secret with the name and password of the master user. */
  readonly secretArn: string;
  /** Identifier of the server for a proxy. */
  readonly proxyTarget: Pick<DbProxyTargetConfig, "dbInstanceIdentifier" | "dbClusterIdentifier">;
  readonly backupResource: BackupResource;
  /** Monitoring target of the server. */
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

type InstanceConfig = Extract<PostgresConfig, { kind: "instance" }>;

/** An RDS instance, with `multiAz` a standby in another zone. */
export class PostgresInstance extends Construct implements PostgresServer {
  public readonly host: string;
  public readonly resourceId: string;
  public readonly secretArn: string;
  public readonly proxyTarget: PostgresServer["proxyTarget"];
  public readonly backupResource: PostgresServer["backupResource"];
  public readonly monitoringTargets: PostgresServer["monitoringTargets"];

  constructor(scope: Construct, id: string, props: PostgresServerProps<InstanceConfig>) {
    super(scope, id);
    const { stage, postgres, subnetGroupName, securityGroupId } = props;
    const identifier = databaseIdentifier(stage);
    const family = `postgres${postgres.engineVersion}`;
    const parameters = new DbParameterGroup(this, "parameter-group", {
      name: databaseParametersName(stage, family),
      family,
      parameter: parametersOf(postgres),
      // A major version upgrade needs the new group while the old one is still in use.
      lifecycle: { createBeforeDestroy: true },
    });
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: databaseLogGroupName("instance", identifier),
      retentionInDays: postgres.logRetentionDays,
    });
    const instance = new DbInstance(this, "instance", {
      identifier,
      engine: "postgres",
      engineVersion: postgres.engineVersion,
      allowMajorVersionUpgrade: true,
      autoMinorVersionUpgrade: postgres.autoMinorVersionUpgrade,
      applyImmediately: postgres.applyImmediately,
      instanceClass: postgres.instanceClass,
      storageType: "gp3",
      allocatedStorage: postgres.storage.allocatedGiB,
      maxAllocatedStorage: postgres.storage.maximumGiB,
      storageEncrypted: true,
      multiAz: postgres.multiAz,
      dbName: postgres.databaseName,
      username: postgres.masterUsername,
      manageMasterUserPassword: true,
      // Also when services use the password, so that operators on the bastion need none.
      iamDatabaseAuthenticationEnabled: true,
      port: postgresPort,
      publiclyAccessible: false,
      dbSubnetGroupName: subnetGroupName,
      vpcSecurityGroupIds: [securityGroupId],
      parameterGroupName: parameters.name,
      backupRetentionPeriod: postgres.backupRetentionDays,
      backupWindow: postgres.backupWindow,
      maintenanceWindow: postgres.maintenanceWindow,
      ...insightsOf(postgres),
      enabledCloudwatchLogsExports: ["postgresql"],
      ...deletionOf(postgres, identifier),
      ...(postgres.restoreFrom !== undefined && { snapshotIdentifier: postgres.restoreFrom }),
      // RDS would otherwise create the group, without retention.
      dependsOn: [logGroup],
    });
    this.host = instance.address;
    this.backupResource = { kind: "instance", arn: instance.arn };
    this.resourceId = instance.resourceId;
    this.secretArn = instance.masterUserSecret.get(0).secretArn;
    this.proxyTarget = { dbInstanceIdentifier: instance.identifier };
    const { instanceClass, storage } = postgres;
    this.monitoringTargets = {
      kind: "instance",
      server: instance.identifier,
      class: instanceClass,
      storageGib: storage.allocatedGiB,
    };
  }
}

type ClusterConfig = Extract<PostgresConfig, { kind: "aurora-serverless" }>;

const engine = "aurora-postgresql";

/** An Aurora Serverless v2 cluster: one writer and the readers. */
export class PostgresCluster extends Construct implements PostgresServer {
  public readonly host: string;
  public readonly readerHost: string | undefined;
  public readonly resourceId: string;
  public readonly secretArn: string;
  public readonly proxyTarget: PostgresServer["proxyTarget"];
  public readonly backupResource: PostgresServer["backupResource"];
  public readonly monitoringTargets: PostgresServer["monitoringTargets"];

  constructor(scope: Construct, id: string, props: PostgresServerProps<ClusterConfig>) {
    super(scope, id);
    const { stage, postgres, subnetGroupName, securityGroupId } = props;
    const identifier = databaseIdentifier(stage);
    const family = `${engine}${postgres.engineVersion}`;
    const parameters = new RdsClusterParameterGroup(this, "parameter-group", {
      name: databaseParametersName(stage, family),
      family,
      parameter: parametersOf(postgres),
      // A major version upgrade needs the new group while the old one is still in use.
      lifecycle: { createBeforeDestroy: true },
    });
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: databaseLogGroupName("cluster", identifier),
      retentionInDays: postgres.logRetentionDays,
    });
    const cluster = new RdsCluster(this, "cluster", {
      clusterIdentifier: identifier,
      engine,
      engineVersion: postgres.engineVersion,
      allowMajorVersionUpgrade: true,
      applyImmediately: postgres.applyImmediately,
      serverlessv2ScalingConfiguration: {
        minCapacity: postgres.capacity.minimum,
        maxCapacity: postgres.capacity.maximum,
      },
      storageEncrypted: true,
      databaseName: postgres.databaseName,
      masterUsername: postgres.masterUsername,
      manageMasterUserPassword: true,
      // Also when services use the password, so that operators on the bastion need none.
      iamDatabaseAuthenticationEnabled: true,
      port: postgresPort,
      dbSubnetGroupName: subnetGroupName,
      vpcSecurityGroupIds: [securityGroupId],
      dbClusterParameterGroupName: parameters.name,
      backupRetentionPeriod: postgres.backupRetentionDays,
      preferredBackupWindow: postgres.backupWindow,
      preferredMaintenanceWindow: postgres.maintenanceWindow,
      enabledCloudwatchLogsExports: ["postgresql"],
      ...deletionOf(postgres, identifier),
      ...(postgres.restoreFrom !== undefined && { snapshotIdentifier: postgres.restoreFrom }),
      // RDS would otherwise create the group, without retention.
      dependsOn: [logGroup],
    });
    const servers: string[] = [];
    for (let number = 1; number <= 1 + postgres.readers; number += 1) {
      const server = new RdsClusterInstance(this, `server-${number}`, {
        identifier: `${identifier}-${number}`,
        clusterIdentifier: cluster.id,
        engine,
        instanceClass: "db.serverless",
        applyImmediately: postgres.applyImmediately,
        autoMinorVersionUpgrade: postgres.autoMinorVersionUpgrade,
        // Aurora keeps instances in tiers 0 and 1 at the capacity of the writer, ready for a failover.
        promotionTier: number <= 2 ? 0 : 2,
        publiclyAccessible: false,
        ...insightsOf(postgres),
        preferredMaintenanceWindow: postgres.maintenanceWindow,
        copyTagsToSnapshot: true,
      });
      servers.push(server.identifier);
    }
    this.host = cluster.endpoint;
    this.readerHost = postgres.readers > 0 ? cluster.readerEndpoint : undefined;
    this.backupResource = { kind: "cluster", arn: cluster.arn };
    this.resourceId = cluster.clusterResourceId;
    this.secretArn = cluster.masterUserSecret.get(0).secretArn;
    this.proxyTarget = { dbClusterIdentifier: cluster.clusterIdentifier };
    this.monitoringTargets = {
      kind: "cluster",
      cluster: cluster.clusterIdentifier,
      servers,
      capacity: postgres.capacity,
    };
  }
}

/** Parameters of every server: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html */
function parametersOf({ slowQueryMilliseconds }: PostgresConfig): { name: string; value: string }[] {
  return [
    { name: "log_min_duration_statement", value: String(slowQueryMilliseconds) },
    { name: "rds.force_ssl", value: "1" },
  ];
}

/** Deletion protection and final snapshot. */
function deletionOf({ deletionProtection, finalSnapshot }: PostgresConfig, identifier: string) {
  return {
    deletionProtection,
    copyTagsToSnapshot: true,
    skipFinalSnapshot: finalSnapshot === false,
    ...(finalSnapshot !== false && { finalSnapshotIdentifier: `${identifier}-${finalSnapshot}` }),
  };
}

/** Performance Insights of one server. */
function insightsOf({ performanceInsightsRetentionDays }: PostgresConfig) {
  if (performanceInsightsRetentionDays === false) return { performanceInsightsEnabled: false };
  return { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: performanceInsightsRetentionDays };
}
