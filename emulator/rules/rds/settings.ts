import { isEngineVersion, logTypeMessage, unknownLogType } from "../../documents/rds/engines";
import { isClassOfEngine } from "../../documents/rds/instance-class";
import { restorations } from "../../documents/rds/restorations";
import { object, objects, text, type JsonObject } from "../../wire/json";
import { isName } from "../names";
import type { Rule } from "../rule";
import { clusterNamed, databaseOf, reference, service } from "./databases";
import { familyOf } from "./engine";
import { sourceOf } from "./sources";

/** Settings that contradict the database that has them. */
export const settings: readonly Rule[] = [
  {
    name: "db-log-types",
    service,
    operations: ["ModifyDBInstance", "ModifyDBCluster", ...restorations],
    code: "InvalidParameterCombination",
    rule: "The logs that a database writes to CloudWatch are those of its engine.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html",
    refuse: async (call) => {
      const { EnableLogTypes } = object(call.input.CloudwatchLogsExportConfiguration);
      const types = EnableLogTypes ?? call.input.EnableCloudwatchLogsExports;
      if (types === undefined) return undefined;
      const isRestored = restorations.includes(call.operation);
      const { Engine, EngineVersion } = (await (isRestored ? sourceOf(call) : databaseOf(call))) ?? {};
      // A cluster that is restored from the snapshot of an instance has another engine, which the request names.
      if (isRestored && text(call.input.Engine) !== "") return undefined;
      const type = unknownLogType(text(Engine), types);
      return type && logTypeMessage(type, text(Engine), text(EngineVersion));
    },
  },
  {
    name: "db-engine-version-unknown",
    service,
    operations: ["ModifyDBInstance", "ModifyDBCluster"],
    code: "InvalidParameterCombination",
    rule: "A database changes to a version of its engine.",
    source: `${reference}/API_ModifyDBInstance.html`,
    refuse: async (call) => {
      const [engine, wanted] = [text((await databaseOf(call))?.Engine), text(call.input.EngineVersion)];
      return engine === "" || wanted === "" || isEngineVersion(engine, wanted)
        ? undefined
        : `Cannot find version ${wanted} for ${engine}`;
    },
  },
  {
    name: "db-storage-limit",
    service,
    operations: ["ModifyDBInstance"],
    code: "InvalidParameterCombination",
    rule: "The limit of storage autoscaling is at least 10% more than the storage of the DB instance.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html",
    refuse: async (call) => {
      const limit = numberIn(call.input, "MaxAllocatedStorage");
      const before = await databaseOf(call);
      const storage = numberIn(call.input, "AllocatedStorage") || (before ? numberIn(before, "AllocatedStorage") : 0);
      // A limit of the size itself ends autoscaling.
      return limit > 0 && limit !== storage && limit * 10 < storage * 11
        ? "Max storage size must be at least 10% greater than storage size"
        : undefined;
    },
  },
  {
    name: "db-cluster-capacity",
    service,
    operations: ["ModifyDBCluster"],
    code: "InvalidParameterValue",
    rule: "The least capacity of Serverless v2 is at most the greatest one, also when only one of them changes.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html",
    refuse: async (call) => {
      const wanted = object(call.input.ServerlessV2ScalingConfiguration);
      if (Object.keys(wanted).length === 0) return undefined;
      const current = object((await databaseOf(call))?.ServerlessV2ScalingConfiguration);
      const { MinCapacity, MaxCapacity } = { ...current, ...wanted };
      return typeof MinCapacity === "number" && typeof MaxCapacity === "number" && MinCapacity > MaxCapacity
        ? `Serverless v2 minimum capacity ${MinCapacity} is greater than the maximum capacity ${MaxCapacity}.`
        : undefined;
    },
  },
  {
    name: "db-cluster-without-backups",
    service,
    operations: ["ModifyDBCluster"],
    code: "InvalidParameterValue",
    rule: "The automated backups of an Aurora DB cluster cannot be turned off.",
    source: `${reference}/API_ModifyDBCluster.html`,
    refuse: async (call) =>
      call.input.BackupRetentionPeriod === 0 && text((await databaseOf(call))?.Engine).startsWith("aurora")
        ? "Invalid backup retention period. Backup retention period must be between 1 and 35 days."
        : undefined,
  },
  {
    name: "db-instance-class-of-engine",
    service,
    operations: ["ModifyDBInstance"],
    code: "InvalidParameterCombination",
    rule: "A DB instance changes to an instance class that its engine version has.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html",
    refuse: async (call) => {
      const before = await databaseOf(call);
      const { DBInstanceClass, EngineVersion = before?.EngineVersion } = call.input;
      const [engine, version, name] = [text(before?.Engine), text(EngineVersion), text(DBInstanceClass)];
      return isClassOfEngine(engine, version, name)
        ? undefined
        : `RDS does not support the following combination: DBInstanceClass=${name}, Engine=${engine}, EngineVersion=${version}.`;
    },
  },
  {
    name: "db-cluster-parameter-group-not-found",
    service,
    operations: ["CreateDBCluster", "ModifyDBCluster", "RestoreDBClusterFromSnapshot", "RestoreDBClusterToPointInTime"],
    code: "DBClusterParameterGroupNotFound",
    status: 404,
    rule: "The parameter group of a DB cluster must exist.",
    source: `${reference}/API_CreateDBCluster.html`,
    refuse: async ({ input, ask }) => {
      const name = text(input.DBClusterParameterGroupName);
      if (name === "" || name.startsWith("default.")) return undefined;
      const { DBClusterParameterGroups } = await ask("DescribeDBClusterParameterGroups");
      return objects(DBClusterParameterGroups).some((group) => isName(group.DBClusterParameterGroupName, name))
        ? undefined
        : `DBClusterParameterGroup not found: ${name}`;
    },
  },
  {
    name: "db-cluster-member-version",
    service,
    operations: ["CreateDBInstance"],
    code: "InvalidParameterCombination",
    rule: "A member of a DB cluster has the major engine version of its cluster.",
    source: `${reference}/API_CreateDBInstance.html`,
    refuse: async (call) => {
      const { DBClusterIdentifier, EngineVersion } = call.input;
      const cluster = await clusterNamed(call, DBClusterIdentifier);
      if (!cluster || text(EngineVersion) === "") return undefined;
      const [engine, version] = [text(cluster.Engine), text(cluster.EngineVersion)];
      return familyOf(engine, version) === familyOf(engine, text(EngineVersion))
        ? undefined
        : `The engine version that you requested for your DB instance (${text(EngineVersion)}) does not match the engine version of your DB cluster (${version}).`;
    },
  },
  {
    name: "db-serverless-without-capacity",
    service,
    operations: ["CreateDBInstance"],
    code: "InvalidDBClusterStateFault",
    rule: "A DB cluster has a scaling configuration before its first instance of the class db.serverless.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.create-cluster.html",
    refuse: async (call) => {
      const { DBClusterIdentifier, DBInstanceClass } = call.input;
      const cluster = DBInstanceClass === "db.serverless" ? await clusterNamed(call, DBClusterIdentifier) : undefined;
      return cluster && Object.keys(object(cluster.ServerlessV2ScalingConfiguration)).length === 0
        ? "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance."
        : undefined;
    },
  },
];

function numberIn(object: JsonObject, name: string): number {
  const value = object[name];
  return typeof value === "number" ? value : 0;
}
