import { isSet } from "../../documents/values";
import { objects, text, type JsonObject } from "../../wire/json";
import { isName } from "../names";
import type { RuleCall } from "../rule";
import { clusterNamed, instanceNamed } from "./databases";

/** The snapshot of a restoration; undefined when it does not exist. */
export async function snapshotOf({ input, ask }: RuleCall): Promise<JsonObject | undefined> {
  const written = text(input.SnapshotIdentifier) || text(input.DBSnapshotIdentifier);
  const name = written.replace(/^arn:.*snapshot:/, "");
  const { DBClusterSnapshots } = await ask("DescribeDBClusterSnapshots");
  const { DBSnapshots } = await ask("DescribeDBSnapshots");
  // A cluster is restored from the snapshot of an instance by its ARN.
  const isOfCluster = isSet(input.SnapshotIdentifier) && !/^arn:.*:snapshot:/.test(written);
  const all = isOfCluster ? objects(DBClusterSnapshots) : objects(DBSnapshots);
  return all.find((each) => isName(each.DBClusterSnapshotIdentifier ?? each.DBSnapshotIdentifier, name));
}

/** The database, or its snapshot, of which a restoration makes another one; undefined when it does not exist. */
export function sourceOf(call: RuleCall): Promise<JsonObject | undefined> {
  const { SourceDBClusterIdentifier, SourceDBInstanceIdentifier } = call.input;
  if (!call.operation.endsWith("ToPointInTime")) return snapshotOf(call);
  return isSet(SourceDBClusterIdentifier)
    ? clusterNamed(call, SourceDBClusterIdentifier)
    : instanceNamed(call, SourceDBInstanceIdentifier);
}
