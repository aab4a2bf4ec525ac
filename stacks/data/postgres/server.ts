import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import type { DbProxyTargetConfig } from "@cdktf/provider-aws/lib/db-proxy-target";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import type { ITerraformDependable } from "cdktf";
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
  /** What answers at the host, for `dependsOn` of what connects to it. @default - the server itself, by its host */
  readonly instances?: readonly ITerraformDependable[];
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
    const { stage, postgres } = props;
    const identifier = databaseIdentifier(stage);
    const family = `postgres${postgres.engineVersion}`;
    const parameters = new DbParameterGroup(this, "parameter-group", parameterGroupOf(stage, postgres, family));
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: databaseLogGroupName("instance", identifier),
      retentionInDays: postgres.logRetentionDays,
    });
    const instance = new DbInstance(this, "instance", {
      ...serverSettings(props, identifier),
      identifier,
      engine: "postgres",
      autoMinorVersionUpgrade: postgres.autoMinorVersionUpgrade,
      instanceClass: postgres.instanceClass,
      storageType: "gp3",
      allocatedStorage: postgres.storage.allocatedGiB,
      maxAllocatedStorage: postgres.storage.maximumGiB,
      multiAz: postgres.multiAz,
      dbName: postgres.databaseName,
      username: postgres.masterUsername,
      publiclyAccessible: false,
      parameterGroupName: parameters.name,
      backupWindow: postgres.backupWindow,
      maintenanceWindow: postgres.maintenanceWindow,
      ...insightsOf(postgres),
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
  public readonly instances: readonly ITerraformDependable[];
  public readonly proxyTarget: PostgresServer["proxyTarget"];
  public readonly backupResource: PostgresServer["backupResource"];
  public readonly monitoringTargets: PostgresServer["monitoringTargets"];

  constructor(scope: Construct, id: string, props: PostgresServerProps<ClusterConfig>) {
    super(scope, id);
    const { stage, postgres } = props;
    const identifier = databaseIdentifier(stage);
    const family = `${engine}${postgres.engineVersion}`;
    const parameters = new RdsClusterParameterGroup(this, "parameter-group", parameterGroupOf(stage, postgres, family));
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: databaseLogGroupName("cluster", identifier),
      retentionInDays: postgres.logRetentionDays,
    });
    const cluster = new RdsCluster(this, "cluster", {
      ...serverSettings(props, identifier),
      clusterIdentifier: identifier,
      engine,
      serverlessv2ScalingConfiguration: {
        minCapacity: postgres.capacity.minimum,
        maxCapacity: postgres.capacity.maximum,
      },
      databaseName: postgres.databaseName,
      masterUsername: postgres.masterUsername,
      dbClusterParameterGroupName: parameters.name,
      preferredBackupWindow: postgres.backupWindow,
      preferredMaintenanceWindow: postgres.maintenanceWindow,
      // RDS would otherwise create the group, without retention.
      dependsOn: [logGroup],
    });
    const servers = Array.from({ length: 1 + postgres.readers }, (_, index) => {
      const number = index + 1;
      return new RdsClusterInstance(this, `server-${number}`, {
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
    });
    this.instances = servers;
    this.host = cluster.endpoint;
    this.readerHost = postgres.readers > 0 ? cluster.readerEndpoint : undefined;
    this.backupResource = { kind: "cluster", arn: cluster.arn };
    this.resourceId = cluster.clusterResourceId;
    this.secretArn = cluster.masterUserSecret.get(0).secretArn;
    this.proxyTarget = { dbClusterIdentifier: cluster.clusterIdentifier };
    this.monitoringTargets = {
      kind: "cluster",
      cluster: cluster.clusterIdentifier,
      servers: servers.map((server) => server.identifier),
      capacity: postgres.capacity,
    };
  }
}

/** Parameters of every server: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html */
function parameterGroupOf(stage: Named, { slowQueryMilliseconds }: PostgresConfig, family: string) {
  return {
    name: databaseParametersName(stage, family),
    family,
    parameter: [
      { name: "log_min_duration_statement", value: String(slowQueryMilliseconds) },
      // AWS keeps the method of a parameter whose value is the default, as this one's is from PostgreSQL 15 on.
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
      { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
    ],
    // A major version upgrade needs the new group while the old one is still in use.
    lifecycle: { createBeforeDestroy: true },
  };
}

/** Settings that an instance and a cluster share: upgrades, encryption, access, log, deletion and restore. */
function serverSettings(props: PostgresServerProps<PostgresConfig>, identifier: string) {
  const { postgres, subnetGroupName, securityGroupId } = props;
  const { deletionProtection, finalSnapshot, restoreFrom } = postgres;
  return {
    engineVersion: postgres.engineVersion,
    allowMajorVersionUpgrade: true,
    applyImmediately: postgres.applyImmediately,
    storageEncrypted: true,
    manageMasterUserPassword: true,
    // Also when services use the password, so that operators on the bastion need none.
    iamDatabaseAuthenticationEnabled: true,
    port: postgresPort,
    dbSubnetGroupName: subnetGroupName,
    vpcSecurityGroupIds: [securityGroupId],
    backupRetentionPeriod: postgres.backupRetentionDays,
    enabledCloudwatchLogsExports: ["postgresql"],
    deletionProtection,
    copyTagsToSnapshot: true,
    skipFinalSnapshot: finalSnapshot === false,
    ...(finalSnapshot !== false && { finalSnapshotIdentifier: `${identifier}-${finalSnapshot}` }),
    ...(restoreFrom !== undefined && { snapshotIdentifier: restoreFrom }),
  };
}

/** Performance Insights of one server. */
function insightsOf({ performanceInsightsRetentionDays }: PostgresConfig) {
  if (performanceInsightsRetentionDays === false) return { performanceInsightsEnabled: false };
  return { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: performanceInsightsRetentionDays };
}
