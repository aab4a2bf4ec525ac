import { z } from "zod";
import { copyAction } from "../data/backup";
import { allServicesOf, type Check } from "./check";

const withBackup = z.object({
  region: z.string(),
  accountId: z.string(),
  data: z.object({
    backup: z.object({
      rules: z.record(
        z.string(),
        z.looseObject({ coldStorageAfterDays: z.unknown().optional(), copyActions: z.array(copyAction).catch([]) }),
      ),
    }),
    postgres: z.unknown().optional(),
    uploads: z.unknown().optional(),
    tables: z.record(z.string(), z.unknown()),
  }),
});
const withFileSystem = z.object({ fileSystem: z.object({}) });

/** A backup plan has resources, and copies go to vaults that AWS Backup can copy to. */
export const backupsPossible: Check = (stage, report) => {
  const { data: config } = withBackup.safeParse(stage);
  if (config === undefined) return;
  const { backup, postgres, uploads, tables } = config.data;
  const path = ["data", "backup"];
  const hasColdStorage = Object.keys(tables).length > 0 || allServicesOf(stage, withFileSystem).length > 0;
  if (!hasColdStorage && postgres === undefined && uploads === undefined) {
    const message =
      "has nothing to back up; write data.postgres, data.uploads, data.tables or a fileSystem, or remove it";
    report(path, message, backup);
    return;
  }
  for (const [name, { coldStorageAfterDays, copyActions }] of Object.entries(backup.rules)) {
    const rulePath = [...path, "rules", name];
    if (coldStorageAfterDays !== undefined && !hasColdStorage) {
      const message = "applies to tables and file systems only, and the stage has neither; remove it";
      report([...rulePath, "coldStorageAfterDays"], message, coldStorageAfterDays);
    }
    copyActions.forEach(({ destinationVaultArn }, index) => {
      const problem = copyProblem(destinationVaultArn, config);
      if (problem === undefined) return;
      report([...rulePath, "copyActions", index, "destinationVaultArn"], problem, destinationVaultArn);
    });
  }
};

function copyProblem(
  destinationVaultArn: string,
  { region, accountId }: { readonly region: string; readonly accountId: string },
) {
  const [, , , vaultRegion, vaultAccount] = destinationVaultArn.split(":");
  if (vaultRegion === region) return `must not be in the stage's own region; name a vault outside ${region}`;
  // AWS managed keys, which encrypt the data services, cannot be shared with another account.
  if (vaultAccount !== accountId) return `must not be in another account; name a vault of ${accountId}`;
  return undefined;
}
