import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  PromoteReadReplicaCommand,
  RDSClient,
  ResetDBParameterGroupCommand,
  CreateDBParameterGroupCommand,
  type CreateDBInstanceCommandInput,
  type ModifyDBClusterCommandInput,
  type ModifyDBInstanceCommandInput,
} from "@aws-sdk/client-rds";
import { DetachInternetGatewayCommand, EC2Client } from "@aws-sdk/client-ec2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createTwoVpcs, type TwoVpcs } from "./two-vpcs";

describe("changes of databases", () => {
  const aws = emulatorForSuite();
  const rds = () => new RDSClient(aws.client());
  const login = { MasterUsername: "shop", MasterUserPassword: "correct-horse" };
  const size = { DBInstanceClass: "db.t4g.small", AllocatedStorage: 20, BackupRetentionPeriod: 1 };
  const create = (DBInstanceIdentifier: string, settings: Partial<CreateDBInstanceCommandInput> = {}) =>
    rds().send(
      new CreateDBInstanceCommand({
        ...{ DBInstanceIdentifier, Engine: "postgres", EngineVersion: "16.3", ...size, ...login },
        ...settings,
      }),
    );
  const createCluster = (DBClusterIdentifier: string, settings = {}) =>
    rds().send(new CreateDBClusterCommand({ DBClusterIdentifier, Engine: "aurora-postgresql", ...login, ...settings }));
  const modify = (DBInstanceIdentifier: string, change: Partial<ModifyDBInstanceCommandInput>) =>
    rds().send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, ApplyImmediately: true, ...change }));
  const modifyCluster = (DBClusterIdentifier: string, change: Partial<ModifyDBClusterCommandInput>) =>
    rds().send(new ModifyDBClusterCommand({ DBClusterIdentifier, ApplyImmediately: true, ...change }));
  const remove = (DBInstanceIdentifier: string, settings = {}) =>
    rds().send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, ...settings }));
  let vpcs: TwoVpcs;

  beforeAll(async () => {
    vpcs = await createTwoVpcs(aws.client());
    for (const [DBSubnetGroupName, { subnets }] of [
      ["own", vpcs.own],
      ["own-too", vpcs.own],
      ["other", vpcs.other],
    ] as const) {
      const group = { DBSubnetGroupName, DBSubnetGroupDescription: "own", SubnetIds: [...subnets] };
      await rds().send(new CreateDBSubnetGroupCommand(group));
    }
    await create("shop", { DBSubnetGroupName: "own" });
    await createCluster("shop", { DBSubnetGroupName: "own" });
  });

  it("refuses to give an instance the name of another [db-restore-exists]", async () => {
    await create("blog");
    for (const ApplyImmediately of [true, false]) {
      const renamed = { NewDBInstanceIdentifier: "shop", ApplyImmediately };
      expect(await refusal(modify("blog", renamed))).toBe("DBInstanceAlreadyExists");
    }
    expect(await refusal(modify("blog", { NewDBInstanceIdentifier: "news" }))).toBe("");
    expect(await refusal(modify("news", { AutoMinorVersionUpgrade: false }))).toBe("");
  });

  it("refuses to give a cluster the name of another [db-cluster-exists]", async () => {
    await createCluster("blog");
    expect(await refusal(modifyCluster("blog", { NewDBClusterIdentifier: "shop" }))).toBe(
      "DBClusterAlreadyExistsFault",
    );
    expect(await refusal(modifyCluster("blog", { NewDBClusterIdentifier: "news" }))).toBe("");
    expect(await refusal(modifyCluster("news", { BackupRetentionPeriod: 2 }))).toBe("");
  });

  it("changes the logs of a cluster", async () => {
    const { EnableLogTypes, DisableLogTypes } = { EnableLogTypes: ["postgresql"], DisableLogTypes: ["instance"] };
    await createCluster("logged", { EnableCloudwatchLogsExports: ["instance"] });
    const read = async () => {
      const { DBClusters } = await rds().send(new DescribeDBClustersCommand({ DBClusterIdentifier: "logged" }));
      return DBClusters?.[0]?.EnabledCloudwatchLogsExports;
    };
    await modifyCluster("logged", { BackupRetentionPeriod: 2 });
    expect(await read()).toEqual(["instance"]);
    await modifyCluster("logged", { CloudwatchLogsExportConfiguration: { EnableLogTypes } });
    expect(await read()).toEqual(["instance", "postgresql"]);
    await modifyCluster("logged", { CloudwatchLogsExportConfiguration: { DisableLogTypes } });
    expect(await read()).toEqual(["postgresql"]);
  });

  it("refuses to rotate a password that RDS does not manage [db-password-not-managed]", async () => {
    const rotate = { RotateMasterUserPassword: true };
    expect(await refusal(modify("shop", rotate))).toBe("InvalidParameterCombination");
    expect(await refusal(modifyCluster("shop", rotate))).toBe("InvalidParameterCombination");
    const managed = { MasterUserPassword: undefined, ManageMasterUserPassword: true };
    await create("managed", managed);
    await createCluster("managed", managed);
    expect(await refusal(modify("managed", rotate))).toBe("");
    expect(await refusal(modifyCluster("managed", rotate))).toBe("");
  });

  it("refuses a key of the managed password that does not exist [db-key-not-accessible]", async () => {
    const managed = (MasterUserSecretKmsKeyId?: string) => ({
      ManageMasterUserPassword: true,
      MasterUserSecretKmsKeyId,
    });
    await createCluster("locked");
    expect(await refusal(modifyCluster("locked", managed("alias/lost")))).toBe("KMSKeyNotAccessibleFault");
    const { KeyMetadata } = await new KMSClient(aws.client()).send(new CreateKeyCommand({}));
    expect(await refusal(modifyCluster("locked", managed(KeyMetadata?.Arn)))).toBe("");
  });

  it("refuses an interval of monitoring without a role [db-monitoring-without-role]", async () => {
    expect(await refusal(modify("shop", { MonitoringInterval: 60 }))).toBe("InvalidParameterCombination");
    const { Role } = await new IAMClient(aws.client()).send(
      new CreateRoleCommand({ RoleName: "monitoring", AssumeRolePolicyDocument: trust }),
    );
    expect(await refusal(modify("shop", { MonitoringInterval: 60, MonitoringRoleArn: Role?.Arn }))).toBe("");
    expect(await refusal(modify("shop", { MonitoringInterval: 30 }))).toBe("");
    expect(await refusal(modify("shop", { MonitoringInterval: 0 }))).toBe("");
  });

  it("refuses an Aurora cluster without backups [db-cluster-without-backups]", async () => {
    expect(await refusal(modifyCluster("shop", { BackupRetentionPeriod: 0 }))).toBe("InvalidParameterValue");
    expect(await refusal(modifyCluster("shop", { BackupRetentionPeriod: 1 }))).toBe("");
  });

  it("refuses an instance class that the engine does not have [db-instance-class-of-engine]", async () => {
    for (const DBInstanceClass of ["db.t2.micro", "db.serverless"]) {
      expect(await refusal(modify("shop", { DBInstanceClass }))).toBe("InvalidParameterCombination");
    }
    expect(await refusal(modify("shop", { DBInstanceClass: "db.t4g.micro" }))).toBe("");
  });

  it("refuses another subnet group of the same VPC [db-subnet-group-of-same-vpc]", async () => {
    expect(await refusal(modify("shop", { DBSubnetGroupName: "own-too" }))).toBe("InvalidVPCNetworkStateFault");
    expect(await refusal(modify("shop", { DBSubnetGroupName: "own" }))).toBe("");
    await create("moving", { DBSubnetGroupName: "own" });
    const VpcSecurityGroupIds = [vpcs.other.securityGroup];
    expect(await refusal(modify("moving", { DBSubnetGroupName: "other", VpcSecurityGroupIds }))).toBe("");
  });

  it("refuses a public instance in a VPC without internet gateway [db-public-without-internet-gateway]", async () => {
    const { vpc: VpcId, internetGateway: InternetGatewayId } = vpcs.other;
    const settings = { DBSubnetGroupName: "other", PubliclyAccessible: true };
    expect(await refusal(create("public", settings))).toBe("");
    await remove("public", { SkipFinalSnapshot: true });
    await new EC2Client(aws.client()).send(new DetachInternetGatewayCommand({ VpcId, InternetGatewayId }));
    expect(await refusal(create("lost", settings))).toBe("InvalidVPCNetworkStateFault");
    expect(await refusal(create("private", { ...settings, PubliclyAccessible: false }))).toBe("");
    expect(await refusal(create("default", { PubliclyAccessible: true }))).toBe("");
  });

  it("refuses the default parameter group of another version [db-parameter-group-family]", async () => {
    const group = (DBParameterGroupName: string) => ({ DBParameterGroupName });
    expect(await refusal(create("older", group("default.postgres15")))).toBe("InvalidParameterCombination");
    expect(await refusal(modify("shop", group("default.mysql8.0")))).toBe("InvalidParameterCombination");
    expect(await refusal(create("same", group("default.postgres16")))).toBe("");
    expect(await refusal(modify("shop", group("default.postgres16")))).toBe("");
  });

  it("refuses a final snapshot of a replica or a member, and to promote others [final-snapshot-of-replica] [db-promotion-of-no-replica]", async () => {
    const DBInstanceIdentifier = "replica";
    const replica = { DBInstanceIdentifier, SourceDBInstanceIdentifier: "shop" };
    await rds().send(new CreateDBInstanceReadReplicaCommand(replica));
    const last = { FinalDBSnapshotIdentifier: "last" };
    expect(await refusal(remove(DBInstanceIdentifier, last))).toBe("InvalidParameterCombination");
    const member = { DBClusterIdentifier: "shop", Engine: "aurora-postgresql", DBInstanceClass: "db.r6g.large" };
    await rds().send(new CreateDBInstanceCommand({ ...member, DBInstanceIdentifier: "member" }));
    expect(await refusal(remove("member", last))).toBe("InvalidParameterCombination");
    expect(await refusal(remove("member"))).toBe("");

    const promote = (name: string) => rds().send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: name }));
    expect(await refusal(promote("shop"))).toBe("InvalidDBInstanceState");
    expect(await refusal(promote(DBInstanceIdentifier))).toBe("");
    expect(await refusal(remove(DBInstanceIdentifier, last))).toBe("");
  });

  it("refuses to reset a static parameter at once [static-parameter-immediate]", async () => {
    const DBParameterGroupName = "shop";
    const group = { DBParameterGroupName, DBParameterGroupFamily: "postgres16", Description: "shop" };
    await rds().send(new CreateDBParameterGroupCommand(group));
    const reset = (ApplyMethod: "immediate" | "pending-reboot") => {
      const Parameters = [{ ParameterName: "max_connections", ApplyMethod }];
      return rds().send(new ResetDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
    };
    expect(await refusal(reset("immediate"))).toBe("InvalidParameterCombination");
    expect(await refusal(reset("pending-reboot"))).toBe("");
  });
});

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "monitoring.rds.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
