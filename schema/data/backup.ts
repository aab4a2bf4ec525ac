import { z } from "zod";
import { integer, matching, yesOrNo } from "../primitives";
import { partName } from "../services/container";
import { cron } from "../services/schedule";

/** A hundred years, AWS's longest. */
const longest = 36500;

/** What cold storage is billed for at least, in days. https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
const coldDays = 90;

/** Where copies of backups go. */
export const copy = z.strictObject({
  /** Vault of the same account in another region. */
  vaultArn: matching(
    /^arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[\w-]{2,50}$/,
    'is no ARN of a vault; write one such as "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies"',
  ),
  /** Age at which the copy is deleted, in days. @default - that of the rule's backups */
  keepDays: integer(1, longest).optional(),
});

const rule = z
  .strictObject({
    /** `cron(...)` in UTC, an hour or more away from the database's own windows. */
    schedule: cron.refine((text) => !/^cron\(\S*[^\d\s]/.test(text), {
      error: 'is more often than once an hour; write one minute, as in "cron(0 1 * * ? *)"',
    }),
    /** Age at which a backup is deleted, in days. @default 35 */
    keepDays: integer(1, longest).default(35),
    /** Age at which backups of tables and files move to cold storage, where they stay for 90 days or more. @default - they stay warm */
    coldAfterDays: integer(1, longest - coldDays).optional(),
    /** Where each backup is copied to. @default [] */
    copyTo: z
      .array(copy)
      .refine(
        (all) => new Set(all.map(({ vaultArn }) => vaultArn)).size === all.length,
        "names a vault twice; write each once",
      )
      .default([]),
  })
  .superRefine(({ keepDays, coldAfterDays, copyTo }, context) => {
    if (coldAfterDays === undefined) return;
    const least = coldAfterDays + coldDays;
    const refuse = (path: PropertyKey[], input: number) => {
      const message = `is less than the ${coldDays} days that cold storage keeps, after ${coldAfterDays} warm ones; write ${least} or more`;
      if (input < least) context.addIssue({ code: "custom", path, input, message });
    };
    refuse(["keepDays"], keepDays);
    copyTo.forEach((each, index) => {
      if (each.keepDays !== undefined) refuse(["copyTo", index, "keepDays"], each.keepDays);
    });
  });

const lock = z
  .strictObject({
    /** Age below which nobody deletes a backup, in days. */
    minimumDays: integer(1, longest),
    /** Age above which no backup may be kept, in days. @default - none */
    maximumDays: integer(1, longest).optional(),
    /** Days until the lock stays for ever: not even AWS takes it away then. @default - whoever may, takes it away */
    finalAfterDays: integer(3, longest).optional(),
  })
  .refine(({ minimumDays, maximumDays = longest }) => minimumDays <= maximumDays, {
    path: ["minimumDays"],
    error: "is above the maximum; write less, or raise `maximumDays`",
  });

/**
 * Backups of the stage's database, uploads, tables and files by AWS Backup, beside those that each store makes itself:
 * in a vault with a key of its own. https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
export const backup = z
  .strictObject({
    /** When backups are made and how long they are kept, by name. */
    rules: z
      .record(partName(24, "daily"), rule)
      .refine(
        (rules) => Object.keys(rules).length > 0,
        'is empty; write one such as { daily: { schedule: "cron(0 1 * * ? *)" } }',
      ),
    /** What keeps backups from being deleted too early. @default - whoever may delete backups does */
    lock: lock.optional(),
    /** Whether destroying the stage may delete backups with it. @default false */
    forceDelete: yesOrNo.default(false),
  })
  .refine(({ lock: locked, forceDelete }) => locked === undefined || !forceDelete, {
    path: ["forceDelete"],
    error: "is what `lock` is there to refuse; remove one of the two",
  })
  .superRefine(({ rules, lock: locked }, context) => {
    if (locked === undefined) return;
    const { minimumDays, maximumDays = longest } = locked;
    if (minimumDays > maximumDays) return;
    for (const [name, { keepDays }] of Object.entries(rules)) {
      if (keepDays >= minimumDays && keepDays <= maximumDays) continue;
      const message = `is no time for which the lock lets the vault keep a backup; write ${minimumDays} to ${maximumDays}`;
      context.addIssue({ code: "custom", path: ["rules", name, "keepDays"], input: keepDays, message });
    }
  });

export type Backup = z.output<typeof backup>;
