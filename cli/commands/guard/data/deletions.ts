import { causeOf, effectOf } from "../actions";
import { nameOf, type Plan } from "../plan";
import type { Loss } from "./loss";
import { protectionNotes } from "./protection-notes";

/** What Terraform cannot create again, by the type of resource that holds it. */
export const dataHolders: Readonly<Record<string, string>> = {
  aws_db_instance: "the rows of a database, and its automated backups",
  aws_rds_cluster: "the rows of a database, and its automated backups",
  aws_dynamodb_table: "the items of a table, and its point-in-time recovery",
  // A cache may be the only place of sessions and counters.
  aws_elasticache_cluster: "the entries of a cache",
  aws_elasticache_replication_group: "the entries of a cache",
  aws_elasticache_serverless_cache: "the entries of a cache",
  aws_s3_bucket: "the objects of a bucket, and its name, which another account may take",
  aws_efs_file_system: "the files of a file system",
  aws_sqs_queue: "messages that have not been received",
  aws_cognito_user_pool: "users and their passwords, which cannot be exported",
  aws_kms_key: "the key, without which encrypted data cannot be read",
  // Values that were set manually or by rotation are not in a stage file.
  aws_secretsmanager_secret: "the value of a secret",
  aws_ssm_parameter: "the value of a parameter, which may have been set manually",
  aws_ecr_repository: "images, without which no task starts and no release can be rolled back",
  // Audits and retention rules may require logs.
  aws_cloudwatch_log_group: "logs",
  aws_backup_vault: "recovery points",
};

/** The resources with data that a plan deletes, replaces or removes from the state. */
export function deletionsOf({ resource_changes: changes }: Pick<Plan, "resource_changes">): readonly Loss[] {
  return changes.flatMap((resource): Loss[] => {
    const data = dataHolders[resource.type];
    const effect = effectOf(resource);
    if (data === undefined || effect === undefined) return [];
    const cause = causeOf(resource);
    return [
      { address: resource.address, name: nameOf(resource), effect, cause, data, notes: protectionNotes(resource) },
    ];
  });
}
