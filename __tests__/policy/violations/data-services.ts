import type { Change } from "../edit";

const database = "aws_db_instance";
const cache = "aws_elasticache_replication_group";
const host = "aws_instance";

/** Changes that each violate exactly one rule about the data services and the bastion of production. */
export const dataServiceViolations = {
  "database-encryption": (stack) => {
    stack.set(database, "storage_encrypted", false);
  },
  "database-public-access": (stack) => {
    stack.set(database, "publicly_accessible", true);
  },
  "database-tls": (stack) => {
    stack.set("aws_db_parameter_group", "parameter.1.value", "0");
  },
  "database-parameter-group": (stack) => {
    stack.set(database, "parameter_group_name", undefined);
  },
  "database-iam-authentication": (stack) => {
    stack.set(database, "iam_database_authentication_enabled", undefined);
  },
  "database-password": (stack) => {
    stack.set(database, "manage_master_user_password", undefined);
  },
  "database-admin-name": (stack) => {
    stack.set(database, "username", "postgres");
  },
  "database-final-snapshot": (stack) => {
    stack.set(database, "final_snapshot_identifier", undefined);
  },
  "database-minor-upgrades": (stack) => {
    stack.set(database, "auto_minor_version_upgrade", false);
  },
  "database-logs": (stack) => {
    stack.set(database, "enabled_cloudwatch_logs_exports", []);
  },
  "database-snapshot-tags": (stack) => {
    stack.set(database, "copy_tags_to_snapshot", undefined);
  },
  "database-multi-az": (stack) => {
    stack.set(database, "multi_az", undefined);
  },
  "database-deletion": (stack) => {
    stack.set(database, "deletion_protection", false);
  },
  "database-insights": (stack) => {
    stack.set(database, "performance_insights_enabled", false);
  },
  "database-backups": (stack) => {
    stack.set(database, "backup_retention_period", 0);
  },
  "cache-encryption": (stack) => {
    stack.set(cache, "at_rest_encryption_enabled", "false");
  },
  "cache-tls": (stack) => {
    stack.set(cache, "transit_encryption_enabled", false);
  },
  "cache-authentication": (stack) => {
    stack.set(cache, "user_group_ids", []);
  },
  "cache-failover": (stack) => {
    stack.set(cache, "multi_az_enabled", false);
  },
  "instance-metadata": (stack) => {
    stack.set(host, "metadata_options.http_tokens", "optional");
  },
  "instance-disk-encryption": (stack) => {
    stack.set(host, "root_block_device.encrypted", false);
  },
  "instance-ingress": (stack) => {
    stack.set(host, "key_name", "laptop");
  },
  "key-rotation": (stack) => {
    stack.set("aws_kms_key", "enable_key_rotation", false);
  },
  "topic-encryption": (stack) => {
    stack.set("aws_sns_topic", "kms_master_key_id", undefined);
  },
  "bucket-public-access": (stack) => {
    stack.set("aws_s3_bucket_public_access_block", "ignore_public_acls", false);
  },
  "bucket-tls": (stack) => {
    stack.replace("data.aws_iam_policy_document", "aws:SecureTransport", "aws:SourceVpc", "aws_s3_bucket.");
  },
  "bucket-ownership": (stack) => {
    stack.set("aws_s3_bucket_ownership_controls", "rule.object_ownership", "ObjectWriter");
  },
  "bucket-versioning": (stack) => {
    stack.set("aws_s3_bucket_versioning", "versioning_configuration.status", "Suspended");
  },
  "bucket-lifecycle": (stack) => {
    stack.remove("aws_s3_bucket_lifecycle_configuration");
  },
  "bucket-encryption": (stack) => {
    stack.remove("aws_s3_bucket_server_side_encryption_configuration");
  },
  "bucket-name": (stack) => {
    stack.set("aws_s3_bucket", "bucket", "Up_Loads");
  },
  "table-point-in-time-recovery": (stack) => {
    stack.set("aws_dynamodb_table", "point_in_time_recovery.enabled", false);
  },
} satisfies Readonly<Record<string, Change>>;
