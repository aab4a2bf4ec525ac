import { text } from "../../wire/json";
import type { Rule } from "../rule";
import { clusterNamed, instanceNamed, reference, service } from "./databases";

/** States in which a database is not changed. */
const busy = ["creating", "modifying", "deleting", "rebooting"];

/** Databases that are created or changed are not changed until they are available. */
export const states: readonly Rule[] = [
  {
    name: "db-instance-not-available",
    service,
    operations: ["ModifyDBInstance", "RebootDBInstance"],
    code: "InvalidDBInstanceState",
    rule: "A DB instance that is created or changed is not changed until it is available.",
    source: `${reference}/API_ModifyDBInstance.html`,
    refuse: async (call) => {
      const instance = await instanceNamed(call, call.input.DBInstanceIdentifier);
      return busy.includes(text(instance?.DBInstanceStatus))
        ? "Database instance is not in available state."
        : undefined;
    },
  },
  {
    name: "db-cluster-not-available",
    service,
    operations: ["ModifyDBCluster"],
    code: "InvalidDBClusterStateFault",
    rule: "A DB cluster that is created or changed is not changed until it is available.",
    source: `${reference}/API_ModifyDBCluster.html`,
    refuse: async (call) => {
      const cluster = await clusterNamed(call, call.input.DBClusterIdentifier);
      return busy.includes(text(cluster?.Status)) ? "DB cluster is not in available state." : undefined;
    },
  },
];
