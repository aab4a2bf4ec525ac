import {
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  RestoreDBClusterFromSnapshotCommand,
  RestoreDBClusterToPointInTimeCommand,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from "@aws-sdk/client-rds";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { emulatorForSuite, refusal } from "../running-emulator";

const settings = {
  EngineVersion: "17",
  MasterUsername: "shop",
  ManageMasterUserPassword: true,
  StorageEncrypted: true,
};

describe("databases that are restored from snapshots", () => {
  const aws = emulatorForSuite();
  const rds = () => new RDSClient(aws.client());

  beforeAll(async () => {
    const DBInstanceIdentifier = "old";
    const DBClusterIdentifier = "old";
    const size = { DBInstanceClass: "db.t4g.small", AllocatedStorage: 20 };
    await rds().send(new CreateDBInstanceCommand({ ...settings, ...size, DBInstanceIdentifier, Engine: "postgres" }));
    await rds().send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: "kept" }));
    await rds().send(new CreateDBClusterCommand({ ...settings, DBClusterIdentifier, Engine: "aurora-postgresql" }));
    await rds().send(new CreateDBClusterSnapshotCommand({ DBClusterIdentifier, DBClusterSnapshotIdentifier: "kept" }));
  });

  const restoreCluster = (DBClusterIdentifier: string, SnapshotIdentifier: string) =>
    rds().send(
      new RestoreDBClusterFromSnapshotCommand({
        DBClusterIdentifier,
        SnapshotIdentifier,
        Engine: "aurora-postgresql",
        ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 2 },
      }),
    );

  const restoreInstance = (DBInstanceIdentifier: string, changed = {}) =>
    rds().send(
      new RestoreDBInstanceFromDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: "kept", ...changed }),
    );

  it("have the same resource id after the restoration of an instance as in its description", async () => {
    const { DBInstance } = await restoreInstance("new");
    const Filters = [{ Name: "dbi-resource-id", Values: [DBInstance?.DbiResourceId ?? ""] }];
    const { DBInstances = [] } = await rds().send(new DescribeDBInstancesCommand({ Filters }));
    expect(DBInstances.map((each) => each.DBInstanceIdentifier)).toEqual(["new"]);
  });

  it.each(["kept", "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:kept"])(
    "have user and encryption of the cluster whose snapshot is %s, and a capacity of their own",
    async (snapshot) => {
      const { DBCluster } = await restoreCluster(snapshot === "kept" ? "by-name" : "by-arn", snapshot);
      expect(DBCluster).toMatchObject({
        MasterUsername: "shop",
        StorageEncrypted: true,
        ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 2 },
      });
    },
  );

  it("have a password that RDS manages once a change requests it", async () => {
    const change = { ManageMasterUserPassword: true, ApplyImmediately: true };
    const { DBCluster } = await restoreCluster("managed", "kept");
    const { DBInstance } = await restoreInstance("managed");
    expect([DBCluster?.MasterUserSecret, DBInstance?.MasterUserSecret]).toEqual([undefined, undefined]);
    const { DBCluster: changedCluster } = await rds().send(
      new ModifyDBClusterCommand({ DBClusterIdentifier: "managed", ...change }),
    );
    const { DBInstance: changedInstance } = await rds().send(
      new ModifyDBInstanceCommand({ DBInstanceIdentifier: "managed", ...change }),
    );
    expect(changedCluster?.MasterUserSecret?.SecretArn).toContain(":secret:rds!cluster");
    expect(changedInstance?.MasterUserSecret?.SecretArn).toContain(":secret:rds!db");
  });

  it("leave no secret behind after their deletion", async () => {
    const secrets = async () => {
      const { SecretList = [] } = await new SecretsManagerClient(aws.client()).send(new ListSecretsCommand({}));
      return SecretList.length;
    };
    const before = await secrets();
    const DBInstanceIdentifier = "deleted";
    await restoreInstance(DBInstanceIdentifier);
    const change = { DBInstanceIdentifier, ManageMasterUserPassword: true, ApplyImmediately: true };
    await rds().send(new ModifyDBInstanceCommand(change));
    await rds().send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
    expect(await secrets()).toBe(before);
  });

  it("have no deletion protection of their source", async () => {
    const size = { DBInstanceClass: "db.t4g.small", AllocatedStorage: 20, DeletionProtection: true };
    const DBInstanceIdentifier = "protected";
    await rds().send(new CreateDBInstanceCommand({ ...settings, ...size, DBInstanceIdentifier, Engine: "postgres" }));
    await rds().send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: "protected" }));
    const cluster = { DBClusterIdentifier: "protected", Engine: "aurora-postgresql", DeletionProtection: true };
    await rds().send(new CreateDBClusterCommand({ ...settings, ...cluster }));
    const restored = await Promise.all([
      restoreInstance("from-protected", { DBSnapshotIdentifier: "protected" }),
      rds().send(
        new RestoreDBInstanceToPointInTimeCommand({
          SourceDBInstanceIdentifier: "protected",
          TargetDBInstanceIdentifier: "protected-in-time",
          UseLatestRestorableTime: true,
        }),
      ),
      restoreInstance("protected-again", { DBSnapshotIdentifier: "protected", DeletionProtection: true }),
    ]);
    expect(restored.map(({ DBInstance }) => DBInstance?.DeletionProtection)).toEqual([false, false, true]);
    const { DBCluster } = await rds().send(
      new RestoreDBClusterToPointInTimeCommand({
        SourceDBClusterIdentifier: "protected",
        DBClusterIdentifier: "protected-in-time",
        UseLatestRestorableTime: true,
      }),
    );
    expect(DBCluster?.DeletionProtection).toBe(false);
  });

  it("have the engine version of their snapshot", async () => {
    const { DBCluster } = await restoreCluster("same-version", "kept");
    expect(DBCluster?.EngineVersion).toBe("17");
  });

  it("are clusters of Aurora, when the ARN is that of an instance's snapshot", async () => {
    const { DBCluster } = await restoreCluster("migrated", "arn:aws:rds:us-east-1:111122223333:snapshot:kept");
    expect(DBCluster).toMatchObject({
      Engine: "aurora-postgresql",
      EngineVersion: "17",
      MasterUsername: "shop",
      StorageEncrypted: true,
    });
    const mysql = { ...settings, EngineVersion: "8.0.39", Engine: "mysql", DBInstanceIdentifier: "mysql" };
    const size = { DBInstanceClass: "db.t4g.small", AllocatedStorage: 20 };
    await rds().send(new CreateDBInstanceCommand({ ...mysql, ...size }));
    const names = { DBInstanceIdentifier: "mysql", DBSnapshotIdentifier: "mysql" };
    const { DBSnapshot } = await rds().send(new CreateDBSnapshotCommand(names));
    const migrate = (DBClusterIdentifier: string, EngineVersion?: string) =>
      rds().send(
        new RestoreDBClusterFromSnapshotCommand({
          DBClusterIdentifier,
          EngineVersion,
          Engine: "aurora-mysql",
          SnapshotIdentifier: DBSnapshot?.DBSnapshotArn,
        }),
      );
    const { DBCluster: migrated } = await migrate("migrated-mysql");
    expect(migrated?.EngineVersion).toContain("mysql_aurora");
    const { DBCluster: versioned } = await migrate("versioned-mysql", "8.0.mysql_aurora.3.08.1");
    expect(versioned?.EngineVersion).toBe("8.0.mysql_aurora.3.08.1");
  });

  it("are refused without their snapshot", async () => {
    expect(await refusal(restoreCluster("none", "unknown"))).toBe("DBClusterSnapshotNotFoundFault");
  });
});
