import { z } from "zod";
import { servicesOf } from "./checked-services";
import type { Check } from "./cross-checks";
import { copy } from "../data/backup";

const written = z.object({
  region: z.string(),
  accountId: z.string(),
  data: z.object({
    backup: z.object({
      rules: z.record(
        z.string(),
        z.looseObject({ coldAfterDays: z.unknown().optional(), copyTo: z.array(copy).catch([]) }),
      ),
    }),
    postgres: z.unknown().optional(),
    uploads: z.unknown().optional(),
    tables: z.record(z.string(), z.unknown()),
  }),
});
const keepingFiles = z.object({ fileSystem: z.object({}) });

/** Backups are of something, and go where AWS Backup can bring them. */
export const backupsPossible: Check = (stage, report) => {
  const { data: found } = written.safeParse(stage);
  if (found === undefined) return;
  const { backup, postgres, uploads, tables } = found.data;
  const path = ["data", "backup"];
  const canBeCold = Object.keys(tables).length > 0 || servicesOf(stage, keepingFiles).length > 0;
  if (!canBeCold && postgres === undefined && uploads === undefined) {
    const message =
      "finds nothing to back up; write data.postgres, data.uploads, data.tables or a fileSystem, or remove it";
    report(path, message, backup);
    return;
  }
  for (const [name, { coldAfterDays, copyTo }] of Object.entries(backup.rules)) {
    const at = [...path, "rules", name];
    if (coldAfterDays !== undefined && !canBeCold) {
      const message = "is for tables and files, and the stage has neither; remove it";
      report([...at, "coldAfterDays"], message, coldAfterDays);
    }
    copyTo.forEach(({ vaultArn }, index) => {
      const problem = copyProblem(vaultArn, found);
      if (problem !== undefined) report([...at, "copyTo", index, "vaultArn"], problem, vaultArn);
    });
  }
};

function copyProblem(vaultArn: string, { region, accountId }: { readonly region: string; readonly accountId: string }) {
  const [, , , toRegion, toAccount] = vaultArn.split(":");
  if (toRegion === region) return `is in the stage's own region; name a vault outside ${region}`;
  // AWS's own keys, which encrypt the stores, open nothing in another account.
  if (toAccount !== accountId) return `is of another account; name a vault of ${accountId}`;
  return undefined;
}
