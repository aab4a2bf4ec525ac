/**
 * Resources that hold what Terraform cannot make again, and what that is. Not here, although near: an instance of an
 * Aurora cluster (the cluster holds the rows), a version of a secret (a new one keeps the old), a cache's subnet group.
 */
export const dataHolders: Readonly<Record<string, string>> = {
  aws_db_instance: "the rows of a database, and with it its automated backups",
  aws_rds_cluster: "the rows of a database, and with it its automated backups",
  aws_dynamodb_table: "the items of a table, and with it its point-in-time recovery",
  // A cache may be lost, yet sessions and counters that have no other home are in it.
  aws_elasticache_cluster: "what a cache keeps",
  aws_elasticache_replication_group: "what a cache keeps",
  aws_elasticache_serverless_cache: "what a cache keeps",
  aws_s3_bucket: "the objects of a bucket, and its name, which others may take",
  aws_efs_file_system: "the files of a file system",
  aws_sqs_queue: "messages that nobody has received yet",
  aws_cognito_user_pool: "users and their passwords, which no export contains",
  aws_kms_key: "the key, without which what it encrypted cannot be read",
  // Values that people or rotation set are in no stage file.
  aws_secretsmanager_secret: "a secret's value",
  aws_ssm_parameter: "a parameter's value, which may have been set by hand",
  aws_ecr_repository: "images, without which no task starts and no release can be rolled back",
  // Evidence of what happened, which retention rules may demand.
  aws_cloudwatch_log_group: "logs",
  aws_backup_vault: "recovery points",
};
