import { randomUUID } from "node:crypto";
import type { AwsRequest, Forward, Reply } from "../../proxy/gap";
import { editXml, isSuccess, queryReply } from "../../wire/reply";
import { find, findAll, parseXml, textOf } from "../../wire/xml";

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
  const created = await forward({ body: cluster.toString() });
  if (!isSuccess(created)) return created;
  return queryReply(operation, find(parseXml(created.body), "CreateDBClusterResult")?.children ?? []);
}

/**
 * moto manages the password of a restored instance as that of the snapshot's; affects `snapshot_identifier` of
 * `aws_db_instance`, whose first secret would remain. On AWS it does so on request.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
 */
export async function restoreInstance({ form, operation }: AwsRequest, forward: Forward): Promise<Reply> {
  const reply = await forward();
  if (!isSuccess(reply) || form.get("ManageMasterUserPassword") === "true") return reply;
  const change = {
    Action: "ModifyDBInstance",
    Version: form.get("Version") ?? "",
    DBInstanceIdentifier: form.get("DBInstanceIdentifier") ?? "",
    ManageMasterUserPassword: "false",
    ApplyImmediately: "true",
  };
  await forward({ body: new URLSearchParams(change).toString() });
  return editXml(reply, (root) => {
    for (const instance of findAll(root, `${operation}Result`, "DBInstance")) {
      instance.children = instance.children.filter(({ name }) => name !== "MasterUserSecret");
    }
  });
}
