import { objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import { isName } from "../names";
import type { RuleCall } from "../rule";

/** Where AWS documents the operations of RDS. */
export const reference = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
export const service = "rds";

/** The DB instances that exist. */
export async function instances({ ask }: RuleCall): Promise<readonly JsonObject[]> {
  return objects((await ask("DescribeDBInstances")).DBInstances);
}

/** The DB clusters that exist. */
export async function clusters({ ask }: RuleCall): Promise<readonly JsonObject[]> {
  return objects((await ask("DescribeDBClusters")).DBClusters);
}

/** The DB instance with an identifier. */
export async function instanceNamed(call: RuleCall, name: JsonValue): Promise<JsonObject | undefined> {
  return (await instances(call)).find((each) => isName(each.DBInstanceIdentifier, name));
}

/** The DB cluster with an identifier, or with the ARN that some operations take. */
export async function clusterNamed(call: RuleCall, name: JsonValue): Promise<JsonObject | undefined> {
  const all = await clusters(call);
  return all.find((each) => isName(each.DBClusterIdentifier, name) || text(each.DBClusterArn) === text(name));
}

/** The database that a call changes. */
export function databaseOf(call: RuleCall): Promise<JsonObject | undefined> {
  return call.operation === "ModifyDBCluster"
    ? clusterNamed(call, call.input.DBClusterIdentifier)
    : instanceNamed(call, call.input.DBInstanceIdentifier);
}
