import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const database = {
  DBInstanceIdentifier: "shop-db-dev01",
  DBInstanceClass: "db.t4g.micro",
  Engine: "postgres",
  EngineVersion: "17.4",
  DBName: "app",
  MasterUsername: "postgres",
  ManageMasterUserPassword: true,
  AllocatedStorage: 20,
  MaxAllocatedStorage: 100,
  StorageType: "gp3",
  DBParameterGroupName: "default.postgres17",
  PreferredBackupWindow: "03:00-04:00",
  PreferredMaintenanceWindow: "sun:05:00-sun:06:00",
  BackupRetentionPeriod: 7,
  MonitoringInterval: 60,
  MonitoringRoleArn: "arn",
  EnablePerformanceInsights: true,
  PerformanceInsightsRetentionPeriod: 7,
  MultiAZ: false,
  AvailabilityZone: "us-east-1a",
};
/** What a member of a cluster has of the database. */
const member = {
  Engine: "aurora-postgresql",
  DBInstanceClass: "db.t4g.medium",
  DBClusterIdentifier: "shop",
  MasterUsername: undefined,
  ManageMasterUserPassword: undefined,
  DBName: undefined,
  BackupRetentionPeriod: undefined,
};
const create = (change: JsonObject) => refusalOf("rds", "CreateDBInstance", { ...database, ...change })?.message;
const withPassword = (MasterUserPassword: string, Engine = "postgres") =>
  create({
    MasterUserPassword,
    Engine,
    EngineVersion: undefined,
    ManageMasterUserPassword: undefined,
    EnablePerformanceInsights: false,
  });

