import { object, objects, text, type JsonObject } from "../../wire/json";
import { isName } from "../names";
import type { Rule } from "../rule";
import { clusterNamed, clusters, instanceNamed, instances, reference, service } from "./databases";

const workingWithGroups = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html";

/** What RDS does not delete. */
export const deletion: readonly Rule[] = [
  {
    name: "final-snapshot-of-instance",
    service,
    operations: ["DeleteDBInstance"],
    code: "InvalidParameterCombination",
    rule: "A DB instance is deleted either with the name of a final snapshot, or with SkipFinalSnapshot.",
    source: `${reference}/API_DeleteDBInstance.html`,
    refuse: async (call) => {
      const instance = await instanceNamed(call, call.input.DBInstanceIdentifier);
      // The instances of an Aurora cluster have no snapshots: their cluster has.
      return instance && text(instance.DBClusterIdentifier) === "" ? finalSnapshotProblem(call.input) : undefined;
    },
  },
  {
    name: "final-snapshot-of-replica",
    service,
    operations: ["DeleteDBInstance"],
    code: "InvalidParameterCombination",
    rule: "A read replica, or a member of a DB cluster, is deleted without a final snapshot.",
    source: `${reference}/API_DeleteDBInstance.html`,
    refuse: async (call) => {
      if (text(call.input.FinalDBSnapshotIdentifier) === "") return undefined;
      const instance = await instanceNamed(call, call.input.DBInstanceIdentifier);
      const isReplica = text(instance?.ReadReplicaSourceDBInstanceIdentifier) !== "";
      return isReplica || text(instance?.DBClusterIdentifier) !== ""
        ? `FinalDBSnapshotIdentifier can not be specified when deleting a ${isReplica ? "replica" : "cluster"} instance`
        : undefined;
    },
  },
  {
    name: "final-snapshot-of-cluster",
    service,
    operations: ["DeleteDBCluster"],
    code: "InvalidParameterCombination",
    rule: "A DB cluster is deleted either with the name of a final snapshot, or with SkipFinalSnapshot.",
    source: `${reference}/API_DeleteDBCluster.html`,
    refuse: async (call) =>
      (await clusterNamed(call, call.input.DBClusterIdentifier)) ? finalSnapshotProblem(call.input) : undefined,
  },
  {
    name: "db-parameter-group-in-use",
    service,
    operations: ["DeleteDBParameterGroup"],
    code: "InvalidDBParameterGroupState",
    rule: "A DB parameter group cannot be deleted while a DB instance has it, also when a pending change will remove it.",
    source: `${reference}/API_DeleteDBParameterGroup.html`,
    refuse: async (call) => {
      const name = call.input.DBParameterGroupName;
      return (await instances(call)).some(({ DBParameterGroups }) =>
        objects(DBParameterGroups).some((group) => isName(group.DBParameterGroupName, name)),
      )
        ? "One or more database instances are still members of this parameter group " +
            `${text(name)}, so the group cannot be deleted`
        : undefined;
    },
  },
  {
    name: "db-cluster-parameter-group-in-use",
    service,
    operations: ["DeleteDBClusterParameterGroup"],
    code: "InvalidDBParameterGroupState",
    rule: "A DB cluster parameter group cannot be deleted while a DB cluster has it.",
    source: `${reference}/API_DeleteDBClusterParameterGroup.html`,
    refuse: async (call) => {
      const name = call.input.DBClusterParameterGroupName;
      return (await clusters(call)).some((cluster) => isName(cluster.DBClusterParameterGroup, name))
        ? `One or more database clusters are still members of this parameter group ${text(name)}, so the group cannot be deleted`
        : undefined;
    },
  },
  {
    name: "default-parameter-group",
    service,
    operations: ["DeleteDBParameterGroup", "DeleteDBClusterParameterGroup", "ModifyDBParameterGroup"],
    code: "InvalidDBParameterGroupState",
    rule: "A default parameter group can be neither modified nor deleted.",
    source: workingWithGroups,
    refuse: ({ input }) => {
      const name = text(input.DBParameterGroupName) || text(input.DBClusterParameterGroupName);
      return name.startsWith("default.") ? `The parameter group ${name} is a default parameter group` : undefined;
    },
  },
  {
    name: "db-subnet-group-in-use",
    service,
    operations: ["DeleteDBSubnetGroup"],
    code: "InvalidDBSubnetGroupStateFault",
    rule: "A DB subnet group cannot be deleted while a DB instance or DB cluster has it.",
    source: `${reference}/API_DeleteDBSubnetGroup.html`,
    refuse: async (call) => {
      const name = call.input.DBSubnetGroupName;
      const ofInstance = (await instances(call)).find((instance) =>
        isName(object(instance.DBSubnetGroup).DBSubnetGroupName, name),
      );
      const ofCluster = (await clusters(call)).find((cluster) => isName(cluster.DBSubnetGroup, name));
      const user = text(ofInstance?.DBInstanceIdentifier) || text(ofCluster?.DBClusterIdentifier);
      return user === ""
        ? undefined
        : `Cannot delete the subnet group '${text(name)}' because at least one database instance: ${user} is still using it.`;
    },
  },
];

function finalSnapshotProblem({ SkipFinalSnapshot, FinalDBSnapshotIdentifier }: JsonObject): string | undefined {
  const isNamed = text(FinalDBSnapshotIdentifier) !== "";
  if (SkipFinalSnapshot === true) {
    return isNamed ? "FinalDBSnapshotIdentifier can not be specified when deleting with SkipFinalSnapshot" : undefined;
  }
  return isNamed ? undefined : "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.";
}
