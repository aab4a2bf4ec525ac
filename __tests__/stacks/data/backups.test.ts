import type { StageInput } from "../../../schema";
import { minimalService, stackWith } from "../../fixtures/stage";

type Data = NonNullable<StageInput["data"]>;

const copies = "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies";
const schedule = "cron(0 1 * * ? *)";
const daily = { rules: { daily: { schedule } } };
const files = { orders: { ...minimalService, fileSystem: { mountPath: "/files" } } };
const stores = {
  postgres: { kind: "instance", keep: true },
  redis: { kind: "serverless", keep: true },
  uploads: { keep: true },
  queues: { orders: { keep: true } },
  tables: { users: { partitionKey: { name: "id", type: "string" }, keep: true } },
} as const satisfies Data;
const stackOf = (data: Data) => stackWith({ data });
const statementsOf = (stack: ReturnType<typeof stackWith>) =>
  stack.json.data.aws_iam_policy_document?.backups_role_permissions?.statement;

const vault = "${aws_backup_vault.backups.arn}";
const key = "${aws_kms_key.backups.arn}";
const partition = "${data.aws_partition.backups.partition}";
const here = (service: string, rest: string) => `arn:${partition}:${service}:us-east-1:111122223333:${rest}`;
const everyStore = stackWith({ data: { ...stores, backup: daily }, services: files });

describe("backups of a stage", () => {
  it("are created only when configured", () => {
    const types = stackOf(stores).addresses.filter((address) => address.startsWith("aws_backup"));
    expect(types).toEqual([]);
  });

  it("select exactly what AWS Backup supports: database, uploads, tables and files", () => {
    expect(everyStore.resource("aws_backup_selection.backups")).toMatchObject({
      name: "shop-backups-dev01",
      plan_id: "${aws_backup_plan.backups.id}",
      iam_role_arn: "${aws_iam_role.backups.arn}",
      resources: [
        "${aws_db_instance.data_postgres_server.arn}",
        "${aws_s3_bucket.data_uploads.arn}",
        "${aws_dynamodb_table.data_tables_users.arn}",
        "${aws_efs_file_system.services_orders.arn}",
      ],
      depends_on: ["aws_iam_role_policy.backups"],
    });
  });

  it("select the cluster of Aurora", () => {
    const stack = stackOf({ postgres: { kind: "aurora-serverless", keep: true }, backup: daily });
    expect(stack.resource("aws_backup_selection.backups")).toMatchObject({
      resources: ["${aws_rds_cluster.data_postgres_server.arn}"],
    });
  });

  it("are made on schedule, with AWS's default windows, and deleted after 35 days", () => {
    expect(everyStore.resource("aws_backup_plan.backups")).toEqual({
      name: "shop-backups-dev01",
      rule: [
        {
          rule_name: "daily",
          target_vault_name: "${aws_backup_vault.backups.name}",
          schedule,
          start_window: 480,
          completion_window: 10080,
          lifecycle: { delete_after: 35 },
        },
      ],
    });
  });

  it("move to cold storage, are copied and are kept as configured", () => {
    const monthly = { schedule: "cron(0 2 1 * ? *)", deleteAfterDays: 400, coldStorageAfterDays: 30 };
    const copyActions = [
      { destinationVaultArn: copies },
      { destinationVaultArn: copies.replace("eu", "ap"), deleteAfterDays: 120 },
    ];
    const stack = stackOf({ ...stores, backup: { rules: { monthly: { ...monthly, copyActions } } } });
    expect(stack.resource("aws_backup_plan.backups")?.rule).toMatchObject([
      {
        rule_name: "monthly",
        schedule: monthly.schedule,
        lifecycle: { delete_after: 400, cold_storage_after: 30 },
        copy_action: [
          { destination_vault_arn: copies, lifecycle: { delete_after: 400, cold_storage_after: 30 } },
          {
            destination_vault_arn: copyActions[1]?.destinationVaultArn,
            lifecycle: { delete_after: 120, cold_storage_after: 30 },
          },
        ],
      },
    ]);
  });

  it("are in a vault with a KMS key of its own, and without force_destroy by default", () => {
    expect(everyStore.resource("aws_backup_vault.backups")).toEqual({
      name: "shop-backups-dev01",
      kms_key_arn: key,
      force_destroy: false,
    });
    expect(everyStore.resource("aws_kms_key.backups")).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    const passing = stackOf({ ...stores, backup: { ...daily, forceDelete: true } });
    expect(passing.resource("aws_backup_vault.backups")).toMatchObject({ force_destroy: true });
  });

  it("are locked only when configured, and in compliance mode only with a grace period", () => {
    const lockOf = (vaultLock: NonNullable<Data["backup"]>["vaultLock"]) =>
      stackOf({ ...stores, backup: { ...daily, vaultLock } }).all("aws_backup_vault_lock_configuration");
    const name = "${aws_backup_vault.backups.name}";
    expect(lockOf(undefined)).toEqual({});
    expect(lockOf({ minimumRetentionDays: 7 })).toEqual({
      backups: { backup_vault_name: name, min_retention_days: 7 },
    });
    expect(lockOf({ minimumRetentionDays: 7, maximumRetentionDays: 90, changeableForDays: 3 })).toEqual({
      backups: { backup_vault_name: name, min_retention_days: 7, max_retention_days: 90, changeable_for_days: 3 },
    });
  });

  it("replace the daily backups of EFS", () => {
    const status = (stack: ReturnType<typeof stackWith>) =>
      /ENABLED|DISABLED/.exec(JSON.stringify(stack.all("aws_efs_backup_policy")))?.[0];
    expect(status(everyStore)).toBe("DISABLED");
    expect(status(stackWith({ services: files }))).toBe("ENABLED");
  });
});