describe("a database of RDS", () => {
  it.each<[JsonObject]>([
    [{}],
    [{ DBInstanceClass: "db.r6i.large.tpc1.mem2x", EngineVersion: "17.4-R1" }],
    [{ DBInstanceClass: "db.m8gd.48xlarge" }],
    [{ DBName: "a".repeat(63), KmsKeyId: "alias/shop", StorageEncrypted: true }],
    [{ Engine: "mysql", EngineVersion: "8.4", DBInstanceClass: "db.m6g.large", DBName: "a".repeat(64) }],
    [member],
    [{ ...member, DBInstanceClass: "db.serverless" }],
    [{ MultiAZ: true, AvailabilityZone: undefined }],
    [{ DBInstanceClass: "db.t2.micro", EngineVersion: "12.7" }],
    [{ MonitoringInterval: 0, MonitoringRoleArn: undefined }],
    [{ StorageType: "gp3", AllocatedStorage: 400, MaxAllocatedStorage: 0, Iops: 12000 }],
    [{ DatabaseInsightsMode: "advanced", PerformanceInsightsRetentionPeriod: 465 }],
    [{ Engine: "mysql", EngineVersion: "8.4.3", DBInstanceClass: "db.m6g.large", MasterUsername: "admin" }],
    [{ EngineVersion: "11.22-rds.20240418" }],
    [{ ManageMasterUserPassword: undefined, MasterUserAuthenticationType: "iam-db-auth" }],
    [
      {
        Engine: "oracle-ee",
        EngineVersion: undefined,
        MasterUsername: "a".repeat(30),
        EnableCloudwatchLogsExports: undefined,
      },
    ],
    [{ Engine: "mariadb", EngineVersion: "11.4", DBInstanceClass: "db.m6g.large" }],
    [{ EngineVersion: undefined, Port: 5433, LicenseModel: "postgresql-license", NetworkType: "DUAL" }],
    [{ CACertificateIdentifier: "rds-ca-rsa2048-g1", EnableCloudwatchLogsExports: ["postgresql", "upgrade"] }],
    [{ Iops: 1000, StorageType: undefined, AllocatedStorage: 100, MaxAllocatedStorage: 0 }],
    [{ StorageType: "standard", AllocatedStorage: 5 }],
    [{ StorageType: "io2", AllocatedStorage: 100, MaxAllocatedStorage: undefined, Iops: 100000 }],
    [{ PerformanceInsightsRetentionPeriod: 31 }],
    [{ PerformanceInsightsRetentionPeriod: 731 }],
  ])("takes %j", (change) => {
    expect(create(change)).toBeUndefined();
  });

  it.each([
    ["DBInstanceIdentifier", "1shop"],
    ["DBInstanceIdentifier", "shop--db"],
    ["DBInstanceIdentifier", "shop-"],
    ["DBInstanceIdentifier", "shop_db"],
    ["DBInstanceIdentifier", "a".repeat(64)],
    ["DBParameterGroupName", "shop.db"],
  ])("has no %s %s", (parameter, name) => {
    const expected = `The parameter ${parameter} is not a valid identifier`;
    expect(create({ [parameter]: name })).toContain(expected);
  });

  it.each([
    ["secret/word", /besides '\/', '@', '"', ' ' may be used/],
    ["secret word", /besides/],
    ["short", /shorter than 8 characters/],
    ["a".repeat(129), /longer than 128 characters/],
  ])("has no master password %s", (password, expected) => {
    expect(withPassword(password)).toMatch(expected);
  });

  it("has a master password as long as its engine takes", () => {
    expect(withPassword("a".repeat(41), "mysql")).toBeUndefined();
    expect(withPassword("a".repeat(42), "mysql")).toMatch(/longer than 41/);
    expect(withPassword("a".repeat(42))).toBeUndefined();
    expect(create({ MasterUserPassword: "long-enough" })).toMatch(/^You can't specify MasterUserPassword/);
  });

  it.each<[JsonObject, RegExp]>([
    [{ DBInstanceClass: "t4g.micro" }, /^Invalid DB Instance class: t4g\.micro$/],
    [{ DBInstanceClass: "db.t9.micro" }, /^Invalid DB Instance class: db\.t9\.micro$/],
    [{ DBInstanceClass: "db.m8g.micro" }, /^Invalid DB Instance class/],
    [{ DBInstanceClass: "db.t4g.4xlarge" }, /^Invalid DB Instance class/],
    [{ DBInstanceClass: "db.r6g.large.large" }, /^Invalid DB Instance class/],
    [{ EngineVersion: "latest" }, /^Cannot find version latest for postgres$/],
    [{ MasterUsername: "admin" }, /^MasterUsername admin cannot be used as it is a reserved word/],
    [{ MasterUsername: "user" }, /^MasterUsername user cannot be used as it is a reserved word/],
    [{ DBName: "a".repeat(64) }, /^DBName must begin with a letter/],
    [{ KmsKeyId: "alias/shop" }, /^You must enable StorageEncrypted when you specify KmsKeyId for DB engine postgres$/],
    [{ MasterUsername: "1user" }, /must begin with a letter/],
    [{ Engine: "oracle-ee", EngineVersion: undefined, MasterUsername: "a".repeat(31) }, /contain 1 to 30/],
    [{ DBName: "my-app" }, /^DBName must begin with a letter/],
    [{ StorageType: "standard", AllocatedStorage: 4 }, /^Invalid storage size/],
    [{ StorageType: "io2", AllocatedStorage: 99 }, /^Invalid storage size/],
    [{ PerformanceInsightsRetentionPeriod: 62.5 }, /^Invalid Performance Insights/],
    [{ AllocatedStorage: 10 }, /^Invalid storage size for engine name postgres and storage type gp3: 10$/],
    [{ MaxAllocatedStorage: 20 }, /^Max storage size must be greater than storage size$/],
    [{ Iops: 3000 }, /^You can't specify IOPS or storage throughput for engine postgres/],
    [{ MonitoringInterval: 20 }, /^Invalid value for MonitoringInterval/],
    [{ MonitoringRoleArn: undefined }, /^A MonitoringRoleARN value is required/],
    [{ PerformanceInsightsRetentionPeriod: 30 }, /^Invalid Performance Insights Retention period/],
    [{ EnablePerformanceInsights: false, DatabaseInsightsMode: "advanced" }, /at least 465 days/],
    [{ DatabaseInsightsMode: "advanced" }, /at least 465 days\.$/],
    [{ MultiAZ: true }, /not valid for Multi-AZ instances\.$/],
    [{ BackupRetentionPeriod: 36 }, /between 0 and 35 days/],
    [{ EngineVersion: "10.21" }, /^Cannot find version 10\.21 for postgres$/],
    [{ EngineVersion: "17.99" }, /^Cannot find version 17\.99 for postgres$/],
    [{ Engine: "mysql", EngineVersion: "17.4" }, /^Cannot find version 17\.4 for mysql$/],
    [{ AllocatedStorage: undefined }, /^The parameter AllocatedStorage must be provided/],
    [{ MasterUsername: undefined }, /^The parameter MasterUsername must be provided/],
    [{ ManageMasterUserPassword: undefined }, /^The parameter MasterUserPassword must be provided/],
    [{ StorageType: "gp9" }, /^Invalid storage type: gp9$/],
    [{ StorageType: "io1", AllocatedStorage: 100, MaxAllocatedStorage: 0 }, /^You must specify IOPS/],
    [{ StorageType: "io1", AllocatedStorage: 100, MaxAllocatedStorage: 0, Iops: 999 }, /^The IOPS to GiB ratio/],
    [{ StorageType: "io1", AllocatedStorage: 100, MaxAllocatedStorage: 0, Iops: 5001 }, /^The IOPS to GiB ratio/],
    [{ StorageType: "gp2", Iops: 3000 }, /for storage type gp2\.$/],
    [{ AllocatedStorage: 400, MaxAllocatedStorage: 0, Iops: 11999 }, /^IOPS must be between 12000 and 64000/],
    [{ AllocatedStorage: 400, MaxAllocatedStorage: 0, StorageThroughput: 4001 }, /^Storage throughput must be/],
    [{ AllocatedStorage: 100, MaxAllocatedStorage: 109 }, /at least 10% greater/],
    [{ EnableCloudwatchLogsExports: ["error"] }, /^You cannot use the log types 'error' with engine version postgres/],
    [{ Port: 80 }, /between 1150 and 65535$/],
    [{ LicenseModel: "license-included" }, /^Invalid license model 'license-included' for engine 'postgres'/],
    [{ CACertificateIdentifier: "rds-ca" }, /^Certificate not found: rds-ca$/],
    [{ NetworkType: "IPV6" }, /^Invalid network type/],
    [{ PromotionTier: 16 }, /between 0 and 15\.$/],
    [{ DBInstanceClass: "db.serverless" }, /^RDS does not support creating a DB instance with the following/],
    [{ DBInstanceClass: "db.t2.micro" }, /^RDS does not support creating a DB instance with the following/],
    [{ DBInstanceClass: "db.t2.micro", EngineVersion: undefined }, /^RDS does not support/],
    [{ ...member, DBInstanceClass: "db.t4g.micro" }, /DBInstanceClass=db\.t4g\.micro, Engine=aurora-postgresql/],
    [{ MonitoringInterval: 0 }, /^You must specify a MonitoringInterval value other than 0/],
    [{ CACertificateIdentifier: "rds-ca-2015" }, /^Certificate not found: rds-ca-2015$/],
    [{ Engine: "mysql", EngineVersion: "8.4" }, /^Performance Insights not supported for this configuration/],
    [{ ...member, MasterUsername: "shop" }, /^The requested DB Instance will be a member of a DB Cluster/],
    [{ ...member, BackupRetentionPeriod: 7 }, /Set backup retention period for the DB Cluster\.$/],
  ])("is refused with %j", (change, expected) => {
    expect(create(change)).toMatch(expected);
  });

  it("is monitored every 1 to 60 seconds, or not", () => {
    const monitored = (MonitoringInterval: number) =>
      create({ MonitoringInterval, MonitoringRoleArn: MonitoringInterval === 0 ? undefined : "arn" });
    for (const MonitoringInterval of [0, 1, 5, 10, 15, 30, 60]) expect(monitored(MonitoringInterval)).toBeUndefined();
    expect(create({ MonitoringInterval: 2 })).toMatch(/^Invalid value for MonitoringInterval/);
  });

  it("is modified without what it has already", () => {
    const modify = { DBInstanceIdentifier: "shop", MonitoringInterval: 60, DatabaseInsightsMode: "advanced" };
    expect(refusalOf("rds", "ModifyDBInstance", modify)).toBeUndefined();
    expect(refusalOf("rds", "ModifyDBInstance", { ...modify, MonitoringInterval: 20 })?.code).toBe(
      "InvalidParameterValue",
    );
  });

  it.each<[JsonObject, string]>([
    [{ DBPortNumber: 80 }, "InvalidParameterValue"],
    [{ CACertificateIdentifier: "rds-ca-2019" }, "CertificateNotFound"],
    [{ RotateMasterUserPassword: true }, "InvalidParameterCombination"],
  ])("is not modified with %j", (change, code) => {
    expect(refusalOf("rds", "ModifyDBInstance", { DBInstanceIdentifier: "shop", ...change })?.code).toBe(code);
  });

  it("is modified with another port, certificate and password", () => {
    const change = { DBPortNumber: 5433, CACertificateIdentifier: "rds-ca-ecc384-g1", RotateMasterUserPassword: true };
    const modify = { DBInstanceIdentifier: "shop", ApplyImmediately: true, ...change };
    expect(refusalOf("rds", "ModifyDBInstance", modify)).toBeUndefined();
    const cluster = { DBClusterIdentifier: "shop", ApplyImmediately: true };
    expect(refusalOf("rds", "ModifyDBCluster", { ...cluster, Port: 80 })?.code).toBe("InvalidParameterValue");
    expect(refusalOf("rds", "ModifyDBCluster", { ...cluster, Port: 5433 })).toBeUndefined();
  });

  it.each<[string, string, RegExp]>([
    ["3:00-4:00", "sun:05:00-sun:06:00", /^Invalid backup window format/],
    ["24:00-25:00", "sun:05:00-sun:06:00", /^Invalid backup window format/],
    ["03:00-03:20", "sun:05:00-sun:06:00", /^The backup window must be at least 30 minutes/],
    ["03:00-04:00", "sunday:05:00-06:00", /^Invalid maintenance window format/],
    ["03:00-04:00", "sun:05:00-sun:05:29", /^The maintenance window must be at least 30 minutes/],
    ["03:00-04:00", "sun:05:00-mon:06:00", /less than 24 hours/],
    ["03:00-04:00", "wed:03:30-wed:04:30", /must not overlap/],
    ["23:30-00:30", "sun:00:00-sun:00:30", /must not overlap/],
    ["00:15-00:45", "sat:23:45-sun:00:30", /must not overlap/],
  ])("has no backup window %s with maintenance window %s", (backup, maintenance, expected) => {
    expect(create({ PreferredBackupWindow: backup, PreferredMaintenanceWindow: maintenance })).toMatch(expected);
  });

  it("can be maintained right after its backup, and past midnight", () => {
    expect(create({ PreferredMaintenanceWindow: "Sun:04:00-Sun:04:30" })).toBeUndefined();
    expect(create({ PreferredMaintenanceWindow: "sat:23:45-sun:00:15" })).toBeUndefined();
  });

  it("has a subnet group with two subnets", () => {
    const group = (DBSubnetGroupName: string, ...SubnetIds: readonly string[]) =>
      refusalOf("rds", "CreateDBSubnetGroup", { DBSubnetGroupName, SubnetIds })?.code;
    expect(group("shop", "subnet-1", "subnet-2")).toBeUndefined();
    expect(group("shop", "subnet-1")).toBe("DBSubnetGroupDoesNotCoverEnoughAZs");
    expect(group("default", "subnet-1", "subnet-2")).toBe("InvalidParameterValue");
  });

  it("has a parameter group with a name unlike the default ones", () => {
    expect(refusalOf("rds", "CreateDBParameterGroup", { DBParameterGroupName: "shop-17" })).toBeUndefined();
    expect(refusalOf("rds", "CreateDBParameterGroup", { DBParameterGroupName: "default.x" })?.code).toBe(
      "InvalidParameterValue",
    );
  });
});

describe("a restored database of RDS", () => {
  it.each(["RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceToPointInTime"])("is checked by %s", (operation) => {
    const restore = (change: JsonObject) => refusalOf("rds", operation, { DBInstanceIdentifier: "shop", ...change });
    const taken: readonly JsonObject[] = [
      {},
      { DBInstanceClass: "db.t4g.small", Port: 5433, MultiAZ: true },
      { Engine: "postgres", EnableCloudwatchLogsExports: ["postgresql"], AvailabilityZone: "us-east-1a" },
      { StorageType: "gp2", Iops: 0 },
      { StorageType: "io1", Iops: 3000 },
      { Iops: 3000 },
    ];
    for (const change of taken) expect(restore(change)).toBeUndefined();
    expect(restore({ DBInstanceClass: "db.none" })?.message).toBe("Invalid DB Instance class: db.none");
    expect(restore({ Port: 80 })?.message).toMatch(/between 1150 and 65535$/);
    expect(restore({ MultiAZ: true, AvailabilityZone: "us-east-1a" })?.message).toMatch(/Multi-AZ instances\.$/);
    expect(restore({ StorageType: "gp2", Iops: 3000 })?.message).toMatch(/for storage type gp2\.$/);
    expect(restore({ StorageType: "gp9" })?.message).toBe("Invalid storage type: gp9");
    expect(restore({ Engine: "postgres", EnableCloudwatchLogsExports: ["error"] })?.message).toMatch(
      /log types 'error'/,
    );
  });
});
