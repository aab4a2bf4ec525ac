import { EC2Client, CreateSubnetCommand, CreateVpcCommand } from "@aws-sdk/client-ec2";
import {
  CreateDBClusterCommand,
  CreateDBClusterParameterGroupCommand,
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBProxyCommand,
  CreateDBSnapshotCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBClusterCommand,
  DeleteDBClusterParameterGroupCommand,
  DeleteDBInstanceCommand,
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBParameterGroupsCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  RDSClient,
  RegisterDBProxyTargetsCommand,
  type CreateDBInstanceCommandInput,
  type ModifyDBInstanceCommandInput,
} from "@aws-sdk/client-rds";
import { isStatic } from "../../rules/rds/static-parameters";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("RDS", () => {
  const aws = emulatorForSuite({ quotas: { vpcs: 20 } });
  const rds = () => new RDSClient(aws.client());
  let count = 0;
  const name = (): string => `own-${++count}`;

  const create = async (settings: Partial<CreateDBInstanceCommandInput> = {}): Promise<string> => {
    const DBInstanceIdentifier = settings.DBInstanceIdentifier ?? name();
    const input = { ...instance, DBInstanceIdentifier, ...settings };
    await rds().send(new CreateDBInstanceCommand(input));
    return DBInstanceIdentifier;
  };
  const modify = (settings: ModifyDBInstanceCommandInput) => rds().send(new ModifyDBInstanceCommand(settings));
  const remove = (DBInstanceIdentifier: string) =>
    rds().send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
  const createGroup = async (DBParameterGroupFamily: string): Promise<string> => {
    const DBParameterGroupName = name();
    const input = { DBParameterGroupName, DBParameterGroupFamily, Description: "own" };
    await rds().send(new CreateDBParameterGroupCommand(input));
    return DBParameterGroupName;
  };
  const deleteGroup = (DBParameterGroupName: string) =>
    rds().send(new DeleteDBParameterGroupCommand({ DBParameterGroupName }));
  const createCluster = async (DBClusterIdentifier = name(), settings = {}): Promise<string> => {
    const input = { ...cluster, DBClusterIdentifier, ...settings };
    await rds().send(new CreateDBClusterCommand(input));
    return DBClusterIdentifier;
  };
  const subnets = async (...zones: readonly string[]): Promise<string[]> => {
    const ec2 = new EC2Client(aws.client());
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const created = zones.map((AvailabilityZone, index) =>
      ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone })),
    );
    return (await Promise.all(created)).map(({ Subnet }) => Subnet?.SubnetId ?? "");
  };
  const createSubnetGroup = async (SubnetIds: string[], DBSubnetGroupName = name()): Promise<string> => {
    await rds().send(new CreateDBSubnetGroupCommand({ DBSubnetGroupName, DBSubnetGroupDescription: "own", SubnetIds }));
    return DBSubnetGroupName;
  };

  it("refuses a second instance with an identifier [db-instance-exists]", async () => {
    const identifier = await create();
    expect(await refusal(create({ DBInstanceIdentifier: identifier }))).toBe("DBInstanceAlreadyExists");
    await remove(identifier);
    expect(await refusal(create({ DBInstanceIdentifier: identifier }))).toBe("");
  });

  it("refuses a second cluster with an identifier [db-cluster-exists]", async () => {
    const identifier = await createCluster();
    expect(await refusal(createCluster(identifier))).toBe("DBClusterAlreadyExistsFault");
    expect(await refusal(createCluster())).toBe("");
  });

  it("refuses to modify a cluster that does not exist [db-cluster-not-found]", async () => {
    const change = (DBClusterIdentifier: string) =>
      rds().send(new ModifyDBClusterCommand({ DBClusterIdentifier, BackupRetentionPeriod: 7, ApplyImmediately: true }));
    expect(await refusal(change("unknown"))).toBe("DBClusterNotFoundFault");
    expect(await refusal(change(await createCluster()))).toBe("");
  });

  it("refuses a cluster that does not exist as the target of a proxy [db-proxy-target-not-found]", async () => {
    const DBProxyName = name();
    const VpcSubnetIds = await subnets("us-east-1a", "us-east-1b");
    const SecretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:own-AbCdEf";
    const access = { Auth: [{ SecretArn }], RoleArn: "arn:aws:iam::111122223333:role/own", VpcSubnetIds };
    await rds().send(new CreateDBProxyCommand({ DBProxyName, EngineFamily: "POSTGRESQL", ...access }));
    const register = (cluster: string) =>
      rds().send(new RegisterDBProxyTargetsCommand({ DBProxyName, DBClusterIdentifiers: [cluster] }));
    expect(await refusal(register("unknown"))).toBe("DBClusterNotFoundFault");
    expect(await refusal(register(await createCluster()))).toBe("");
  });

  it("refuses a final snapshot whose name exists [final-snapshot-exists]", async () => {
    const identifier = await create();
    const snapshot = name();
    await rds().send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: identifier, DBSnapshotIdentifier: snapshot }));
    const end = (FinalDBSnapshotIdentifier: string) =>
      rds().send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: identifier, FinalDBSnapshotIdentifier }));
    expect(await refusal(end(snapshot))).toBe("DBSnapshotAlreadyExists");
    expect(await refusal(end(name()))).toBe("");
  });

  it("refuses a final cluster snapshot whose name exists [final-cluster-snapshot-exists]", async () => {
    const snapshot = name();
    const end = (DBClusterIdentifier: string, FinalDBSnapshotIdentifier: string) =>
      rds().send(new DeleteDBClusterCommand({ DBClusterIdentifier, FinalDBSnapshotIdentifier }));
    expect(await refusal(end(await createCluster(), snapshot))).toBe("");
    expect(await refusal(end(await createCluster(), snapshot))).toBe("DBClusterSnapshotAlreadyExistsFault");
  });

  it("refuses to delete an instance without saying what becomes of its data [final-snapshot-of-instance]", async () => {
    const DBInstanceIdentifier = await create();
    const end = (settings = {}) => rds().send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, ...settings }));
    expect(await refusal(end())).toBe("InvalidParameterCombination");
    const both = { SkipFinalSnapshot: true, FinalDBSnapshotIdentifier: name() };
    expect(await refusal(end(both))).toBe("InvalidParameterCombination");
    expect(await refusal(end({ FinalDBSnapshotIdentifier: name() }))).toBe("");
  });

  it("deletes an instance of a cluster without a snapshot [final-snapshot-of-instance]", async () => {
    const DBClusterIdentifier = await createCluster();
    const DBInstanceIdentifier = name();
    const member = { Engine: cluster.Engine, DBInstanceClass: "db.r6g.large" };
    await rds().send(new CreateDBInstanceCommand({ ...member, DBInstanceIdentifier, DBClusterIdentifier }));
    expect(await refusal(rds().send(new DeleteDBInstanceCommand({ DBInstanceIdentifier })))).toBe("");
  });

  it("refuses to delete a cluster without saying what becomes of its data [final-snapshot-of-cluster]", async () => {
    const DBClusterIdentifier = await createCluster();
    const end = (settings = {}) => rds().send(new DeleteDBClusterCommand({ DBClusterIdentifier, ...settings }));
    expect(await refusal(end())).toBe("InvalidParameterCombination");
    expect(await refusal(end({ SkipFinalSnapshot: true }))).toBe("");
  });

  it("refuses to delete a cluster that has instances [db-cluster-has-instances]", async () => {
    const DBClusterIdentifier = await createCluster();
    const DBInstanceIdentifier = name();
    const member = { Engine: cluster.Engine, DBInstanceClass: "db.r6g.large" };
    await rds().send(new CreateDBInstanceCommand({ ...member, DBInstanceIdentifier, DBClusterIdentifier }));
    const end = () => rds().send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }));
    expect(await refusal(end())).toBe("InvalidDBClusterStateFault");
    await rds().send(new DeleteDBInstanceCommand({ DBInstanceIdentifier }));
    expect(await refusal(end())).toBe("");
  });

  it("refuses to delete a protected instance [db-deletion-protection]", async () => {
    const DBInstanceIdentifier = await create({ DeletionProtection: true });
    expect(await refusal(remove(DBInstanceIdentifier))).toBe("InvalidParameterCombination");
    await modify({ DBInstanceIdentifier, DeletionProtection: false });
    expect(await refusal(remove(DBInstanceIdentifier))).toBe("");
  });

  it("refuses to delete a protected cluster [db-cluster-deletion-protection]", async () => {
    const DBClusterIdentifier = await createCluster(name(), { DeletionProtection: true });
    const end = () => rds().send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }));
    expect(await refusal(end())).toBe("InvalidParameterCombination");
    await rds().send(new ModifyDBClusterCommand({ DBClusterIdentifier, DeletionProtection: false }));
    expect(await refusal(end())).toBe("");
  });

  it("refuses to delete a parameter group in use [db-parameter-group-in-use]", async () => {
    const group = await createGroup("postgres16");
    const identifier = await create({ DBParameterGroupName: group });
    expect(await refusal(deleteGroup(group))).toBe("InvalidDBParameterGroupState");
    await remove(identifier);
    expect(await refusal(deleteGroup(group))).toBe("");
  });

  it("refuses to delete the parameter group that a pending upgrade leaves [db-parameter-group-in-use]", async () => {
    const [before, after] = [await createGroup("postgres16"), await createGroup("postgres17")];
    const DBInstanceIdentifier = await create({ DBParameterGroupName: before });
    const upgrade = { EngineVersion: "17.4", AllowMajorVersionUpgrade: true, DBParameterGroupName: after };
    await modify({ DBInstanceIdentifier, ...upgrade });
    expect(await refusal(deleteGroup(before))).toBe("InvalidDBParameterGroupState");
    await aws.openMaintenanceWindow();
    expect(await refusal(deleteGroup(before))).toBe("");
    expect(await refusal(deleteGroup(after))).toBe("InvalidDBParameterGroupState");
  });

  it("refuses to delete a cluster parameter group in use [db-cluster-parameter-group-in-use]", async () => {
    const DBClusterParameterGroupName = name();
    const group = { DBClusterParameterGroupName, DBParameterGroupFamily: "aurora-postgresql16", Description: "own" };
    await rds().send(new CreateDBClusterParameterGroupCommand(group));
    const DBClusterIdentifier = await createCluster(name(), { DBClusterParameterGroupName });
    const end = () => rds().send(new DeleteDBClusterParameterGroupCommand({ DBClusterParameterGroupName }));
    expect(await refusal(end())).toBe("InvalidDBParameterGroupState");
    await rds().send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }));
    expect(await refusal(end())).toBe("");
  });

  it("refuses a second cluster parameter group with a name [db-cluster-parameter-group-exists]", async () => {
    const DBClusterParameterGroupName = name();
    const group = { DBClusterParameterGroupName, DBParameterGroupFamily: "aurora-postgresql16", Description: "own" };
    const put = () => rds().send(new CreateDBClusterParameterGroupCommand(group));
    expect(await refusal(put())).toBe("");
    expect(await refusal(put())).toBe("DBParameterGroupAlreadyExists");
  });

  it("refuses to change or delete a default parameter group [default-parameter-group]", async () => {
    await create();
    const { DBParameterGroups = [] } = await rds().send(new DescribeDBParameterGroupsCommand({}));
    expect(DBParameterGroups.map(({ DBParameterGroupName }) => DBParameterGroupName)).toContain("default.postgres16");
    expect(await refusal(deleteGroup("default.postgres16"))).toBe("InvalidDBParameterGroupState");
  });

  it("refuses to delete a subnet group in use [db-subnet-group-in-use]", async () => {
    const group = await createSubnetGroup(await subnets("us-east-1a", "us-east-1b"));
    const identifier = await create({ DBSubnetGroupName: group });
    const end = () => rds().send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: group }));
    expect(await refusal(end())).toBe("InvalidDBSubnetGroupStateFault");
    await remove(identifier);
    expect(await refusal(end())).toBe("");
  });

  it("refuses to delete a subnet group of a cluster [db-subnet-group-in-use]", async () => {
    const DBSubnetGroupName = await createSubnetGroup(await subnets("us-east-1a", "us-east-1b"));
    await createCluster(name(), { DBSubnetGroupName });
    const end = () => rds().send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName }));
    expect(await refusal(end())).toBe("InvalidDBSubnetGroupStateFault");
  });

  it("refuses a second subnet group with a name [db-subnet-group-exists]", async () => {
    const ids = await subnets("us-east-1a", "us-east-1b");
    const group = await createSubnetGroup(ids);
    expect(await refusal(createSubnetGroup(ids, group))).toBe("DBSubnetGroupAlreadyExists");
  });

  it("refuses a subnet group in one zone [db-subnet-group-zones]", async () => {
    const one = await subnets("us-east-1a", "us-east-1a");
    expect(await refusal(createSubnetGroup(one))).toBe("DBSubnetGroupDoesNotCoverEnoughAZs");
  });

  it("refuses a subnet group in two VPCs [db-subnet-group-vpc]", async () => {
    const ids = [...(await subnets("us-east-1a")), ...(await subnets("us-east-1b"))];
    expect(await refusal(createSubnetGroup(ids))).toBe("InvalidSubnet");
  });

  it("refuses to reduce storage [db-storage-shrinks]", async () => {
    const DBInstanceIdentifier = await create({ AllocatedStorage: 100 });
    const resize = (AllocatedStorage: number) =>
      modify({ DBInstanceIdentifier, AllocatedStorage, ApplyImmediately: true });
    expect(await refusal(resize(50))).toBe("InvalidParameterCombination");
    expect(await refusal(resize(200))).toBe("");
  });

  it("refuses an older engine version [db-engine-downgrade]", async () => {
    const DBInstanceIdentifier = await create();
    const upgrade = (EngineVersion: string) => modify({ DBInstanceIdentifier, EngineVersion, ApplyImmediately: true });
    expect(await refusal(upgrade("16.2"))).toBe("InvalidParameterCombination");
    expect(await refusal(upgrade("16.10"))).toBe("");
  });

  it("refuses an older engine version of a cluster [db-engine-downgrade]", async () => {
    const DBClusterIdentifier = await createCluster();
    const upgrade = (EngineVersion: string) =>
      rds().send(new ModifyDBClusterCommand({ DBClusterIdentifier, EngineVersion, ApplyImmediately: true }));
    expect(await refusal(upgrade("16.1"))).toBe("InvalidParameterCombination");
    expect(await refusal(upgrade("16.6"))).toBe("");
  });

  it("refuses a major upgrade that the caller does not allow [db-major-upgrade-not-allowed]", async () => {
    const DBInstanceIdentifier = await create();
    const upgrade = { DBInstanceIdentifier, EngineVersion: "17.4", ApplyImmediately: true };
    expect(await refusal(modify(upgrade))).toBe("InvalidParameterCombination");
    expect(await refusal(modify({ ...upgrade, AllowMajorVersionUpgrade: true }))).toBe("");
  });

  it("refuses a major upgrade that keeps the own parameter group [db-major-upgrade-without-parameter-group]", async () => {
    const DBInstanceIdentifier = await create({ DBParameterGroupName: await createGroup("postgres16") });
    const upgrade = { DBInstanceIdentifier, EngineVersion: "17.4", AllowMajorVersionUpgrade: true };
    expect(await refusal(modify(upgrade))).toBe("InvalidParameterCombination");
    const DBParameterGroupName = await createGroup("postgres17");
    expect(await refusal(modify({ ...upgrade, DBParameterGroupName }))).toBe("");
  });

  it("refuses a parameter group of another family [db-parameter-group-family]", async () => {
    const group = await createGroup("postgres15");
    expect(await refusal(create({ DBParameterGroupName: group }))).toBe("InvalidParameterCombination");
    const DBInstanceIdentifier = await create();
    const use = (DBParameterGroupName: string) => modify({ DBInstanceIdentifier, DBParameterGroupName });
    expect(await refusal(use(group))).toBe("InvalidParameterCombination");
    expect(await refusal(use(await createGroup("postgres16")))).toBe("");
  });

  it("refuses to change a static parameter immediately [static-parameter-immediate]", async () => {
    const DBParameterGroupName = await createGroup("postgres16");
    const set = (ParameterName: string, ApplyMethod: "immediate" | "pending-reboot") => {
      const Parameters = [{ ParameterName, ParameterValue: "200", ApplyMethod }];
      return rds().send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
    };
    expect(await refusal(set("max_connections", "immediate"))).toBe("InvalidParameterCombination");
    expect(await refusal(set("max_connections", "pending-reboot"))).toBe("");
    expect(await refusal(set("log_min_duration_statement", "immediate"))).toBe("");
    expect(isStatic("postgres17", "autovacuum_max_workers")).toBe(true);
    expect(isStatic("aurora-postgresql18", "autovacuum_max_workers")).toBe(false);
  });
});

const instance = {
  Engine: "postgres",
  EngineVersion: "16.3",
  DBInstanceClass: "db.t4g.micro",
  AllocatedStorage: 20,
  MasterUsername: "administrator",
  MasterUserPassword: "not-a-real-password",
} as const;

const cluster = {
  Engine: "aurora-postgresql",
  EngineVersion: "16.4",
  MasterUsername: "administrator",
  MasterUserPassword: "not-a-real-password",
} as const;
