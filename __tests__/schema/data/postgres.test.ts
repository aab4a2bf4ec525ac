import { problemsOf } from "../../../schema/issues";
import { postgres } from "../../../schema/data/postgres";

const instance = { kind: "instance" };
const aurora = { kind: "aurora-serverless" };

function problems(input: object): string[] {
  const { error } = postgres.safeParse(input);
  return error === undefined
    ? []
    : problemsOf("stage.ts", input, error).map(({ field, message }) => `${field}: ${message}`);
}

describe("Postgres", () => {
  const common = {
    engineVersion: "17",
    databaseName: "app",
    masterUsername: "owner",
    authentication: { mode: "secret" },
    backupRetentionDays: 7,
    backupWindow: "03:00-04:00",
    maintenanceWindow: "sun:05:00-sun:06:00",
    autoMinorVersionUpgrade: true,
    applyImmediately: false,
    deletionProtection: true,
    finalSnapshot: "final",
    slowQueryMilliseconds: 1000,
    logRetentionDays: 14,
    performanceInsightsRetentionDays: 7,
    keep: false,
  };

  it("of an instance requires only its kind", () => {
    expect(postgres.parse(instance)).toEqual({
      kind: "instance",
      instanceClass: "db.t4g.small",
      storage: { allocatedGiB: 20, maximumGiB: 100 },
      multiAz: true,
      ...common,
    });
  });

  it("of Aurora requires only its kind", () => {
    expect(postgres.parse(aurora)).toEqual({
      kind: "aurora-serverless",
      capacity: { minimum: 0.5, maximum: 4 },
      readers: 1,
      ...common,
    });
  });

  it("has defaults for a proxy and for IAM authentication", () => {
    expect(postgres.parse({ ...instance, proxy: {} })).toMatchObject({
      proxy: { maximumConnectionsPercent: 90, idleClientTimeoutMinutes: 30 },
    });
    expect(postgres.parse({ ...instance, authentication: { mode: "iam" } })).toMatchObject({
      authentication: { mode: "iam", user: "app" },
    });
  });

  it.each<[string, object]>([
    ["the minimum of allocatedGiB and maximumGiB", { ...instance, storage: { allocatedGiB: 20, maximumGiB: 22 } }],
    ["a minimum capacity of 0", { ...aurora, capacity: { minimum: 0, maximum: 1 } }],
    ["a minimum capacity equal to the maximum", { ...aurora, capacity: { minimum: 2, maximum: 2 } }],
    ["a backup window that ends when maintenance starts", { ...instance, backupWindow: "04:00-05:00" }],
    ["a backup window over midnight", { ...instance, backupWindow: "23:45-00:15" }],
    ["finalSnapshot false", { ...instance, finalSnapshot: false }],
    ["performanceInsightsRetentionDays false", { ...instance, performanceInsightsRetentionDays: false }],
    ["restoreFrom with the name of a manual snapshot", { ...instance, restoreFrom: "appname-dev02-before" }],
    [
      "restoreFrom with the name of an automated snapshot",
      { ...instance, restoreFrom: "rds:appname-dev02-2026-06-01-03-10" },
    ],
    [
      "restoreFrom with the ARN of a shared snapshot",
      { ...aurora, restoreFrom: "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:shared-1" },
    ],
  ])("may have %s", (_, input) => {
    expect(problems(input)).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ["an unknown kind", { kind: "cluster" }, /^kind: must be one of "instance", "aurora-serverless"/],
    [
      "restoreFrom with a space",
      { ...instance, restoreFrom: "my snapshot" },
      /^restoreFrom: must be a snapshot; write its name, such as "appname-dev02-before-upgrade", or its ARN/,
    ],
    [
      "restoreFrom with the ARN of a database",
      { ...instance, restoreFrom: "arn:aws:rds:us-east-1:111122223333:db:shop" },
      /^restoreFrom: /,
    ],
    [
      "engineVersion 9",
      { ...instance, engineVersion: "9" },
      /^engineVersion: must be a .*version .*; write one of 14, /,
    ],
    [
      "engineVersion 13 for Aurora",
      { ...aurora, engineVersion: "13" },
      /^engineVersion: must be a major version that RDS offers for Aurora Serverless v2; write one of 14, 15,/,
    ],
    [
      "engineVersion 99",
      { ...instance, engineVersion: "99" },
      /^engineVersion: must be a .*version .*; write one of 14, 15, 16/,
    ],
    [
      "engineVersion 17.4",
      { ...instance, engineVersion: "17.4" },
      /^engineVersion: must be a major version that RDS offers for an instance; write one of 14, 15, 16, 17, 18/,
    ],
    [
      'instanceClass without "db."',
      { ...instance, instanceClass: "t4g.micro" },
      /^instanceClass: must be an instance class of RDS; write one such as "db\.t4g\.small"/,
    ],
    ["allocatedGiB 19", { ...instance, storage: { allocatedGiB: 19 } }, /^storage.allocatedGiB: must be .* 20/],
    [
      "maximumGiB 9 % above allocatedGiB",
      { ...instance, storage: { allocatedGiB: 100, maximumGiB: 109 } },
      /^storage.maximumGiB: must be at least 10 % above allocatedGiB; write 110 or more/,
    ],
    [
      "a minimum capacity above the maximum",
      { ...aurora, capacity: { minimum: 8 } },
      /^capacity.minimum: must not be above the maximum; write less, or raise `maximum`/,
    ],
    [
      "a capacity of 0.7",
      { ...aurora, capacity: { minimum: 0.7 } },
      /^capacity.minimum: must be a capacity; write 0 to 256 ACUs in steps of 0\.5/,
    ],
    [
      "a minimum capacity of 0 with a proxy",
      { ...aurora, capacity: { minimum: 0 }, proxy: {} },
      /^capacity.minimum: must not be 0 with a proxy, whose connections prevent a pause; write 0\.5, or remove/,
    ],
    [
      "backupRetentionDays 0",
      { ...instance, backupRetentionDays: 0 },
      /^backupRetentionDays: must be a whole number from 1 to 35/,
    ],
    [
      "a backup window during maintenance",
      { ...instance, backupWindow: "05:30-06:30" },
      /^backupWindow: must not overlap the maintenance window sun:05:00-sun:06:00; write another time/,
    ],
    [
      "a backup window over midnight during maintenance",
      { ...aurora, backupWindow: "23:30-00:30", maintenanceWindow: "mon:00:00-mon:01:00" },
      /^backupWindow: must not overlap the maintenance window/,
    ],
    [
      "a maintenance window over the end of the week during a backup",
      { ...instance, backupWindow: "00:30-01:30", maintenanceWindow: "sun:23:00-mon:01:00" },
      /^backupWindow: must not overlap the maintenance window/,
    ],
    [
      'backupWindow "3-4"',
      { ...instance, backupWindow: "3-4" },
      /^backupWindow: must be a daily time window; write one in UTC/,
    ],
    ["a backup window of 29 minutes", { ...instance, backupWindow: "03:00-03:29" }, /^backupWindow: is too short/],
    [
      "a maintenance window without a day",
      { ...instance, maintenanceWindow: "05:00-06:00" },
      /^maintenanceWindow: must be a weekly time window; write one in UTC such as "sun:05:00-sun:06:00"/,
    ],
    [
      "a maintenance window of 25 hours",
      { ...instance, maintenanceWindow: "sat:05:00-sun:06:00", backupWindow: "06:00-07:00" },
      /^maintenanceWindow: is too short or too long; write a window of 30 minutes to 24 hours/,
    ],
    [
      "publiclyAccessible",
      { ...instance, publiclyAccessible: true },
      /^publiclyAccessible: is not supported; remove it, and use the `bastion`/,
    ],
    [
      "finalSnapshot true",
      { ...instance, finalSnapshot: true },
      /^finalSnapshot: must be the name of a snapshot; write one such as "final", or false to create none/,
    ],
    [
      "skipFinalSnapshot",
      { ...instance, skipFinalSnapshot: false },
      /^skipFinalSnapshot: is replaced by `finalSnapshot`; write its name, such as "final", or false to create none/,
    ],
    [
      "a password",
      { ...instance, password: "hunter2" },
      /^password: must not be in a file; remove it, RDS manages it in Secrets Manager/,
    ],
    [
      "readers of an instance",
      { ...instance, readers: 1 },
      /^readers: are not supported by an instance whose password RDS manages; choose kind/,
    ],
    [
      "multiAz for Aurora",
      { ...aurora, multiAz: true },
      /^multiAz: is replaced by `readers` in Aurora; write readers: 1/,
    ],
    ["storage for Aurora", { ...aurora, storage: {} }, /^storage: is managed by Aurora; leave it out/],
    [
      "instanceClass for Aurora",
      { ...aurora, instanceClass: "db.t4g.medium" },
      /^instanceClass: is supported by kind "instance" only; write `capacity`/,
    ],
    ["16 readers", { ...aurora, readers: 16 }, /^readers: must be a whole number from 0 to 15/],
    [
      "a proxy with IAM authentication",
      { ...instance, authentication: { mode: "iam" }, proxy: {} },
      /^proxy: authenticates as the master user only; write authentication: \{ mode: "secret" \}, or/,
    ],
    [
      'authentication mode "md5"',
      { ...instance, authentication: { mode: "md5" } },
      /^authentication.mode: must be an authentication; write \{ mode: "secret" \} or \{ mode: "iam" \}/,
    ],
    [
      "a masterUsername that RDS reserves",
      { ...instance, masterUsername: "admin" },
      /^masterUsername: must not be a name that Postgres or RDS reserves; write another, such as "owner"/,
    ],
    [
      "a databaseName that Postgres reserves",
      { ...instance, databaseName: "pg_app" },
      /^databaseName: must not be a name that Postgres or RDS reserves; write another, such as "app"/,
    ],
    [
      "a databaseName with a hyphen",
      { ...instance, databaseName: "my-app" },
      /^databaseName: must be a Postgres identifier; write lower-case letters, digits and _, such as "app"/,
    ],
    [
      "performanceInsightsRetentionDays 8",
      { ...instance, performanceInsightsRetentionDays: 8 },
      /^performanceInsightsRetentionDays: must be a retention of Performance Insights; write 7, 31, 62, 93, 186, 372 or 731, or/,
    ],
  ])("refuses %s", (_, input, message) => {
    expect(problems(input)).toEqual([expect.stringMatching(message)]);
  });
});
