import type { Interruption } from "./interruption";

const replaced = (thing: string, what: string, until: string, minutes?: number): Interruption => ({
  thing,
  what: () => what,
  until,
  ...(minutes !== undefined && { minutes }),
  // The data group of the report has the deletion.
  whenDeleted: false,
});

const cache = replaced("cache", "the cache", "the new cache is available, and filled again", 10);
const database = replaced("database", "the database", "the new one is available, and the rows are restored", 20);

/** What is not available without parts of data services. */
export const dataInterruptions: Readonly<Record<string, Interruption>> = {
  aws_db_instance: database,
  aws_rds_cluster: database,
  aws_rds_cluster_instance: {
    ...replaced("instance of the cluster", "the database, or one of its readers", "the new instance is available", 10),
    partOf: [{ type: "aws_rds_cluster", by: "cluster_identifier", key: "cluster_identifier" }],
  },
  aws_db_proxy: replaced("proxy", "connections through the proxy", "the new proxy and its target are available", 10),
  aws_db_proxy_target: {
    ...replaced("target of the proxy", "connections through the proxy", "the new target is available", 3),
    partOf: [{ type: "aws_db_proxy", by: "db_proxy_name", key: "name" }],
  },
  aws_elasticache_cluster: cache,
  aws_elasticache_replication_group: cache,
  aws_elasticache_serverless_cache: cache,
  aws_elasticache_user: replaced("user of the cache", "connections to the cache", "the new user is in the group", 2),
  aws_elasticache_user_group: replaced("user group", "connections to the cache", "the cache has the new group", 2),
  aws_dynamodb_table: replaced("table", "the table", "the new table is active", 1),
  aws_s3_bucket: replaced("bucket", "the bucket", "the new bucket exists", 1),
  aws_efs_file_system: replaced("file system", "files", "the new file system has mount targets", 5),
  // A deleted name can be used again after 60 seconds: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
  aws_sqs_queue: replaced("queue", "the queue", "the new queue exists", 2),
  aws_sns_topic: replaced("topic", "the topic", "the new topic exists with its subscriptions", 1),
  aws_kms_key: replaced("key", "what is encrypted with the key", "it is encrypted with the new one"),
  aws_secretsmanager_secret: replaced("secret", "starts of tasks with the secret", "the new secret has its value"),
  aws_ssm_parameter: replaced("parameter", "starts of tasks with the parameter", "the new parameter exists", 1),
};
