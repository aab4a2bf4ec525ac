import { objects, text, type JsonValue } from "../../wire/json";
import { isName } from "../names";
import type { Rule, RuleCall } from "../rule";
import { clusterNamed, reference, service } from "./databases";

/** Names that exist already, and databases that must exist. */
export const existing: readonly Rule[] = [
  {
    name: "db-cluster-exists",
    service,
    operations: ["CreateDBCluster", "RestoreDBClusterFromSnapshot", "RestoreDBClusterToPointInTime", "ModifyDBCluster"],
    code: "DBClusterAlreadyExistsFault",
    rule: "The identifier of a DB cluster is unique in its account and Region, also that which a change gives it.",
    source: `${reference}/API_CreateDBCluster.html`,
    refuse: async (call) => {
      const { DBClusterIdentifier, NewDBClusterIdentifier } = call.input;
      const name = call.operation === "ModifyDBCluster" ? NewDBClusterIdentifier : DBClusterIdentifier;
      if (call.operation === "ModifyDBCluster" && isName(DBClusterIdentifier, name)) return undefined;
      return (await clusterNamed(call, name)) ? "DB Cluster already exists" : undefined;
    },
  },
  {
    name: "db-cluster-not-found",
    service,
    operations: ["ModifyDBCluster"],
    code: "DBClusterNotFoundFault",
    status: 404,
    rule: "A DB cluster must exist to be modified.",
    source: `${reference}/API_ModifyDBCluster.html`,
    refuse: async (call) =>
      (await clusterNamed(call, call.input.DBClusterIdentifier))
        ? undefined
        : `DBCluster ${text(call.input.DBClusterIdentifier)} not found.`,
  },
  {
    name: "db-subnet-group-exists",
    service,
    operations: ["CreateDBSubnetGroup"],
    code: "DBSubnetGroupAlreadyExists",
    rule: "The name of a DB subnet group is unique in its account and Region.",
    source: `${reference}/API_CreateDBSubnetGroup.html`,
    refuse: async ({ input, ask }) => {
      const { DBSubnetGroups } = await ask("DescribeDBSubnetGroups");
      return isTaken(DBSubnetGroups, "DBSubnetGroupName", input.DBSubnetGroupName)
        ? `The DB subnet group '${text(input.DBSubnetGroupName)}' already exists.`
        : undefined;
    },
  },
  {
    name: "db-proxy-target-not-found",
    service,
    operations: ["RegisterDBProxyTargets"],
    code: "DBClusterNotFoundFault",
    status: 404,
    rule: "The DB cluster that is registered with a proxy must exist.",
    source: `${reference}/API_RegisterDBProxyTargets.html`,
    refuse: (call) => missingCluster(call, call.input.DBClusterIdentifiers),
  },
];

async function missingCluster(call: RuleCall, names: JsonValue): Promise<string | undefined> {
  const identifiers: readonly JsonValue[] = Array.isArray(names) ? names : [];
  for (const name of identifiers) {
    if (!(await clusterNamed(call, name))) return `DBCluster ${text(name)} not found.`;
  }
  return undefined;
}

function isTaken(groups: JsonValue, key: string, name: JsonValue): boolean {
  return objects(groups).some((group) => isName(group[key], name));
}
