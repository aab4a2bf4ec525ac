import { arnOf, type ArnScope } from "../../arn";
import { backupName } from "../../naming";
import type { ActionTable } from "./table";

const vaults = (scope: ArnScope) => [arnOf(scope, "backup", `backup-vault:${backupName(scope)}`)];
// AWS Backup generates the ids of plans.
const plans = (scope: ArnScope) => [arnOf(scope, "backup", "backup-plan:*")];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html */
export const backups: ActionTable = {
  aws_backup_vault: {
    create: [
      "backup:CreateBackupVault",
      "backup:TagResource",
      "backup-storage:MountCapsule",
      "kms:CreateGrant",
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "kms:RetireGrant",
    ],
    read: ["backup:DescribeBackupVault", "backup:ListTags"],
    update: ["backup:TagResource", "backup:UntagResource"],
    // With `forceDelete`, the recovery points are deleted with the vault.
    delete: ["backup:DeleteBackupVault", "backup:DeleteRecoveryPoint", "backup:ListRecoveryPointsByBackupVault"],
    on: (scope) => [...vaults(scope), arnOf(scope, "kms", "key/*"), arnOf(scope, "backup", "recovery-point:*")],
  },
  aws_backup_vault_lock_configuration: {
    create: ["backup:PutBackupVaultLockConfiguration"],
    read: ["backup:DescribeBackupVault"],
    update: ["backup:PutBackupVaultLockConfiguration"],
    delete: ["backup:DeleteBackupVaultLockConfiguration"],
    on: vaults,
  },
  aws_backup_plan: {
    create: ["backup:CreateBackupPlan", "backup:TagResource"],
    read: ["backup:GetBackupPlan", "backup:ListTags"],
    update: ["backup:TagResource", "backup:UntagResource", "backup:UpdateBackupPlan"],
    delete: ["backup:DeleteBackupPlan"],
    on: plans,
  },
  aws_backup_selection: {
    create: ["backup:CreateBackupSelection"],
    read: ["backup:GetBackupSelection"],
    delete: ["backup:DeleteBackupSelection"],
    on: plans,
    passesRolesTo: ["backup.amazonaws.com"],
  },
};