describe("the role of AWS Backup", () => {
  const general = [
    { actions: ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"], resources: [vault] },
    { actions: ["backup:TagResource"], resources: [here("backup", "recovery-point:*")] },
    { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [key] },
    { actions: ["kms:DescribeKey"], resources: [key] },
    {
      actions: ["kms:CreateGrant"],
      resources: [key],
      condition: [{ test: "Bool", variable: "kms:GrantIsForAWSResource", values: ["true"] }],
    },
  ];

  it("can be assumed for this account only", () => {
    expect(everyStore.json.data.aws_iam_policy_document?.backups_role_trust?.statement).toEqual([
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["backup.amazonaws.com"] }],
        condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["111122223333"] }],
      },
    ]);
  });

  it("may back up only the table of the stage", () => {
    const arn = "${aws_dynamodb_table.data_tables_users.arn}";
    expect(statementsOf(stackOf({ tables: stores.tables, backup: daily }))).toEqual([
      {
        actions: [
          "dynamodb:CreateBackup",
          "dynamodb:DescribeTable",
          "dynamodb:ListTagsOfResource",
          "dynamodb:StartAwsBackupJob",
        ],
        resources: [arn],
      },
      { actions: ["dynamodb:DeleteBackup", "dynamodb:DescribeBackup"], resources: [`${arn}/backup/*`] },
      ...general,
    ]);
  });

  it.each([
    ["instance", "aws_db_instance.data_postgres_server", "DB", "db", "snapshot", "Instances"],
    ["aurora-serverless", "aws_rds_cluster.data_postgres_server", "DBCluster", "cluster", "cluster-snapshot", "s"],
  ] as const)(
    "may create snapshots of the stage's database, and delete its own: %s",
    (kind, address, name, server, snapshot, s) => {
      const snapshots = `arn:${partition}:rds:*:111122223333:${snapshot}:awsbackup:*`;
      expect(statementsOf(stackOf({ postgres: { kind, keep: true }, backup: daily }))).toEqual([
        {
          actions: ["rds:AddTagsToResource", `rds:Create${name}Snapshot`, "rds:ListTagsForResource"],
          resources: [`\${${address}.arn}`, snapshots],
        },
        { actions: [`rds:Copy${name}Snapshot`, `rds:Delete${name}Snapshot`], resources: [snapshots] },
        {
          actions: [`rds:Describe${name}Snapshots`, `rds:Describe${name}${s}`],
          resources: [here("rds", `${server}:*`), here("rds", `${snapshot}:*`)],
        },
        ...general,
      ]);
    },
  );

  it("may read only the stage's bucket, and change only its event notifications", () => {
    const statements = JSON.stringify(statementsOf(stackOf({ uploads: stores.uploads, backup: daily })));
    const bucket = "${aws_s3_bucket.data_uploads.arn}";
    const writes = [...statements.matchAll(/"(s3:(?!Get|List)\w+)"/g)].map(([, action]) => action);
    expect(writes).toEqual(["s3:PutBucketNotification", "s3:PutInventoryConfiguration"]);
    expect(statements).toContain(`"resources":["${bucket}"]`);
    expect(statements).toContain(`"resources":["${bucket}/*"]`);
    expect(statements).toContain(`"resources":["${here("events", "rule/AwsBackupManagedRule*")}"]`);
    expect(statements).toContain(
      '{"actions":["cloudwatch:GetMetricData","events:ListRules","s3:ListAllMyBuckets"],"resources":["*"]}',
    );
  });

  it("may back up only the file systems of the stage", () => {
    expect(statementsOf(stackWith({ data: { backup: daily }, services: files }))).toEqual([
      {
        actions: ["elasticfilesystem:Backup", "elasticfilesystem:DescribeTags"],
        resources: ["${aws_efs_file_system.services_orders.arn}"],
      },
      ...general,
    ]);
  });

  it("may copy only to the configured vaults", () => {
    const rules = { daily: { schedule, copyActions: [{ destinationVaultArn: copies }] } };
    const statements = statementsOf(stackOf({ tables: stores.tables, backup: { rules } }));
    const keys = `arn:${partition}:kms:eu-west-1:111122223333:key/*`;
    expect(statements).toEqual(
      expect.arrayContaining([
        { actions: ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"], resources: [vault, copies] },
        {
          actions: ["backup:CopyFromBackupVault"],
          resources: [
            here("backup", "recovery-point:*"),
            here("rds", "snapshot:awsbackup:*"),
            here("rds", "cluster-snapshot:awsbackup:*"),
          ],
        },
        { actions: ["kms:DescribeKey"], resources: [key, keys] },
        { ...general[4], resources: [key, keys] },
      ]),
    );
  });
});
