import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import type { Postgres as PostgresConfig } from "../../../schema/data/postgres";
import { databaseIdentifier, databaseLogGroupName, databaseParametersName } from "../../naming";
import {
  deletionOf,
  insightsOf,
  parametersOf,
  postgresPort,
  type PostgresServer,
  type PostgresServerProps,
} from "./server";

type ClusterConfig = Extract<PostgresConfig, { kind: "aurora-serverless" }>;

const engine = "aurora-postgresql";

/** A cluster of Aurora Serverless v2: one server that writes, and those that only read. */
export class PostgresCluster extends Construct implements PostgresServer {
  public readonly host: string;
  public readonly readerHost: string | undefined;
  public readonly resourceId: string;
  public readonly secretArn: string;
  public readonly proxyTarget: PostgresServer["proxyTarget"];
  public readonly backedUp: PostgresServer["backedUp"];
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
      // The servers leave the old group while they are upgraded, so that the new one must be there.
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
      // Also where services sign in by a password: people on the bastion need none then.
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
      // RDS would make the group itself, and keep its lines for ever.
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
        // In tiers 0 and 1 they are kept as large as the writer, and so are ready to take over.
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
    this.backedUp = { kind: "cluster", arn: cluster.arn };
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
