import { list, text } from "../../wire/json";
import type { Rule } from "../rule";
import { instanceNamed, reference, service } from "./databases";

/** What RDS does not do with a read replica or its source. */
export const replicas: readonly Rule[] = [
  {
    name: "db-replica-source-without-backups",
    service,
    operations: ["ModifyDBInstance"],
    code: "InvalidParameterValue",
    rule: "The automated backups of a DB instance with read replicas cannot be turned off.",
    source: `${reference}/API_ModifyDBInstance.html`,
    refuse: async (call) => {
      if (call.input.BackupRetentionPeriod !== 0) return undefined;
      const instance = await instanceNamed(call, call.input.DBInstanceIdentifier);
      return list(instance?.ReadReplicaDBInstanceIdentifiers).length > 0
        ? "The backup retention period of a DB instance with read replicas cannot be 0."
        : undefined;
    },
  },
  {
    name: "db-promotion-of-no-replica",
    service,
    operations: ["PromoteReadReplica"],
    code: "InvalidDBInstanceState",
    rule: "Only a read replica is promoted.",
    source: `${reference}/API_PromoteReadReplica.html`,
    refuse: async (call) => {
      const instance = await instanceNamed(call, call.input.DBInstanceIdentifier);
      return instance && text(instance.ReadReplicaSourceDBInstanceIdentifier) === ""
        ? `DB Instance ${text(instance.DBInstanceIdentifier)} is not a read replica.`
        : undefined;
    },
  },
  {
    name: "db-replica-stopped",
    service,
    operations: ["StopDBInstance"],
    code: "InvalidDBInstanceState",
    rule: "A DB instance that has a read replica, or is one, cannot be stopped.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html",
    refuse: async (call) => {
      const instance = await instanceNamed(call, call.input.DBInstanceIdentifier);
      if (!instance) return undefined;
      const isReplica = text(instance.ReadReplicaSourceDBInstanceIdentifier) !== "";
      return isReplica || list(instance.ReadReplicaDBInstanceIdentifiers).length > 0
        ? `Cannot stop the DB instance ${text(instance.DBInstanceIdentifier)} because it has a read replica or is one.`
        : undefined;
    },
  },
];
