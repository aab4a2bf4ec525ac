import { z } from "zod";
import { flag, integer, matching, resourceName } from "../primitives";
import { cron } from "../services/schedule";

/** AWS's maximum retention, in days. */
const maximumRetention = 36500;

/** Minimum time in cold storage, in days. https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
const coldStorageDays = 90;

/** A copy of each backup in another vault. */
export const copyAction = z.strictObject({
  /** Vault of the same account in another region. */
  destinationVaultArn: matching(
    /^arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[\w-]{2,50}$/,
    'must be the ARN of a backup vault; write one such as "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies"',
  ),
  /** Age at which the copy is deleted, in days. @default - as the rule's backups */
  deleteAfterDays: integer(1, maximumRetention).optional(),
});

const rule = z
  .strictObject({
    /** `cron(...)` in UTC, at least an hour away from the database's backup and maintenance windows. */
    schedule: cron.refine((text) => !/^cron\(\S*[^\d\s]/.test(text), {
      error: 'must not run more often than once an hour; write one minute, as in "cron(0 1 * * ? *)"',
    }),
    /** Age at which a backup is deleted, in days. @default 35 */
    deleteAfterDays: integer(1, maximumRetention).default(35),
    /** Age at which backups of tables and files move to cold storage, for at least 90 days. @default - never */
    coldStorageAfterDays: integer(1, maximumRetention - coldStorageDays).optional(),
    /** Vaults to which each backup is copied. @default [] */
    copyActions: z
      .array(copyAction)
      .refine((all) => new Set(all.map(({ destinationVaultArn }) => destinationVaultArn)).size === all.length, {
        error: "must not contain the same vault twice; write each once",
      })
      .default([]),
  })
  .superRefine(({ deleteAfterDays, coldStorageAfterDays, copyActions }, context) => {
    if (coldStorageAfterDays === undefined) return;
    const minimum = coldStorageAfterDays + coldStorageDays;
    const check = (path: PropertyKey[], input: number) => {
      const message = `must be at least ${coldStorageDays} days above coldStorageAfterDays; write ${minimum} or more`;
      if (input < minimum) context.addIssue({ code: "custom", path, input, message });
    };
    check(["deleteAfterDays"], deleteAfterDays);
    copyActions.forEach((copy, index) => {
      if (copy.deleteAfterDays !== undefined) check(["copyActions", index, "deleteAfterDays"], copy.deleteAfterDays);
    });
  });

const vaultLock = z
  .strictObject({
    /** Minimum retention of every backup in the vault, in days. */
    minimumRetentionDays: integer(1, maximumRetention),
    /** Maximum retention of every backup in the vault, in days. @default - none */
    maximumRetentionDays: integer(1, maximumRetention).optional(),
    /** Days until the lock becomes immutable (compliance mode). @default - it stays removable (governance mode) */
    changeableForDays: integer(3, maximumRetention).optional(),
  })
  .refine(({ minimumRetentionDays: minimum, maximumRetentionDays: maximum = maximumRetention }) => minimum <= maximum, {
    path: ["minimumRetentionDays"],
    error: "must not be above the maximum; write less, or raise `maximumRetentionDays`",
  });

/**
 * Backups of the stage's database, uploads, tables and files by AWS Backup, in a vault with its own KMS key.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
export const backup = z
  .strictObject({
    /** Rules of the backup plan, by name. */
    rules: z
      .record(resourceName(24, "daily"), rule)
      .refine(
        (rules) => Object.keys(rules).length > 0,
        'must not be empty; write a rule such as { daily: { schedule: "cron(0 1 * * ? *)" } }',
      ),
    /** Vault lock, which keeps backups from being deleted early. @default - none */
    vaultLock: vaultLock.optional(),
    /** Whether destroying the stage deletes its backups. @default false */
    forceDelete: flag.default(false),
  })
  .refine(({ vaultLock: lock, forceDelete }) => lock === undefined || !forceDelete, {
    path: ["forceDelete"],
    error: "must not be combined with `vaultLock`, which prevents it; remove one of the two",
  })
  .superRefine(({ rules, vaultLock: lock }, context) => {
    if (lock === undefined) return;
    const { minimumRetentionDays: minimum, maximumRetentionDays: maximum = maximumRetention } = lock;
    if (minimum > maximum) return;
    for (const [name, { deleteAfterDays }] of Object.entries(rules)) {
      if (deleteAfterDays >= minimum && deleteAfterDays <= maximum) continue;
      const message = `must be within the retention of the vault lock; write ${minimum} to ${maximum}`;
      context.addIssue({ code: "custom", path: ["rules", name, "deleteAfterDays"], input: deleteAfterDays, message });
    }
  });

export type Backup = z.output<typeof backup>;
