import {
  GetBackupPlanCommand,
  GetBackupSelectionCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
  type BackupRule,
} from "@aws-sdk/client-backup";
import type { Clients } from "./clients";

/** What a backup plan backs up, and by which rules. */
export async function backupsOf(
  { backup }: Clients,
  name: string,
): Promise<{ rules: readonly BackupRule[]; resources: readonly string[] }> {
  const { BackupPlansList = [] } = await backup.send(new ListBackupPlansCommand({}));
  const BackupPlanId = BackupPlansList.find(({ BackupPlanName }) => BackupPlanName === name)?.BackupPlanId;
  const { BackupPlan } = await backup.send(new GetBackupPlanCommand({ BackupPlanId }));
  const { BackupSelectionsList = [] } = await backup.send(new ListBackupSelectionsCommand({ BackupPlanId }));
  const selections = BackupSelectionsList.map(async ({ SelectionId }) => {
    const { BackupSelection } = await backup.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId }));
    return BackupSelection?.Resources ?? [];
  });
  return { rules: BackupPlan?.Rules ?? [], resources: (await Promise.all(selections)).flat() };
}
