import { jsonReaders, queryReaders, restReaders, type Reader } from "../reader";
import { text, type JsonObject } from "../../wire/json";

const s3 = restReaders("s3", { global: true });
const sqs = jsonReaders("sqs", "AmazonSQS");
const dynamodb = jsonReaders("dynamodb", "DynamoDB_20120810");
const secrets = jsonReaders("secretsmanager", "secretsmanager");
const kms = jsonReaders("kms", "TrentService");
const rds = queryReaders("rds", "2014-10-31");
const elasticache = queryReaders("elasticache", "2015-02-02");
const backup = restReaders("backup");

const isDefault =
  (name: string) =>
  (item: JsonObject): boolean =>
    text(item[name]).startsWith("default");
const keyOf = (KeyId: string): Reader =>
  kms("Key", "DescribeKey", "KeyMetadata", "KeyId", {
    input: { KeyId },
    ignore: ({ KeyManager }) => KeyManager === "AWS",
    lingering: ({ KeyState }) =>
      KeyState === "PendingDeletion" ? "a key is deleted after its waiting period" : undefined,
  });

/** Databases, caches, queues, buckets, secrets, keys and backups. */
export const data: readonly Reader[] = [
  s3("Bucket", "/", "ListAllMyBucketsResult.Buckets.Bucket", "Name"),
  sqs("Queue", "ListQueues", "QueueUrls", ""),
  dynamodb("Table", "ListTables", "TableNames", ""),
  secrets("Secret", "ListSecrets", "SecretList", "Name", {
    input: { IncludePlannedDeletion: true },
    lingering: ({ DeletedDate }) =>
      DeletedDate == null ? undefined : "a deleted secret can be restored during its recovery window",
  }),
  kms("", "ListKeys", "Keys", "KeyId", { within: ({ KeyId }) => [keyOf(text(KeyId))] }),
  kms("Key alias", "ListAliases", "Aliases", "AliasName", {
    ignore: ({ AliasName }) => text(AliasName).startsWith("alias/aws/"),
  }),
  rds("DB instance", "DescribeDBInstances", "DBInstances.DBInstance", "DBInstanceIdentifier"),
  rds("DB cluster", "DescribeDBClusters", "DBClusters.DBCluster", "DBClusterIdentifier"),
  rds("DB subnet group", "DescribeDBSubnetGroups", "DBSubnetGroups.DBSubnetGroup", "DBSubnetGroupName"),
  rds("DB parameter group", "DescribeDBParameterGroups", "DBParameterGroups.DBParameterGroup", "DBParameterGroupName", {
    ignore: isDefault("DBParameterGroupName"),
  }),
  rds(
    "DB cluster parameter group",
    "DescribeDBClusterParameterGroups",
    "DBClusterParameterGroups.DBClusterParameterGroup",
    "DBClusterParameterGroupName",
    {
      ignore: isDefault("DBClusterParameterGroupName"),
    },
  ),
  rds("DB option group", "DescribeOptionGroups", "OptionGroupsList.OptionGroup", "OptionGroupName", {
    ignore: isDefault("OptionGroupName"),
  }),
  rds("DB proxy", "DescribeDBProxies", "DBProxies.member", "DBProxyName"),
  rds("DB snapshot", "DescribeDBSnapshots", "DBSnapshots.DBSnapshot", "DBSnapshotIdentifier", {
    ignore: ({ SnapshotType }) => SnapshotType === "automated",
  }),
  rds(
    "DB cluster snapshot",
    "DescribeDBClusterSnapshots",
    "DBClusterSnapshots.DBClusterSnapshot",
    "DBClusterSnapshotIdentifier",
    {
      ignore: ({ SnapshotType }) => SnapshotType === "automated",
    },
  ),
  elasticache(
    "Replication group",
    "DescribeReplicationGroups",
    "ReplicationGroups.ReplicationGroup",
    "ReplicationGroupId",
  ),
  elasticache("Cache cluster", "DescribeCacheClusters", "CacheClusters.CacheCluster", "CacheClusterId"),
  elasticache(
    "Cache subnet group",
    "DescribeCacheSubnetGroups",
    "CacheSubnetGroups.CacheSubnetGroup",
    "CacheSubnetGroupName",
  ),
  elasticache(
    "Cache parameter group",
    "DescribeCacheParameterGroups",
    "CacheParameterGroups.CacheParameterGroup",
    "CacheParameterGroupName",
    {
      ignore: isDefault("CacheParameterGroupName"),
    },
  ),
  elasticache("Cache user", "DescribeUsers", "Users.member", "UserId", { ignore: isDefault("UserId") }),
  elasticache("Cache user group", "DescribeUserGroups", "UserGroups.member", "UserGroupId"),
  elasticache("Serverless cache", "DescribeServerlessCaches", "ServerlessCaches.member", "ServerlessCacheName"),
  elasticache("Cache snapshot", "DescribeSnapshots", "Snapshots.Snapshot", "SnapshotName"),
  backup("Backup vault", "/backup-vaults/", "BackupVaultList", "BackupVaultName"),
  backup("Backup plan", "/backup/plans/", "BackupPlansList", "BackupPlanName", {
    within: ({ BackupPlanId }) => [
      backup(
        "Backup selection",
        `/backup/plans/${text(BackupPlanId)}/selections/`,
        "BackupSelectionsList",
        "SelectionName",
      ),
    ],
  }),
];
