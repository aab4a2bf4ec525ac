import { StartBackupJobCommand } from "@aws-sdk/client-backup";
import type { StageInput } from "../../../schema";
import { base, networkAt, web, type Content } from "./content";
import type { StepContext, Walk } from "./walk";

type Data = NonNullable<StageInput["data"]>;

const plain: Content = { ...base, network: networkAt("10.81.0.0/16"), services: { orders: web } };
const using = (data: Data, uses: readonly string[], fields: Partial<Content> = {}): Content => ({
  ...plain,
  data,
  services: { orders: { ...web, uses: [...uses] } },
  ...fields,
});

const key = { partitionKey: { name: "id", type: "string" } } as const;
const secret = { source: "create", recoveryWindowDays: 0 } as const;
const stores = {
  uploads: { forceDelete: true },
  queues: { mail: {} },
  tables: { users: key },
  secrets: { stripe: secret },
  topics: { sold: {} },
} satisfies Data;
const uses = ["uploads", "queue:mail", "table:users", "secret:stripe", "topic:sold"];
const changedStores = {
  ...stores,
  uploads: { forceDelete: true, corsOrigins: ["https://www.example.com"], expirationDays: 90, noncurrentDays: 7 },
  queues: { mail: { visibilityTimeoutSeconds: 120, retentionDays: 14, maxReceiveCount: 3 } },
  tables: {
    users: { ...key, timeToLiveAttribute: "ends", capacity: { mode: "provisioned", readUnits: 5, writeUnits: 5 } },
  },
  secrets: { stripe: { ...secret, generation: 1 } },
} satisfies Data;

const group = { kind: "replication-group", replicas: 1, applyImmediately: true, snapshotRetentionDays: 0 } as const;
const withoutExpiry = { ...changedStores.tables.users, timeToLiveEnabled: false } as const;
const backup = { rules: { daily: { schedule: "cron(0 1 * * ? *)" } }, forceDelete: true } as const;
const bastion = { access: "ssm" } as const;
const withCache = (
  redis: NonNullable<Data["redis"]>,
  tables: Data["tables"] = {
    users: { ...withoutExpiry, timeToLiveAttribute: undefined, timeToLiveEnabled: undefined },
  },
): Content => using({ ...changedStores, tables, redis, backup }, [...uses, "redis"], { bastion });
const renamed = {
  ...changedStores,
  secrets: { payments: secret },
  tables: { customers: key },
  redis: { kind: "serverless", snapshotRetentionDays: 0 },
  backup,
} satisfies Data;

const replicationGroup = "aws_elasticache_replication_group.data_redis_cache";

/** Data services and their settings, a bastion and backups, which come, change and go. */
export const storesWalk: Walk = {
  stage: "stores",
  first: plain,
  steps: [
    {
      name: "data: a bucket, a queue, a table, a secret and a topic are added, and used",
      content: using(stores, uses),
    },
    {
      name: "data: TTL and capacity mode of a table, visibility of a queue, rules of a bucket, generation of a secret",
      content: using(changedStores, uses),
    },
    {
      name: "data: a cache, a bastion and backups are added, and Time to Live of a table is disabled",
      content: withCache(group, { users: withoutExpiry }),
    },
    {
      name: "data: node type and number of replicas of the cache, at once",
      content: withCache({ ...group, nodeType: "cache.t4g.small", replicas: 2 }),
    },
    {
      name: "data: node type of the cache, in the maintenance window",
      content: withCache({ ...group, nodeType: "cache.t4g.medium", replicas: 2, applyImmediately: false }),
      // What refers to the changed cache is planned again as well, and is not changed.
      pending: [`update ${replicationGroup}`, "update aws_iam_role_policy.services_orders_task"],
    },
    {
      name: "data: fewer replicas of the cache",
      content: withCache({ ...group, nodeType: "cache.t4g.medium", replicas: 0 }),
    },
    {
      name: "data: the cache becomes serverless, which the guard refuses first",
      content: withCache({ kind: "serverless", snapshotRetentionDays: 0 }),
      losses: [replicationGroup],
    },
    {
      name: "data: a secret and a table are renamed, which the guard refuses first",
      content: using(renamed, ["uploads", "queue:mail", "table:customers", "secret:payments", "topic:sold", "redis"], {
        bastion,
      }),
      replaced: [/^aws_backup_selection\./],
      losses: ["aws_dynamodb_table.data_tables_users", "aws_secretsmanager_secret.data_secrets_stripe"],
    },
  ],
  back: {
    prepare: startBackup,
    losses: [
      "aws_backup_vault.backups",
      "aws_cloudwatch_log_group.bastion_sessions",
      "aws_dynamodb_table.data_tables_customers",
      "aws_elasticache_serverless_cache.data_redis",
      "aws_kms_key.backups",
      "aws_s3_bucket.data_uploads",
      "aws_secretsmanager_secret.data_secrets_payments",
      "aws_sqs_queue.data_queues_mail",
      "aws_sqs_queue.data_queues_mail_dead_letters",
    ],
  },
};

/** A vault with a recovery point. */
async function startBackup({ aws }: StepContext): Promise<void> {
  await aws.backup.send(
    new StartBackupJobCommand({
      BackupVaultName: "appname-backups-stores",
      ResourceArn: "arn:aws:dynamodb:us-east-1:111122223333:table/appname-customers-stores",
      IamRoleArn: "arn:aws:iam::111122223333:role/appname-backups-stores-us-east-1",
    }),
  );
}
