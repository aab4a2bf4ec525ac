import { objects, text, type JsonValue } from "../../wire/json";
import type { Rule } from "../rule";
import { clusters, instances, service } from "./databases";

/** Quotas of RDS in an account and Region that AWS raises on request. */
export interface DatabaseQuotas {
  readonly dbInstances: number;
  readonly dbClusters: number;
  readonly dbParameterGroups: number;
  readonly dbClusterParameterGroups: number;
  readonly dbSubnetGroups: number;
}

const source = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html";

/** The quotas of a new account: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
export const newAccountDatabaseQuotas: DatabaseQuotas = {
  dbInstances: 40,
  dbClusters: 40,
  dbParameterGroups: 50,
  dbClusterParameterGroups: 50,
  dbSubnetGroups: 50,
};

/** Rules on how many databases and groups an account has in a Region. */
export function quotaRules(quotas: DatabaseQuotas): readonly Rule[] {
  return [
    {
      name: "db-instance-quota",
      service,
      operations: ["CreateDBInstance", "CreateDBInstanceReadReplica", "RestoreDBInstanceFromDBSnapshot"],
      code: "InstanceQuotaExceeded",
      rule: "An account has at most 40 DB instances in a Region.",
      source,
      refuse: async (call) =>
        (await instances(call)).length >= quotas.dbInstances ? "DB Instance quota exceeded" : undefined,
    },
    {
      name: "db-cluster-quota",
      service,
      operations: ["CreateDBCluster", "RestoreDBClusterFromSnapshot"],
      code: "DBClusterQuotaExceededFault",
      status: 403,
      rule: "An account has at most 40 DB clusters in a Region.",
      source,
      refuse: async (call) =>
        (await clusters(call)).length >= quotas.dbClusters ? "DB Cluster quota exceeded" : undefined,
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
        return own.length >= quotas.dbParameterGroups ? "DB Parameter Group quota exceeded" : undefined;
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
        return own.length >= quotas.dbClusterParameterGroups ? "DB Parameter Group quota exceeded" : undefined;
      },
    },
    {
      name: "db-subnet-group-quota",
      service,
      operations: ["CreateDBSubnetGroup"],
      code: "DBSubnetGroupQuotaExceeded",
      rule: "An account has at most 50 DB subnet groups in a Region.",
      source,
      refuse: async ({ ask }) => {
        const { DBSubnetGroups } = await ask("DescribeDBSubnetGroups");
        return objects(DBSubnetGroups).length >= quotas.dbSubnetGroups ? "DB Subnet Group quota exceeded" : undefined;
      },
    },
  ];
}

function isDefault(name: JsonValue): boolean {
  return text(name).startsWith("default.");
}
