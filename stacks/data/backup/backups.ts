import { BackupPlan, type BackupPlanRule } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Backup } from "../../../schema/data/backup";
import { ServiceRole } from "../../identity/service-role";
import { backupName, roleName } from "../../naming";
import type { BackedUp } from "./backed-up";
import { storeStatements, vaultStatements } from "./permissions";

export interface BackupsProps {
  readonly stage: StageConfig;
  readonly backup: Backup;
  readonly dataServices: readonly BackedUp[];
}

/** Backups of a stage's stores by AWS Backup, in a vault with a key of its own. */
export class Backups extends Construct {
  constructor(scope: Construct, id: string, props: BackupsProps) {
    super(scope, id);
    const { stage, backup, dataServices } = props;
    const { app, region, accountId } = stage;
    const key = new KmsKey(this, "key", {
      description: `Backups of ${app} on ${stage.stage}`,
      enableKeyRotation: true,
      // What it encrypted can be read no more when it is gone.
      deletionWindowInDays: 30,
    });
    const vault = new BackupVault(this, "vault", {
      name: backupName(stage),
      kmsKeyArn: key.arn,
      forceDestroy: backup.forceDelete,
    });
    this.lock(backup, vault);
    const plan = new BackupPlan(this, "plan", { name: backupName(stage), rule: rulesOf(backup, vault) });
    const { partition } = new DataAwsPartition(this, "partition");
    const place = { partition, region, accountId };
    const role = new ServiceRole(this, "role", {
      name: roleName(stage, "backups"),
      service: "backup.amazonaws.com",
      sourceAccount: accountId,
      statements: [
        ...dataServices.flatMap((store) => storeStatements(store, place)),
        ...vaultStatements({ vaultArn: vault.arn, keyArn: key.arn, backup }, place),
      ],
    });
    new BackupSelection(this, "selection", {
      name: backupName(stage),
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: dataServices.map(({ arn }) => arn),
      // AWS Backup tries the role at once.
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
      // AWS's defaults, in minutes; Terraform's would give a large bucket up after three hours.
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
