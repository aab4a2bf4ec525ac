import { randomUUID } from "node:crypto";
import type { AwsRequest, Forward, Reply } from "../../proxy/gap";
import { defaultVersion } from "../../rules/rds/default-version";
import { isSuccess, queryReply } from "../../wire/reply";
import { find, parseXml, textOf, type Element } from "../../wire/xml";

/**
 * moto cannot restore the snapshot of a cluster whose password RDS manages, nor that of an instance to a cluster; affects
 * `snapshot_identifier` of `aws_rds_cluster`. A cluster is created with what the snapshot determines instead.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html
 */
export async function restoreCluster({ form, operation }: AwsRequest, forward: Forward): Promise<Reply> {
  const Version = form.get("Version") ?? "";
  const written = form.get("SnapshotIdentifier") ?? "";
  // Only an ARN identifies the snapshot of an instance.
  const type = /^arn:.*:snapshot:/.test(written) ? "DBSnapshot" : "DBClusterSnapshot";
  const name = written.replace(/^arn:.*:(cluster-)?snapshot:/, "");
  const snapshots = { Action: `Describe${type}s`, Version, [`${type}Identifier`]: name };
  const described = await forward({ body: new URLSearchParams(snapshots).toString() });
  if (!isSuccess(described)) return described;
  const snapshot = find(parseXml(described.body), `Describe${type}sResult`, `${type}s`, type);
  if (!snapshot) return described;

  const cluster = new URLSearchParams(form);
  cluster.delete("SnapshotIdentifier");
  cluster.set("Action", "CreateDBCluster");
  cluster.set("MasterUsername", textOf(snapshot, "MasterUsername"));
  // A restored cluster keeps the password of the snapshot, which moto does not return.
  cluster.set("MasterUserPassword", randomUUID());
  cluster.set("StorageEncrypted", textOf(snapshot, "StorageEncrypted") || textOf(snapshot, "Encrypted"));
  if (!cluster.has("EngineVersion")) cluster.set("EngineVersion", restoredVersion(snapshot, form.get("Engine") ?? ""));
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

// The versions of Aurora MySQL are not those of MySQL.
function restoredVersion(snapshot: Element, engine: string): string {
  const version = textOf(snapshot, "EngineVersion");
  const isOther = engine === "aurora-mysql" && textOf(snapshot, "Engine") !== engine;
  return (isOther ? defaultVersion(engine) : undefined) ?? version;
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
