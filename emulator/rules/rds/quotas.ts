import { objects, text, type JsonValue } from "../../wire/json";
import type { Rule } from "../rule";
import { clusters, instances, reference, service } from "./databases";

const quota = { instances: 40, clusters: 40, parameterGroups: 50, clusterParameterGroups: 50, subnetGroups: 50 };
const source = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html";

/** Quotas of RDS in a new account and Region. */
export const quotas: readonly Rule[] = [
  {
    name: "db-instance-quota",
    service,
    operations: ["CreateDBInstance", "CreateDBInstanceReadReplica", "RestoreDBInstanceFromDBSnapshot"],
    code: "InstanceQuotaExceeded",
    rule: "An account has at most 40 DB instances in a Region.",
    source,
    refuse: async (call) =>
      (await instances(call)).length >= quota.instances ? "DB Instance quota exceeded" : undefined,
  },
  {
    name: "db-cluster-quota",
    service,
    operations: ["CreateDBCluster", "RestoreDBClusterFromSnapshot"],
    code: "DBClusterQuotaExceededFault",
    status: 403,
    rule: "An account has at most 40 DB clusters in a Region.",
    source,
    refuse: async (call) => ((await clusters(call)).length >= quota.clusters ? "DB Cluster quota exceeded" : undefined),
  },
  {
    name: "db-parameter-group-quota",
    service,
    operations: ["CreateDBParameterGroup"],
    code: "DBParameterGroupQuotaExceeded",
    rule: "An account has at most 50 DB parameter groups in a Region.",
    source,
    refuse: async ({ ask }) => {
      const { DBParameterGroups } = await ask("DescribeDBParameterGroups");
      const own = objects(DBParameterGroups).filter((group) => !isDefault(group.DBParameterGroupName));
      return own.length >= quota.parameterGroups ? "DB Parameter Group quota exceeded" : undefined;
    },
  },
  {
    name: "db-cluster-parameter-group-quota",
    service,
    operations: ["CreateDBClusterParameterGroup"],
    code: "DBParameterGroupQuotaExceeded",
    rule: "An account has at most 50 DB cluster parameter groups in a Region.",
    source,
    refuse: async ({ ask }) => {
      const { DBClusterParameterGroups } = await ask("DescribeDBClusterParameterGroups");
      const own = objects(DBClusterParameterGroups).filter((group) => !isDefault(group.DBClusterParameterGroupName));
      return own.length >= quota.clusterParameterGroups ? "DB Parameter Group quota exceeded" : undefined;
    },
  },
  {
    name: "db-subnet-group-quota",
    service,
    operations: ["CreateDBSubnetGroup"],
    code: "DBSubnetGroupQuotaExceeded",
    rule: "An account has at most 50 DB subnet groups in a Region.",
    source: `${reference}/API_CreateDBSubnetGroup.html`,
    refuse: async ({ ask }) => {
      const { DBSubnetGroups } = await ask("DescribeDBSubnetGroups");
      return objects(DBSubnetGroups).length >= quota.subnetGroups ? "DB Subnet Group quota exceeded" : undefined;
    },
  },
];

function isDefault(name: JsonValue): boolean {
  return text(name).startsWith("default.");
}
