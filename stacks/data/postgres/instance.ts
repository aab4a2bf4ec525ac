import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
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

type InstanceConfig = Extract<PostgresConfig, { kind: "instance" }>;

/** One server of RDS, with a second one in another zone when asked for. */
export class PostgresInstance extends Construct implements PostgresServer {
  public readonly host: string;
  public readonly resourceId: string;
  public readonly secretArn: string;
  public readonly proxyTarget: PostgresServer["proxyTarget"];
  public readonly backedUp: PostgresServer["backedUp"];
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
      // The server leaves the old group while it is upgraded, so that the new one must be there.
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
      // Also where services sign in by a password: people on the bastion need none then.
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
      // RDS would make the group itself, and keep its lines for ever.
      dependsOn: [logGroup],
    });
    this.host = instance.address;
    this.backedUp = { kind: "instance", arn: instance.arn };
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
