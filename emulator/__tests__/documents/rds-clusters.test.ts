import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

describe("an Aurora cluster", () => {
  const cluster = { DBClusterIdentifier: "shop", Engine: "aurora-postgresql", EngineVersion: "17.4" };
  const user = { MasterUsername: "shop", ManageMasterUserPassword: true };
  const message = (change: JsonObject) =>
    refusalOf("rds", "CreateDBCluster", { ...cluster, ...user, ...change })?.message;
  const scaled = (MinCapacity: number, MaxCapacity: number, SecondsUntilAutoPause?: number) => ({
    ServerlessV2ScalingConfiguration: { MinCapacity, MaxCapacity, SecondsUntilAutoPause },
  });

  it.each<[JsonObject]>([
    [{}],
    [scaled(0.5, 256)],
    [scaled(0, 1, 300)],
    [{ BackupRetentionPeriod: 1 }],
    [{ EngineMode: "provisioned", EnableCloudwatchLogsExports: ["postgresql"] }],
    [{ GlobalClusterIdentifier: "shop", MasterUsername: undefined }],
  ])("takes %j", (change) => {
    expect(message(change)).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [scaled(4, 2), /^Serverless v2 minimum capacity 4 is greater/],
    [scaled(0.7, 2), /multiple of 0\.5/],
    [scaled(0.5, 0.5), /maximum capacity 0\.5 isn't valid/],
    [scaled(-1, 2), /minimum capacity -1 isn't valid/],
    [scaled(1, 257), /maximum capacity 257 isn't valid/],
    [scaled(0, 2, 299), /between 300 and 86400/],
    [scaled(1, 2, 300), /only be specified when the minimum capacity is 0/],
    [{ BackupRetentionPeriod: 0 }, /between 1 and 35 days/],
    [{ EngineMode: "fast" }, /^Invalid engine mode: fast$/],
    [{ EnableCloudwatchLogsExports: ["audit"] }, /^You cannot use the log types 'audit'/],
    [{ MasterUsername: undefined }, /^The parameter MasterUsername must be provided/],
    [{ ManageMasterUserPassword: undefined }, /^The parameter MasterUserPassword must be provided/],
    [{ EngineVersion: "10.4" }, /^Cannot find version 10\.4 for aurora-postgresql$/],
  ])("is refused with %j", (change, expected) => {
    expect(message(change)).toMatch(expected);
  });
});

describe("a Multi-AZ DB cluster", () => {
  it("has an instance class", () => {
    const cluster = { DBClusterIdentifier: "shop", Engine: "postgres", MasterUsername: "shop" };
    const create = (change: JsonObject) =>
      refusalOf("rds", "CreateDBCluster", { ...cluster, ManageMasterUserPassword: true, ...change })?.message;
    expect(create({})).toBe("The parameter DBClusterInstanceClass must be provided and must not be blank.");
    expect(create({ DBClusterInstanceClass: "db.m6gd.large" })).toBeUndefined();
  });
});

describe("a parameter group of RDS", () => {
  const family = (DBParameterGroupFamily: string) =>
    refusalOf("rds", "CreateDBParameterGroup", { DBParameterGroupName: "shop", DBParameterGroupFamily })?.code;
  const set = (ParameterName: string, ParameterValue: string, times = 1) => {
    const Parameters = Array.from({ length: times }, () => ({ ParameterName, ParameterValue }));
    return refusalOf("rds", "ModifyDBParameterGroup", { Parameters })?.message;
  };

  it("has a family that exists", () => {
    const families = [
      "postgres17",
      "mysql8.4",
      "mariadb11.4",
      "aurora-postgresql16",
      "aurora-mysql8.0",
      "oracle-ee-19",
    ];
    for (const name of families) expect(family(name)).toBeUndefined();
    for (const name of ["postgres99", "postgres17.4", "mysql8", "aurora-mysql3"]) {
      expect(family(name)).toBe("InvalidParameterValue");
    }
  });

  it("has values that its parameters take", () => {
    for (const value of ["none", "DDL", "all"]) expect(set("log_statement", value)).toBeUndefined();
    expect(set("log_statement", "everything")).toMatch(/allowed values are: none,ddl,mod,all$/);
    expect(set("rds.force_ssl", "on")).toBe("Invalid parameter value: on for: rds.force_ssl allowed values are: 0,1");
    expect(set("log_min_duration_statement", "-1")).toBeUndefined();
    expect(set("log_min_duration_statement", "-2")).toMatch(/^Invalid parameter value: -2/);
    expect(set("work_mem", "{DBInstanceClassMemory/1000}")).toBeUndefined();
    expect(set("work_mem", "much")).toMatch(/^Invalid parameter value: much/);
  });

  it("changes at most 20 parameters at once", () => {
    expect(set("work_mem", "64", 20)).toBeUndefined();
    expect(set("work_mem", "64", 21)).toMatch(/^A maximum of 20 parameters/);
  });
});
