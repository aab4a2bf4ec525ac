import type { Backup } from "../../../schema/data/backup";
import type { Statement } from "../grant";
import type { BackedUp } from "./backed-up";

/** Where backups are, in the parts that ARNs are made of. */
export interface BackupPlace {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * What AWS Backup needs to back up one store, of what its managed policies allow for all stores of an account.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 */
export function storeStatements({ kind, arn }: BackedUp, place: BackupPlace): Statement[] {
  switch (kind) {
    case "instance":
      return databaseStatements(arn, place, { server: "db", snapshot: "snapshot", name: "DB" });
    case "cluster":
      return databaseStatements(arn, place, { server: "cluster", snapshot: "cluster-snapshot", name: "DBCluster" });
    case "table":
      return [
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
      ];
    case "bucket":
      return bucketStatements(arn, place);
    case "files":
      return [{ actions: ["elasticfilesystem:Backup", "elasticfilesystem:DescribeTags"], resources: [arn] }];
  }
}

function databaseStatements(
  arn: string,
  { partition, region, accountId }: BackupPlace,
  { server, snapshot, name }: { readonly server: string; readonly snapshot: string; readonly name: string },
): Statement[] {
  // Copies are made by the region that they go to.
  const snapshots = `arn:${partition}:rds:*:${accountId}:${snapshot}:awsbackup:*`;
  const all = (kind: string) => `arn:${partition}:rds:${region}:${accountId}:${kind}:*`;
  return [
    {
      actions: ["rds:AddTagsToResource", `rds:Create${name}Snapshot`, "rds:ListTagsForResource"],
      resources: [arn, snapshots],
    },
    { actions: [`rds:Copy${name}Snapshot`, `rds:Delete${name}Snapshot`], resources: [snapshots] },
    {
      actions: [`rds:Describe${name}Snapshots`, name === "DB" ? "rds:DescribeDBInstances" : "rds:DescribeDBClusters"],
      resources: [all(server), all(snapshot)],
    },
  ];
}

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForS3Backup.html */
function bucketStatements(arn: string, { partition, region, accountId }: BackupPlace): Statement[] {
  return [
    {
      actions: [
        "s3:GetBucketAcl",
        "s3:GetBucketLocation",
        "s3:GetBucketNotification",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetInventoryConfiguration",
        "s3:ListBucket",
        "s3:ListBucketVersions",
        "s3:ListTagsForResource",
        "s3:PutBucketNotification",
        "s3:PutInventoryConfiguration",
      ],
      resources: [arn],
    },
    {
      actions: [
        "s3:GetObject",
        "s3:GetObjectAcl",
        "s3:GetObjectTagging",
        "s3:GetObjectVersion",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionTagging",
      ],
      resources: [`${arn}/*`],
    },
    {
      // AWS Backup hears of changed objects by rules of this name.
      actions: [
        "events:DeleteRule",
        "events:DescribeRule",
        "events:DisableRule",
        "events:EnableRule",
        "events:ListTargetsByRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
      ],
      resources: [`arn:${partition}:events:${region}:${accountId}:rule/AwsBackupManagedRule*`],
    },
    { actions: ["cloudwatch:GetMetricData", "events:ListRules", "s3:ListAllMyBuckets"], resources: ["*"] },
  ];
}

/** What AWS Backup needs to fill the vault, and to copy from it. https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html */
export function vaultStatements(
  { vaultArn, keyArn, backup }: { readonly vaultArn: string; readonly keyArn: string; readonly backup: Backup },
  { partition, region, accountId }: BackupPlace,
): Statement[] {
  const copies = [
    ...new Set(
      Object.values(backup.rules).flatMap(({ copyActions }) => copyActions.map((copy) => copy.destinationVaultArn)),
    ),
  ];
  const points = `arn:${partition}:backup:${region}:${accountId}:recovery-point:*`;
  const snapshots = ["snapshot", "cluster-snapshot"].map(
    (kind) => `arn:${partition}:rds:${region}:${accountId}:${kind}:awsbackup:*`,
  );
  // The keys of other vaults are known to these alone.
  const copyKeys = copies.map((arn) => `arn:${partition}:kms:${arn.split(":")[3] ?? region}:${accountId}:key/*`);
  return [
    { actions: ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"], resources: [vaultArn, ...copies] },
    { actions: ["backup:TagResource"], resources: [points] },
    ...(copies.length === 0 ? [] : [{ actions: ["backup:CopyFromBackupVault"], resources: [points, ...snapshots] }]),
    { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [keyArn] },
    { actions: ["kms:DescribeKey"], resources: [keyArn, ...new Set(copyKeys)] },
    {
      actions: ["kms:CreateGrant"],
      resources: [keyArn, ...new Set(copyKeys)],
      condition: [{ test: "Bool", variable: "kms:GrantIsForAWSResource", values: ["true"] }],
    },
  ];
}
