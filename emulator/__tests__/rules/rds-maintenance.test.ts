import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  RDSClient,
  RebootDBInstanceCommand,
  type DBInstance,
  type ModifyDBInstanceCommandInput,
} from "@aws-sdk/client-rds";
import { emulatorForSuite } from "../running-emulator";

type Settings = Omit<ModifyDBInstanceCommandInput, "DBInstanceIdentifier">;

describe("the maintenance window of RDS", () => {
  const aws = emulatorForSuite();
  const rds = () => new RDSClient(aws.client());
  let count = 0;

  const create = async (settings = {}): Promise<string> => {
    const DBInstanceIdentifier = `own-${++count}`;
    await rds().send(new CreateDBInstanceCommand({ ...instance, DBInstanceIdentifier, ...settings }));
    return DBInstanceIdentifier;
  };
  const modify = async (DBInstanceIdentifier: string, settings: Settings): Promise<DBInstance> => {
    const { DBInstance = {} } = await rds().send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, ...settings }));
    return DBInstance;
  };
  const read = async (DBInstanceIdentifier: string): Promise<DBInstance> =>
    (await rds().send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }))).DBInstances?.[0] ?? {};
  const createGroup = async (family: string): Promise<string> => {
    const DBParameterGroupName = `own-${++count}`;
    const group = { DBParameterGroupName, DBParameterGroupFamily: family, Description: "own" };
    await rds().send(new CreateDBParameterGroupCommand(group));
    return DBParameterGroupName;
  };
  const set = (DBParameterGroupName: string, name: string, value: string, method: "immediate" | "pending-reboot") => {
    const Parameters = [{ ParameterName: name, ParameterValue: value, ApplyMethod: method }];
    return rds().send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
  };
  const applyStatus = async (identifier: string) =>
    (await read(identifier)).DBParameterGroups?.[0]?.ParameterApplyStatus;

  it("keeps the old class until the window opens", async () => {
    const identifier = await create();
    const modified = await modify(identifier, { DBInstanceClass: "db.m6g.large" });
    expect(modified.PendingModifiedValues).toEqual({ DBInstanceClass: "db.m6g.large" });
    const pending = await read(identifier);
    expect(pending.DBInstanceClass).toBe("db.t4g.micro");
    expect(pending.PendingModifiedValues).toEqual({ DBInstanceClass: "db.m6g.large" });
    await aws.openMaintenanceWindow();
    const changed = await read(identifier);
    expect(changed.DBInstanceClass).toBe("db.m6g.large");
    expect(changed.PendingModifiedValues).toEqual({});
  });

  it("makes all pending changes with a change that is applied immediately", async () => {
    const identifier = await create();
    await modify(identifier, { EngineVersion: "16.4", MultiAZ: true });
    await modify(identifier, { AllocatedStorage: 50, ApplyImmediately: true });
    const { EngineVersion, MultiAZ, AllocatedStorage, PendingModifiedValues } = await read(identifier);
    expect([EngineVersion, MultiAZ, AllocatedStorage]).toEqual(["16.4", true, 50]);
    expect(PendingModifiedValues).toEqual({});
  });

  it("makes changes immediately that wait for no window", async () => {
    const identifier = await create();
    await modify(identifier, { DeletionProtection: true, BackupRetentionPeriod: 14, AutoMinorVersionUpgrade: false });
    const { DeletionProtection, BackupRetentionPeriod, AutoMinorVersionUpgrade } = await read(identifier);
    expect([DeletionProtection, BackupRetentionPeriod, AutoMinorVersionUpgrade]).toEqual([true, 14, false]);
  });

  it("turns backups off in the window only", async () => {
    const identifier = await create();
    await modify(identifier, { BackupRetentionPeriod: 0 });
    expect((await read(identifier)).PendingModifiedValues).toEqual({ BackupRetentionPeriod: 0 });
    await aws.openMaintenanceWindow();
    expect((await read(identifier)).BackupRetentionPeriod).toBe(0);
  });

  it("withdraws a pending change by a change to the current value", async () => {
    const identifier = await create();
    await modify(identifier, { DBInstanceClass: "db.m6g.large" });
    await modify(identifier, { DBInstanceClass: "db.t4g.micro" });
    expect((await read(identifier)).PendingModifiedValues).toEqual({});
    await aws.openMaintenanceWindow();
    expect((await read(identifier)).DBInstanceClass).toBe("db.t4g.micro");
  });

  it("upgrades a cluster in the window", async () => {
    const DBClusterIdentifier = "own";
    await rds().send(new CreateDBClusterCommand({ ...cluster, DBClusterIdentifier }));
    await rds().send(new ModifyDBClusterCommand({ DBClusterIdentifier, EngineVersion: "16.6" }));
    const read = async () =>
      (await rds().send(new DescribeDBClustersCommand({ DBClusterIdentifier }))).DBClusters?.[0] ?? {};
    expect((await read()).EngineVersion).toBe("16.4");
    expect((await read()).PendingModifiedValues).toEqual({ EngineVersion: "16.6" });
    await aws.openMaintenanceWindow();
    expect((await read()).EngineVersion).toBe("16.6");
  });

  it("changes the IAM authentication of a cluster in the window", async () => {
    const DBClusterIdentifier = "iam";
    const isEnabled = async () => {
      const { DBClusters = [] } = await rds().send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
      return DBClusters[0]?.IAMDatabaseAuthenticationEnabled;
    };
    await rds().send(new CreateDBClusterCommand({ ...cluster, DBClusterIdentifier }));
    await rds().send(new ModifyDBClusterCommand({ DBClusterIdentifier, EnableIAMDatabaseAuthentication: true }));
    expect(await isEnabled()).toBe(false);
    await aws.openMaintenanceWindow();
    expect(await isEnabled()).toBe(true);
  });

  it("keeps the resource id of an instance that is renamed", async () => {
    const identifier = await create();
    const { DbiResourceId } = await read(identifier);
    await modify(identifier, { NewDBInstanceIdentifier: "renamed" });
    expect((await read(identifier)).DbiResourceId).toBe(DbiResourceId);
    await aws.openMaintenanceWindow();
    expect((await read("renamed")).DbiResourceId).toBe(DbiResourceId);
  });

  it("applies static parameters at a reboot, not in the window", async () => {
    const group = await createGroup("postgres16");
    const identifier = await create({ DBParameterGroupName: group });
    expect(await applyStatus(identifier)).toBe("in-sync");
    await set(group, "max_connections", "200", "pending-reboot");
    await aws.openMaintenanceWindow();
    expect(await applyStatus(identifier)).toBe("pending-reboot");
    await rds().send(new RebootDBInstanceCommand({ DBInstanceIdentifier: identifier }));
    expect(await applyStatus(identifier)).toBe("in-sync");
  });

  it("applies static parameters with a change of the class, which restarts the instance", async () => {
    const group = await createGroup("postgres16");
    const identifier = await create({ DBParameterGroupName: group });
    await set(group, "max_connections", "200", "pending-reboot");
    await modify(identifier, { DBInstanceClass: "db.m6g.large" });
    expect(await applyStatus(identifier)).toBe("pending-reboot");
    await aws.openMaintenanceWindow();
    expect(await applyStatus(identifier)).toBe("in-sync");
  });

  it("uses another parameter group at the next reboot", async () => {
    const identifier = await create();
    await modify(identifier, { DBParameterGroupName: await createGroup("postgres16"), ApplyImmediately: true });
    expect(await applyStatus(identifier)).toBe("pending-reboot");
  });

  it("keeps the apply method of a parameter whose value is the engine's default", async () => {
    const group = await createGroup("postgres16");
    await set(group, "rds.force_ssl", "1", "immediate");
    const { Parameters } = await rds().send(new DescribeDBParametersCommand({ DBParameterGroupName: group }));
    expect(Parameters).toMatchObject([
      { ParameterName: "rds.force_ssl", ApplyMethod: "pending-reboot", Source: "system" },
    ]);
  });

  it("stores another apply method only with another value", async () => {
    const group = await createGroup("postgres16");
    const method = async () => {
      const { Parameters } = await rds().send(new DescribeDBParametersCommand({ DBParameterGroupName: group }));
      return Parameters?.[0]?.ApplyMethod;
    };
    await set(group, "log_min_duration_statement", "100", "immediate");
    await set(group, "log_min_duration_statement", "100", "pending-reboot");
    expect(await method()).toBe("immediate");
    await set(group, "log_min_duration_statement", "200", "pending-reboot");
    expect(await method()).toBe("pending-reboot");
  });
});

const instance = {
  Engine: "postgres",
  EngineVersion: "16.3",
  DBInstanceClass: "db.t4g.micro",
  AllocatedStorage: 20,
  BackupRetentionPeriod: 7,
  MasterUsername: "administrator",
  MasterUserPassword: "not-a-real-password",
} as const;

const cluster = {
  Engine: "aurora-postgresql",
  EngineVersion: "16.4",
  MasterUsername: "administrator",
  MasterUserPassword: "not-a-real-password",
} as const;
