import {
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBSnapshotCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  RestoreDBClusterFromSnapshotCommand,
  RestoreDBClusterToPointInTimeCommand,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
  StopDBInstanceCommand,
} from "@aws-sdk/client-rds";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("restorations of databases", () => {
  const aws = emulatorForSuite();
  const rds = () => new RDSClient(aws.client());
  const user = { MasterUsername: "shop", ManageMasterUserPassword: true, EngineVersion: "17.4" };

  beforeAll(async () => {
    const size = { DBInstanceClass: "db.t4g.small", AllocatedStorage: 20, BackupRetentionPeriod: 1 };
    const instance = { ...user, ...size, Engine: "postgres" };
    const DBInstanceIdentifier = "shop";
    await rds().send(new CreateDBInstanceCommand({ ...instance, DBInstanceIdentifier }));
    await rds().send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: "shop" }));
    const unsaved = { ...instance, DBInstanceIdentifier: "unsaved", BackupRetentionPeriod: 0 };
    await rds().send(new CreateDBInstanceCommand(unsaved));
    const DBClusterIdentifier = "shop";
    await rds().send(new CreateDBClusterCommand({ ...user, DBClusterIdentifier, Engine: "aurora-postgresql" }));
    await rds().send(new CreateDBClusterSnapshotCommand({ DBClusterIdentifier, DBClusterSnapshotIdentifier: "shop" }));
  });

  const restore = (DBInstanceIdentifier: string, changed = {}) =>
    rds().send(
      new RestoreDBInstanceFromDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: "shop", ...changed }),
    );
  const restoreInTime = (TargetDBInstanceIdentifier: string, changed = {}) =>
    rds().send(
      new RestoreDBInstanceToPointInTimeCommand({
        SourceDBInstanceIdentifier: "shop",
        TargetDBInstanceIdentifier,
        ...changed,
      }),
    );
  const restoreCluster = (DBClusterIdentifier: string, changed = {}) =>
    rds().send(
      new RestoreDBClusterFromSnapshotCommand({
        DBClusterIdentifier,
        SnapshotIdentifier: "shop",
        Engine: "aurora-postgresql",
        ...changed,
      }),
    );
  const latest = { UseLatestRestorableTime: true };

  it("refuses a snapshot that does not exist [db-snapshot-not-found]", async () => {
    expect(await refusal(restore("lost", { DBSnapshotIdentifier: "lost" }))).toBe("DBSnapshotNotFound");
    expect(await refusal(restore("found"))).toBe("");
  });

  it("refuses the identifier of an instance that exists [db-restore-exists]", async () => {
    expect(await refusal(restore("SHOP"))).toBe("DBInstanceAlreadyExists");
    expect(await refusal(restoreInTime("shop", latest))).toBe("DBInstanceAlreadyExists");
    const replica = { SourceDBInstanceIdentifier: "shop", DBInstanceIdentifier: "unsaved" };
    expect(await refusal(rds().send(new CreateDBInstanceReadReplicaCommand(replica)))).toBe("DBInstanceAlreadyExists");
    expect(await refusal(restoreInTime("shop-2", latest))).toBe("");
  });

  it("refuses the engine of another snapshot [db-restore-engine]", async () => {
    expect(await refusal(restore("other", { Engine: "mysql" }))).toBe("InvalidParameterValue");
    expect(await refusal(restoreCluster("other", { Engine: "aurora-mysql" }))).toBe("InvalidParameterValue");
    expect(await refusal(restore("same", { Engine: "postgres" }))).toBe("");
  });

  it("refuses an engine version before that of the snapshot [db-restore-version]", async () => {
    expect(await refusal(restoreCluster("older", { EngineVersion: "16.8" }))).toBe("InvalidParameterValue");
    expect(await refusal(restoreCluster("newer", { EngineVersion: "17.5" }))).toBe("");
  });

  it("refuses a restoration to no time and to two [db-restore-time-choice]", async () => {
    expect(await refusal(restoreInTime("never"))).toBe("InvalidParameterCombination");
    const both = { ...latest, RestoreTime: new Date() };
    expect(await refusal(restoreInTime("twice", both))).toBe("InvalidParameterCombination");
    const clone = { DBClusterIdentifier: "clone", SourceDBClusterIdentifier: "shop", RestoreType: "copy-on-write" };
    expect(await refusal(rds().send(new RestoreDBClusterToPointInTimeCommand(clone)))).toBe("");
  });

  it("refuses a time at which there was no database, or is none yet [db-restore-time]", async () => {
    for (const year of [2020, 2099]) {
      const RestoreTime = new Date(Date.UTC(year, 0));
      expect(await refusal(restoreInTime("early", { RestoreTime }))).toBe("InvalidRestoreFault");
    }
  });

  it("refuses a point in time of an instance without backups [db-without-backups]", async () => {
    const unsaved = { ...latest, SourceDBInstanceIdentifier: "unsaved" };
    expect(await refusal(restoreInTime("unsaved-2", unsaved))).toBe("PointInTimeRestoreNotEnabled");
  });

  it("refuses a read replica of an instance without backups [db-replica-without-backups]", async () => {
    const replica = (SourceDBInstanceIdentifier: string) =>
      rds().send(
        new CreateDBInstanceReadReplicaCommand({
          SourceDBInstanceIdentifier,
          DBInstanceIdentifier: `${SourceDBInstanceIdentifier}-replica`,
        }),
      );
    expect(await refusal(replica("unsaved"))).toBe("InvalidDBInstanceState");
    expect(await refusal(replica("shop"))).toBe("");
    const change = { DBInstanceIdentifier: "unsaved", BackupRetentionPeriod: 1, ApplyImmediately: true };
    await rds().send(new ModifyDBInstanceCommand(change));
    expect(await refusal(replica("unsaved"))).toBe("");
  });

  it("refuses logs that the engine of the source does not have [db-log-types]", async () => {
    const logs = (type: string) => ({ EnableCloudwatchLogsExports: [type] });
    expect(await refusal(restore("logs", logs("slowquery")))).toBe("InvalidParameterCombination");
    expect(await refusal(restoreInTime("logs", { ...latest, ...logs("slowquery") }))).toBe(
      "InvalidParameterCombination",
    );
    expect(await refusal(restoreCluster("logs", logs("upgrade")))).toBe("InvalidParameterCombination");
    expect(await refusal(restore("logs", logs("upgrade")))).toBe("");
    expect(await refusal(restoreInTime("logs-2", { ...latest, ...logs("postgresql") }))).toBe("");
  });

  it("refuses to end the backups of a source of read replicas, and to stop it [db-replica-source-without-backups] [db-replica-stopped]", async () => {
    await restore("source", { BackupRetentionPeriod: 1 });
    const backup = (BackupRetentionPeriod: number) =>
      rds().send(
        new ModifyDBInstanceCommand({
          DBInstanceIdentifier: "source",
          BackupRetentionPeriod,
          ApplyImmediately: true,
        }),
      );
    await backup(2);
    const replica = { SourceDBInstanceIdentifier: "source", DBInstanceIdentifier: "copy" };
    await rds().send(new CreateDBInstanceReadReplicaCommand(replica));
    const stop = (DBInstanceIdentifier: string) => rds().send(new StopDBInstanceCommand({ DBInstanceIdentifier }));
    expect(await refusal(backup(0))).toBe("InvalidParameterValue");
    expect(await refusal(stop("source"))).toBe("InvalidDBInstanceState");
    expect(await refusal(stop("copy"))).toBe("InvalidDBInstanceState");
    expect(await refusal(backup(3))).toBe("");
    expect(await refusal(stop("found"))).toBe("");
  });
});
