import {
  exchangedText,
  itemsRemoved,
  reduced,
  reducedFromForever,
  removed,
  turnedOff,
  turnedOn,
  type Comparison,
} from "./comparisons";
import { bucketKeepsLess, planKeepsLess, repositoryKeepsLess } from "./expiry-rules";

/** The resource whose data a setting of another resource concerns. */
export interface Owner {
  readonly type: string;
  /** Field of the setting that names the owner, and the owner's field with the same value. */
  readonly by: string;
  readonly key: string;
}

/** A value whose change loses data, or removes what prevents a loss. */
export interface ValueEntry {
  readonly type: string;
  readonly field: string;
  readonly loses: Comparison;
  /** What is lost; for a protection, what it prevented. */
  readonly data: string;
  /** A change is refused; a protection that is removed is shown. */
  readonly consequence: "refused" | "shown";
  /** Whether the deletion, too, is a change of the value: the setting is a resource of its own. @default - it is not */
  readonly owner?: Owner | "itself";
  /**
   * Whether the known parts of a planned value are compared: the provider computes fields within rules.
   * @default false - a value with an unknown part is not compared
   */
  readonly comparesKnownParts?: boolean;
}

const bucket: Owner = { type: "aws_s3_bucket", by: "bucket", key: "bucket" };
const repository: Owner = { type: "aws_ecr_repository", by: "repository", key: "name" };
const fileSystem: Owner = { type: "aws_efs_file_system", by: "file_system_id", key: "id" };
const vault: Owner = { type: "aws_backup_vault", by: "backup_vault_name", key: "name" };

const automatedBackups = "automated backups older than the new period; with 0, all of them";
const snapshots = "automatic snapshots beyond the new number of days; with 0, no new ones are taken";
const finalSnapshot = "the final snapshot that a later deletion would take";
const automatedBackupsAtDeletion = "the automated backups that would outlive a deletion";
const vaultLock = "the guarantee that recovery points cannot be deleted early";
const deletionProtection = "AWS no longer refuses a deletion";

/** Every value that is compared, by the data that a change loses. */
export const valueEntries: readonly ValueEntry[] = [
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
  refused("aws_db_instance", "backup_retention_period", reduced, automatedBackups),
  refused("aws_rds_cluster", "backup_retention_period", reduced, automatedBackups),
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
  refused(
    "aws_dynamodb_table",
    "point_in_time_recovery.enabled",
    turnedOff(),
    "every point in time to which the table can be restored",
  ),
  refused(
    "aws_dynamodb_table",
    "point_in_time_recovery.recovery_period_in_days",
    reduced,
    "the earlier points in time to which the table can be restored",
  ),
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
  refused("aws_dynamodb_table", "ttl.enabled", turnedOn(), "items whose attribute is a time in the past"),
  refused("aws_dynamodb_table", "ttl.attribute_name", exchangedText, "items whose new attribute is a time in the past"),
  // 0 keeps logs forever.
  refused("aws_cloudwatch_log_group", "retention_in_days", reducedFromForever(0), "logs older than the new period"),
  refused("aws_sqs_queue", "message_retention_seconds", reduced, "waiting messages older than the new period"),
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html
  refused("aws_elasticache_cluster", "snapshot_retention_limit", reduced, snapshots),
  refused("aws_elasticache_replication_group", "snapshot_retention_limit", reduced, snapshots),
  refused("aws_elasticache_serverless_cache", "snapshot_retention_limit", reduced, snapshots),

  setting(
    "aws_s3_bucket_lifecycle_configuration",
    "rule",
    bucketKeepsLess,
    "the objects that the rules now delete",
    bucket,
  ),
  // The provider suspends versioning when the resource is deleted.
  setting(
    "aws_s3_bucket_versioning",
    "versioning_configuration.status",
    turnedOff("Enabled"),
    "former versions of what is overwritten or deleted from now on",
    bucket,
  ),
  setting(
    "aws_ecr_lifecycle_policy",
    "policy",
    repositoryKeepsLess,
    "the images that the rules now delete",
    repository,
  ),
  setting("aws_efs_backup_policy", "backup_policy.status", turnedOff("ENABLED"), "future daily backups", fileSystem),
  setting("aws_backup_plan", "rule", planKeepsLess, "future recovery points, or their later deletion", "itself"),
  setting(
    "aws_backup_selection",
    "resources",
    itemsRemoved,
    "future recovery points of what is not selected",
    "itself",
  ),
  setting("aws_backup_vault_lock_configuration", "backup_vault_name", removed, vaultLock, vault),
  setting("aws_backup_vault_lock_configuration", "min_retention_days", reduced, vaultLock, vault),

  shown("aws_db_instance", "deletion_protection", turnedOff(), deletionProtection),
  shown("aws_rds_cluster", "deletion_protection", turnedOff(), deletionProtection),
  shown("aws_dynamodb_table", "deletion_protection_enabled", turnedOff(), deletionProtection),
  shown("aws_cognito_user_pool", "deletion_protection", turnedOff("ACTIVE"), deletionProtection),
  shown("aws_lb", "enable_deletion_protection", turnedOff(), deletionProtection),
  shown("aws_db_instance", "skip_final_snapshot", turnedOn(), finalSnapshot),
  shown("aws_rds_cluster", "skip_final_snapshot", turnedOn(), finalSnapshot),
  shown("aws_db_instance", "delete_automated_backups", turnedOn(), automatedBackupsAtDeletion),
  shown("aws_rds_cluster", "delete_automated_backups", turnedOn(), automatedBackupsAtDeletion),
  shown(
    "aws_secretsmanager_secret",
    "recovery_window_in_days",
    reduced,
    "days in which a deleted secret can be restored",
  ),
  shown("aws_kms_key", "deletion_window_in_days", reduced, "days in which the deletion of the key can be cancelled"),
  shown("aws_s3_bucket", "force_destroy", turnedOn(), "AWS no longer refuses to delete the bucket with its objects"),
  shown(
    "aws_ecr_repository",
    "force_delete",
    turnedOn(),
    "AWS no longer refuses to delete the repository with its images",
  ),
  shown(
    "aws_backup_vault",
    "force_destroy",
    turnedOn(),
    "AWS no longer refuses to delete the vault with its recovery points",
  ),
];

function refused(type: string, field: string, loses: Comparison, data: string): ValueEntry {
  return { type, field, loses, data, consequence: "refused" };
}

function setting(type: string, field: string, loses: Comparison, data: string, owner: Owner | "itself"): ValueEntry {
  return { type, field, loses, data, consequence: "refused", owner, comparesKnownParts: field === "rule" };
}

function shown(type: string, field: string, loses: Comparison, data: string): ValueEntry {
  return { type, field, loses, data, consequence: "shown" };
}
