import { parseStage } from "../../../schema/loader";
import { backup } from "../../../schema/data/backup";
import type { StageInput } from "../../../schema";
import { minimalService, minimalStage } from "../../fixtures/stage";

type Data = NonNullable<StageInput["data"]>;

const schedule = "cron(0 1 * * ? *)";
const table = { partitionKey: { name: "id", type: "string" }, keep: true } as const;
const vaultArn = "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies";
const stores = { tables: { users: table } };

function problems(data: object, fields: object = {}): string[] {
  return parseStage("stage.ts", { ...minimalStage, ...fields, data }).problems.map(
    ({ field, message }) => `${field}: ${message}`,
  );
}

/** What is wrong with a rule, or with what stands beside it, on a stage with a table. */
const ruleProblems = (rule: object, beside: object = {}) =>
  problems({ ...stores, backup: { rules: { daily: { schedule, ...rule } }, ...beside } });

describe("backups", () => {
  it("require only a schedule", () => {
    expect(backup.parse({ rules: { daily: { schedule } } })).toEqual({
      rules: { daily: { schedule, deleteAfterDays: 35, copyActions: [] } },
      forceDelete: false,
    });
  });

  it.each<[string, Data]>([
    ["a database", { postgres: { kind: "instance", keep: true } }],
    ["uploads", { uploads: { keep: true } }],
    ["a table", stores],
  ])("are of %s", (_, data) => {
    expect(problems({ ...data, backup: { rules: { daily: { schedule } } } })).toEqual([]);
  });

  it("cover the file system of a service", () => {
    const services = { orders: { ...minimalService, fileSystem: { mountPath: "/files" } } };
    expect(problems({ backup: { rules: { daily: { schedule } } } }, { services })).toEqual([]);
  });

  it("without a resource that AWS Backup supports are refused", () => {
    const others = { queues: { orders: { keep: true } }, redis: { kind: "serverless", keep: true } };
    expect(problems({ ...others, backup: { rules: { daily: { schedule } } } })).toEqual([
      "data.backup: has nothing to back up; write data.postgres, data.uploads, data.tables or a fileSystem, or remove it",
    ]);
  });

  it.each<[string, object, object]>([
    ["deleteAfterDays 90 days above coldStorageAfterDays", { deleteAfterDays: 120, coldStorageAfterDays: 30 }, {}],
    ["a copy action to another region", { copyActions: [{ destinationVaultArn: vaultArn, deleteAfterDays: 7 }] }, {}],
    [
      "a vault lock that permits the retention of the rules",
      { deleteAfterDays: 35 },
      { vaultLock: { minimumRetentionDays: 35, maximumRetentionDays: 35 } },
    ],
    ["a vault lock with changeableForDays", {}, { vaultLock: { minimumRetentionDays: 7, changeableForDays: 3 } }],
    ["forceDelete", {}, { forceDelete: true }],
  ])("may have %s", (_, rule, beside) => {
    expect(ruleProblems(rule, beside)).toEqual([]);
  });

  const rule = "data.backup.rules.daily";
  it.each<[string, object, object, string]>([
    [
      "deleteAfterDays 89 days above coldStorageAfterDays",
      { deleteAfterDays: 119, coldStorageAfterDays: 30 },
      {},
      `${rule}.deleteAfterDays: must be at least 90 days above coldStorageAfterDays; write 120 or more`,
    ],
    [
      "deleteAfterDays of a copy 70 days above coldStorageAfterDays",
      {
        deleteAfterDays: 365,
        coldStorageAfterDays: 30,
        copyActions: [{ destinationVaultArn: vaultArn, deleteAfterDays: 100 }],
      },
      {},
      `${rule}.copyActions[0].deleteAfterDays: must be at least 90 days above coldStorageAfterDays; write 120 or more`,
    ],
    [
      "deleteAfterDays 0",
      { deleteAfterDays: 0 },
      {},
      `${rule}.deleteAfterDays: must be a whole number from 1 to 36500`,
    ],
    [
      "a rate as schedule",
      { schedule: "rate(1 day)" },
      {},
      `${rule}.schedule: must be a cron expression of AWS; write six fields, one of the two days as "?", such as "cron(0 8 ? * MON-FRI *)"`,
    ],
    [
      "a schedule of every minute",
      { schedule: "cron(* * * * ? *)" },
      {},
      `${rule}.schedule: must not run more often than once an hour; write one minute, as in "cron(0 1 * * ? *)"`,
    ],
    [
      "the name of a vault as destinationVaultArn",
      { copyActions: [{ destinationVaultArn: "copies" }] },
      {},
      `${rule}.copyActions[0].destinationVaultArn: must be the ARN of a backup vault; write one such as "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies"`,
    ],
    [
      "a copy to the stage's region",
      { copyActions: [{ destinationVaultArn: vaultArn.replace("eu-west-1", "us-east-1") }] },
      {},
      `${rule}.copyActions[0].destinationVaultArn: must not be in the stage's own region; name a vault outside us-east-1`,
    ],
    [
      "a copy to another account",
      { copyActions: [{ destinationVaultArn: vaultArn.replace("111122223333", "444455556666") }] },
      {},
      `${rule}.copyActions[0].destinationVaultArn: must not be in another account; name a vault of 111122223333`,
    ],
    [
      "two copies to the same vault",
      { copyActions: [{ destinationVaultArn: vaultArn }, { destinationVaultArn: vaultArn }] },
      {},
      `${rule}.copyActions: must not contain the same vault twice; write each once`,
    ],
    [
      "deleteAfterDays outside the retention of the vault lock",
      { deleteAfterDays: 7 },
      { vaultLock: { minimumRetentionDays: 30, maximumRetentionDays: 90 } },
      `${rule}.deleteAfterDays: must be within the retention of the vault lock; write 30 to 90`,
    ],
    [
      "minimumRetentionDays above maximumRetentionDays",
      { deleteAfterDays: 35 },
      { vaultLock: { minimumRetentionDays: 40, maximumRetentionDays: 30 } },
      "data.backup.vaultLock.minimumRetentionDays: must not be above the maximum; write less, or raise `maximumRetentionDays`",
    ],
    [
      "changeableForDays 2",
      {},
      { vaultLock: { minimumRetentionDays: 7, changeableForDays: 2 } },
      "data.backup.vaultLock.changeableForDays: must be a whole number from 3 to 36500",
    ],
    [
      "forceDelete with vaultLock",
      {},
      { vaultLock: { minimumRetentionDays: 7 }, forceDelete: true },
      "data.backup.forceDelete: must not be combined with `vaultLock`, which prevents it; remove one of the two",
    ],
  ])("refuse %s", (_, settings, beside, problem) => {
    expect(ruleProblems(settings, beside)).toEqual([problem]);
  });

  it("refuse an empty list of rules", () => {
    expect(problems({ ...stores, backup: { rules: {} } })).toEqual([
      'data.backup.rules: must not be empty; write a rule such as { daily: { schedule: "cron(0 1 * * ? *)" } }',
    ]);
  });

  it("refuse cold storage for databases and buckets", () => {
    const data = { postgres: { kind: "instance", keep: true }, uploads: { keep: true } };
    const cold = { rules: { daily: { schedule, deleteAfterDays: 365, coldStorageAfterDays: 30 } } };
    expect(problems({ ...data, backup: cold })).toEqual([
      `${rule}.coldStorageAfterDays: applies to tables and file systems only, and the stage has neither; remove it`,
    ]);
  });
});
