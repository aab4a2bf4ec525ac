import { BackupPlan, type BackupPlanRule } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { Backup } from "../../schema/data/backup";
import { arnOf, partitionIn, type ArnScope } from "../arn";
import { ServiceRole } from "../identity/service-role";
import { backupName, roleName } from "../naming";
import type { Statement } from "./grant";

/** A resource that AWS Backup can back up. */
export interface BackupResource {
  readonly kind: "instance" | "cluster" | "table" | "bucket" | "files";
  readonly arn: string;
}

export interface BackupsProps {
  readonly stage: StageConfig;
  readonly backup: Backup;
  readonly resources: readonly BackupResource[];
}

/** Backups of a stage's data by AWS Backup, in a vault with a key of its own. */
export class Backups extends Construct {
  constructor(scope: Construct, id: string, props: BackupsProps) {
    super(scope, id);
    const { stage, backup, resources } = props;
    const { app, region, accountId } = stage;
    const key = new KmsKey(this, "key", {
      description: `Backups of ${app} on ${stage.stage}`,
      enableKeyRotation: true,
      // Without the key, the backups cannot be decrypted.
      deletionWindowInDays: 30,
    });
    const vault = new BackupVault(this, "vault", {
      name: backupName(stage),
      kmsKeyArn: key.arn,
      forceDestroy: backup.forceDelete,
    });
    this.lock(backup, vault);
    const plan = new BackupPlan(this, "plan", { name: backupName(stage), rule: rulesOf(backup, vault) });
    const partition = partitionIn(this);
    const arnScope = { partition, region, accountId };
    const role = new ServiceRole(this, "role", {
      name: roleName(stage, "backups"),
      service: "backup.amazonaws.com",
      sourceAccount: accountId,
      statements: [
        ...resources.flatMap((resource) => statementsOf(resource, arnScope)),
        ...vaultStatements({ vaultArn: vault.arn, keyArn: key.arn, backup }, arnScope),
      ],
    });
    new BackupSelection(this, "selection", {
      name: backupName(stage),
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: resources.map(({ arn }) => arn),
      // AWS Backup checks the permissions of the role when the selection is created.
      dependsOn: [...role.policies],
    });
  }

  private lock({ vaultLock }: Backup, vault: BackupVault): void {
    if (vaultLock === undefined) return;
    const { minimumRetentionDays, maximumRetentionDays, changeableForDays } = vaultLock;
    new BackupVaultLockConfiguration(this, "lock", {
      backupVaultName: vault.name,
      minRetentionDays: minimumRetentionDays,
      ...(maximumRetentionDays !== undefined && { maxRetentionDays: maximumRetentionDays }),
      ...(changeableForDays !== undefined && { changeableForDays }),
    });
  }
}

function rulesOf({ rules }: Backup, vault: BackupVault): BackupPlanRule[] {
  return Object.entries(rules).map(([ruleName, { schedule, deleteAfterDays, coldStorageAfterDays, copyActions }]) => {
    const cold = coldStorageAfterDays !== undefined && { coldStorageAfter: coldStorageAfterDays };
    return {
      ruleName,
      targetVaultName: vault.name,
      schedule,
      // AWS's defaults, in minutes; the provider's default would cancel the backup of a large bucket after three hours.
      startWindow: 8 * 60,
      completionWindow: 7 * 24 * 60,
      lifecycle: { deleteAfter: deleteAfterDays, ...cold },
      ...(copyActions.length > 0 && {
        copyAction: copyActions.map((copy) => ({
          destinationVaultArn: copy.destinationVaultArn,
          lifecycle: { deleteAfter: copy.deleteAfterDays ?? deleteAfterDays, ...cold },
        })),
      }),
    };
  });
}

type BackupScope = Omit<ArnScope, "app" | "stage">;

/**
 * Permissions to back up one resource: the part of AWS's managed policies that the resource needs.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 */
function statementsOf({ kind, arn }: BackupResource, arnScope: BackupScope): Statement[] {
  switch (kind) {
    case "instance":
      return databaseStatements(arn, arnScope, { server: "db", snapshot: "snapshot", name: "DB" });
    case "cluster":
      return databaseStatements(arn, arnScope, { server: "cluster", snapshot: "cluster-snapshot", name: "DBCluster" });
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
      return bucketStatements(arn, arnScope);
    case "files":
      return [{ actions: ["elasticfilesystem:Backup", "elasticfilesystem:DescribeTags"], resources: [arn] }];
  }
}

function databaseStatements(
  arn: string,
  arnScope: BackupScope,
  { server, snapshot, name }: { readonly server: string; readonly snapshot: string; readonly name: string },
): Statement[] {
  // A copy has the ARN of its destination region.
  const snapshots = arnOf({ ...arnScope, region: "*" }, "rds", `${snapshot}:awsbackup:*`);
  const all = (kind: string) => arnOf(arnScope, "rds", `${kind}:*`);
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
function bucketStatements(arn: string, arnScope: BackupScope): Statement[] {
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
      // AWS Backup is notified of changed objects by EventBridge rules of this name.
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
      resources: [arnOf(arnScope, "events", "rule/AwsBackupManagedRule*")],
    },
    { actions: ["cloudwatch:GetMetricData", "events:ListRules", "s3:ListAllMyBuckets"], resources: ["*"] },
  ];
}

/** Permissions to write to the vault and to copy from it. https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html */
function vaultStatements(
  { vaultArn, keyArn, backup }: { readonly vaultArn: string; readonly keyArn: string; readonly backup: Backup },
  arnScope: BackupScope,
): Statement[] {
  const copies = [
    ...new Set(
      Object.values(backup.rules).flatMap(({ copyActions }) => copyActions.map((copy) => copy.destinationVaultArn)),
    ),
  ];
  const points = arnOf(arnScope, "backup", "recovery-point:*");
  const snapshots = ["snapshot", "cluster-snapshot"].map((kind) => arnOf(arnScope, "rds", `${kind}:awsbackup:*`));
  // The keys of the destination vaults are not known here.
  const copyKeys = copies.map((arn) =>
    arnOf({ ...arnScope, region: arn.split(":")[3] ?? arnScope.region }, "kms", "key/*"),
  );
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
