import { isSet } from "../../documents/values";
import { text, type JsonObject } from "../../wire/json";
import { isName } from "../names";
import type { Rule } from "../rule";
import { instanceNamed, reference, service } from "./databases";
import { isOlder } from "./engine";
import { snapshotOf, sourceOf } from "./sources";

/** Restorations of databases that RDS does not make. */
export const restores: readonly Rule[] = [
  {
    name: "db-restore-exists",
    service,
    operations: [
      "RestoreDBInstanceFromDBSnapshot",
      "RestoreDBInstanceToPointInTime",
      "CreateDBInstanceReadReplica",
      "ModifyDBInstance",
    ],
    code: "DBInstanceAlreadyExists",
    rule: "The identifier of a restored or renamed DB instance or read replica is unique in its account and Region.",
    source: `${reference}/API_RestoreDBInstanceFromDBSnapshot.html`,
    refuse: async (call) => {
      const { TargetDBInstanceIdentifier, DBInstanceIdentifier, NewDBInstanceIdentifier } = call.input;
      const isRenamed = call.operation === "ModifyDBInstance";
      const name = isRenamed ? NewDBInstanceIdentifier : (TargetDBInstanceIdentifier ?? DBInstanceIdentifier);
      if (isRenamed && isName(DBInstanceIdentifier, name)) return undefined;
      return (await instanceNamed(call, name)) ? "DB instance already exists" : undefined;
    },
  },
  {
    name: "db-restore-engine",
    service,
    operations: ["RestoreDBInstanceFromDBSnapshot", "RestoreDBClusterFromSnapshot"],
    code: "InvalidParameterValue",
    rule: "A database is restored with the engine of its snapshot, or one of the same kind.",
    source: `${reference}/API_RestoreDBClusterFromSnapshot.html`,
    refuse: async (call) => {
      const engine = text((await snapshotOf(call))?.Engine);
      const wanted = text(call.input.Engine);
      return wanted !== "" && engine !== "" && kindOf(wanted) !== kindOf(engine)
        ? `The engine name you requested for your restored database (${wanted}) isn't compatible with the engine name of the snapshot (${engine}).`
        : undefined;
    },
  },
  {
    name: "db-restore-version",
    service,
    operations: ["RestoreDBClusterFromSnapshot"],
    code: "InvalidParameterValue",
    rule: "A DB cluster is restored with the engine version of its snapshot, or a later one.",
    source: `${reference}/API_RestoreDBClusterFromSnapshot.html`,
    refuse: async (call) => {
      const { Engine, EngineVersion } = (await snapshotOf(call)) ?? {};
      const [version, wanted] = [text(EngineVersion), text(call.input.EngineVersion)];
      // The versions of Aurora MySQL are not those of MySQL.
      if (text(call.input.Engine) === "aurora-mysql" && Engine !== "aurora-mysql") return undefined;
      return wanted !== "" && version !== "" && isOlder(wanted, version)
        ? `The engine version you requested for your restored DB cluster (${wanted}) is earlier than the engine version of the DB cluster snapshot (${version}).`
        : undefined;
    },
  },
  {
    name: "db-restore-time-choice",
    service,
    operations: ["RestoreDBInstanceToPointInTime", "RestoreDBClusterToPointInTime"],
    code: "InvalidParameterCombination",
    rule: "A database is restored either to a time or to the latest restorable time.",
    source: `${reference}/API_RestoreDBInstanceToPointInTime.html`,
    refuse: ({ input }) => {
      const isLatest = input.UseLatestRestorableTime === true;
      // A copy-on-write clone of a cluster is that of now.
      if (input.RestoreType === "copy-on-write" || isLatest !== isSet(timeOf(input))) return undefined;
      return isLatest
        ? "Can't specify both RestoreTime and UseLatestRestorableTime."
        : "Either RestoreTime or UseLatestRestorableTime must be specified.";
    },
  },
  {
    name: "db-without-backups",
    service,
    operations: ["RestoreDBInstanceToPointInTime"],
    code: "PointInTimeRestoreNotEnabled",
    rule: "A DB instance without automated backups cannot be restored to a point in time.",
    source: `${reference}/API_RestoreDBInstanceToPointInTime.html`,
    refuse: async (call) => {
      const source = await instanceNamed(call, call.input.SourceDBInstanceIdentifier);
      return source?.BackupRetentionPeriod === 0
        ? `Point in time restore is not enabled for DB instance ${text(source.DBInstanceIdentifier)}: its backup retention period is 0.`
        : undefined;
    },
  },
  {
    name: "db-restore-time",
    service,
    operations: ["RestoreDBInstanceToPointInTime", "RestoreDBClusterToPointInTime"],
    code: "InvalidRestoreFault",
    rule: "A database is restored to a time after its creation and before its latest restorable time.",
    source: `${reference}/API_RestoreDBInstanceToPointInTime.html`,
    refuse: async (call) => {
      const source = await sourceOf(call);
      const wanted = instantOf(timeOf(call.input));
      if (!source || wanted === undefined) return undefined;
      const [first, last] = [source.EarliestRestorableTime ?? source.InstanceCreateTime, source.LatestRestorableTime];
      const [earliest = -Infinity, latest = Date.now()] = [instantOf(first), instantOf(last)];
      return wanted < earliest || wanted > latest
        ? "The specified time is not between the earliest and the latest restorable time."
        : undefined;
    },
  },
  {
    name: "db-replica-without-backups",
    service,
    operations: ["CreateDBInstanceReadReplica"],
    code: "InvalidDBInstanceState",
    rule: "A DB instance without automated backups has no read replicas.",
    source: `${reference}/API_CreateDBInstanceReadReplica.html`,
    refuse: async (call) => {
      const source = await instanceNamed(call, call.input.SourceDBInstanceIdentifier);
      return source?.BackupRetentionPeriod === 0
        ? `Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.`
        : undefined;
    },
  },
];

/** Engines of one kind restore each other's snapshots. */
function kindOf(engine: string): string {
  const kinds = ["postgres", "mysql", "mariadb", "oracle", "sqlserver", "db2"];
  const kind = kinds.find((name) => engine.includes(name)) ?? engine;
  return kind === "mariadb" || engine === "aurora" ? "mysql" : kind;
}

function timeOf({ RestoreTime, RestoreToTime }: JsonObject): JsonObject[string] {
  return RestoreTime ?? RestoreToTime;
}

/** Milliseconds since 1970 of a time as seconds or an ISO 8601 text. */
function instantOf(value: JsonObject[string]): number | undefined {
  if (typeof value === "number") return value * 1000;
  const instant = Date.parse(text(value));
  return Number.isNaN(instant) ? undefined : instant;
}
