import { randomUUID } from "node:crypto";
import type { AwsRequest, Forward, Reply } from "../../proxy/gap";
import { isSuccess, queryReply } from "../../wire/reply";
import { find, parseXml, textOf } from "../../wire/xml";

/**
 * moto cannot restore the snapshot of a cluster whose password RDS manages; affects `snapshot_identifier` of
 * `aws_rds_cluster`. A cluster is created with what the snapshot determines instead.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html
 */
export async function restoreCluster({ form, operation }: AwsRequest, forward: Forward): Promise<Reply> {
  const Version = form.get("Version") ?? "";
  const name = (form.get("SnapshotIdentifier") ?? "").replace(/^arn:.*:cluster-snapshot:/, "");
  const snapshots = { Action: "DescribeDBClusterSnapshots", Version, DBClusterSnapshotIdentifier: name };
  const described = await forward({ body: new URLSearchParams(snapshots).toString() });
  if (!isSuccess(described)) return described;
  const result = "DescribeDBClusterSnapshotsResult";
  const snapshot = find(parseXml(described.body), result, "DBClusterSnapshots", "DBClusterSnapshot");
  if (!snapshot) return described;

  const cluster = new URLSearchParams(form);
  cluster.delete("SnapshotIdentifier");
  cluster.set("Action", "CreateDBCluster");
  cluster.set("MasterUsername", textOf(snapshot, "MasterUsername"));
  // A restored cluster keeps the password of the snapshot, which moto does not return.
  cluster.set("MasterUserPassword", randomUUID());
  cluster.set("StorageEncrypted", textOf(snapshot, "StorageEncrypted"));
  if (!cluster.has("EngineVersion")) cluster.set("EngineVersion", textOf(snapshot, "EngineVersion"));
  const created = await forward({ body: cluster.toString() });
  if (!isSuccess(created)) return created;
  return queryReply(operation, find(parseXml(created.body), "CreateDBClusterResult")?.children ?? []);
}

/**
 * moto gives a restored instance what its source has of deletion protection, and manages its password as that of the
 * source; affects `snapshot_identifier` and `restore_to_point_in_time` of `aws_db_instance`, which could not be destroyed,
 * and whose first secret would remain. On AWS it has both on request.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
 */
export async function restoreInstance({ form, operation }: AwsRequest, forward: Forward): Promise<Reply> {
  const reply = await forward();
  if (!isSuccess(reply)) return reply;
  const change = new URLSearchParams({
    Action: "ModifyDBInstance",
    Version: form.get("Version") ?? "",
    DBInstanceIdentifier: restoredInstance(form),
    DeletionProtection: form.get("DeletionProtection") ?? "false",
    ApplyImmediately: "true",
  });
  if (form.get("ManageMasterUserPassword") !== "true") change.set("ManageMasterUserPassword", "false");
  const changed = await forward({ body: change.toString() });
  if (!isSuccess(changed)) return changed;
  const instance = find(parseXml(changed.body), "ModifyDBInstanceResult", "DBInstance");
  return queryReply(operation, instance ? [instance] : []);
}

/** The name of the instance that a restoration makes. */
export function restoredInstance(form: URLSearchParams): string {
  return form.get("TargetDBInstanceIdentifier") ?? form.get("DBInstanceIdentifier") ?? "";
}

/**
 * moto gives a cluster that is restored to a point in time what its source has of deletion protection; affects
 * `restore_to_point_in_time` of `aws_rds_cluster`, which could not be destroyed.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterToPointInTime.html
 */
export function restoreClusterInTime({ form }: AwsRequest, forward: Forward): Promise<Reply> {
  const restored = new URLSearchParams(form);
  if (!restored.has("DeletionProtection")) restored.set("DeletionProtection", "false");
  return forward({ body: restored.toString() });
}
