import { z } from "zod";
import { notHere } from "../not-here";
import { integer, matching, name, retentionDays, text } from "../primitives";
import { keep } from "./keep";
import { dailyWindow, refuseOverlap, weeklyWindow } from "./windows";

const yesOrNo = z.boolean("is no switch; write true or false");

const noSnapshot = 'is no name of a snapshot; write one such as "final", or false to lose the data';

/** Names that Postgres or RDS keep for themselves. */
const reserved = [
  "admin",
  "postgres",
  "rdsadmin",
  "rdsrepladmin",
  "rds_superuser",
  "rds_iam",
  "root",
  "user",
  "public",
];

const identifier = (example: string) =>
  matching(
    /^[a-z][a-z0-9_]{0,62}$/,
    `is no name of Postgres; write lower-case letters, digits and _, such as "${example}"`,
  ).refine(
    (value) => !value.startsWith("pg_") && !reserved.includes(value),
    `is a name that Postgres or RDS keeps for itself; write another, such as "${example}"`,
  );

/** Major versions alone: RDS chooses the minor one, and upgrades it. */
const version = (kind: string, versions: readonly string[], fallback: string) =>
  z.enum(versions, `is no version that RDS offers as ${kind}; write one of ${versions.join(", ")}`).default(fallback);

/** How services prove who they are. */
const authentication = z.discriminatedUnion(
  "mode",
  [
    z.strictObject({
      /** The password of the owner, which RDS makes, keeps in Secrets Manager, and changes every seven days. */
      mode: z.literal("secret"),
    }),
    z.strictObject({
      /** A token of the task's role, which lives for 15 minutes. */
      mode: z.literal("iam"),
      /** User that the owner made once: `CREATE USER app; GRANT rds_iam TO app`. @default "app" */
      user: identifier("app").default("app"),
    }),
  ],
  'is no way to sign in; write { mode: "secret" } or { mode: "iam" }',
);

const common = {
  /** Database that exists from the start. @default "app" */
  database: identifier("app").default("app"),
  /** User who owns it, whose password RDS makes and keeps in Secrets Manager. @default "owner" */
  owner: identifier("owner").default("owner"),
  /** @default { mode: "secret" } */
  authentication: authentication.default({ mode: "secret" }),
  /** Time for which it can be set back to any second, in days. @default 7 */
  backupDays: integer(1, 35).default(7),
  /** When the daily backup is made, in UTC. @default "03:00-04:00" */
  backupWindow: dailyWindow(30).default("03:00-04:00"),
  /** When AWS may restart it, in UTC. @default "sun:05:00-sun:06:00" */
  maintenanceWindow: weeklyWindow(30).default("sun:05:00-sun:06:00"),
  /** Whether AWS installs minor versions in the maintenance window. @default true */
  minorUpgrades: yesOrNo.default(true),
  /** Whether changes wait for the maintenance window. @default true */
  changesWait: yesOrNo.default(true),
  /** Refuses to be deleted, also by Terraform. @default true */
  deletionProtection: yesOrNo.default(true),
  /** Name of the snapshot that is made when it is deleted, new for every deletion; `false` loses the data. @default "final" */
  finalSnapshot: z.union([z.literal(false, noSnapshot), name(24, "final")]).default("final"),
  /** Snapshot to start from, by its name or ARN; `database` and `owner` are the snapshot's then. @default - empty */
  restoreFrom: text.optional(),
  /** Time after which a query is logged, in milliseconds; 0 logs all. @default 1000 */
  slowQueryMilliseconds: integer(0, 2147483647).default(1000),
  /** Retention of the logs, in days. @default 14 */
  logRetentionDays: retentionDays.default(14),
  /** Retention of Performance Insights, in days; the first seven cost nothing. @default 7 */
  insightsDays: z
    .literal(
      [false, 7, 31, 62, 93, 186, 372, 731],
      "is no retention of Performance Insights; write 7, 31, 62, 93, 186, 372 or 731, or false for none",
    )
    .default(7),
  /**
   * A proxy that shares connections between tasks, and keeps them over a failover. Its certificate is of Amazon's public
   * authorities, while a server's is of those of RDS: clients must trust both. @default - none
   */
  proxy: z
    .strictObject({
      /** Part of the database's connections that the proxy may use. @default 90 */
      connectionsPercent: integer(1, 100).default(90),
      /** Time after which an idle client is closed, in minutes. @default 30 */
      idleMinutes: integer(1, 480).default(30),
    })
    .optional(),
  /** Whether it may stand there while no service uses it. @default false */
  keep: keep.default(false),
  skipFinalSnapshot: notHere(
    'is what `finalSnapshot` says; write its name, such as "final", or false to lose the data',
  ),
  publiclyAccessible: notHere("is nothing that a stage can ask for; remove it, and use the `bastion`"),
  password: notHere("must stand in no file; remove it, RDS makes it and keeps it in Secrets Manager"),
};

/** One server of RDS. https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html */
const instance = z.strictObject({
  kind: z.literal("instance"),
  /** Major version. @default "17" */
  version: version("an instance", ["14", "15", "16", "17", "18"], "17"),
  /** @default "db.t4g.small" */
  class: matching(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, 'is no class of RDS; write one such as "db.t4g.small"').default(
    "db.t4g.small",
  ),
  /** gp3 storage, which grows by itself. @default { gib: 20, maximumGib: 100 } */
  storage: z
    .strictObject({
      /** AWS's minimum is 20. @default 20 */
      gib: integer(20, 65536).default(20),
      /** Where growing ends; AWS wants 10 % more than `gib`. @default 100 */
      maximumGib: integer(22, 65536).default(100),
    })
    .superRefine(({ gib, maximumGib }, context) => {
      const least = Math.ceil((gib * 11) / 10);
      if (maximumGib >= least) return;
      const message = `leaves no room to grow; write ${least} or more`;
      context.addIssue({ code: "custom", path: ["maximumGib"], input: maximumGib, message });
    })
    .prefault({}),
  /** Whether a second server in another zone takes over. @default true */
  multiAz: yesOrNo.default(true),
  ...common,
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
  readers: notHere(
    'cannot follow an instance whose password RDS manages; choose kind "aurora-serverless", or leave it out',
  ),
});

const acus = (least: number) => {
  const message = `is no capacity; write ${least} to 256 ACUs in steps of 0.5`;
  return z.number(message).min(least, message).max(256, message).multipleOf(0.5, message);
};

/** A cluster of Aurora that grows and shrinks with its load. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html */
const auroraServerless = z
  .strictObject({
    kind: z.literal("aurora-serverless"),
    /** Major version. @default "17" */
    version: version("Aurora Serverless v2", ["14", "15", "16", "17", "18"], "17"),
    /** Aurora capacity units of 2 GiB each; a minimum of 0 pauses while nobody is connected. @default { minimum: 0.5, maximum: 4 } */
    capacity: z
      .strictObject({
        /** @default 0.5 */
        minimum: acus(0).default(0.5),
        /** @default 4 */
        maximum: acus(1).default(4),
      })
      .refine(({ minimum, maximum }) => minimum <= maximum, {
        path: ["minimum"],
        error: "is above the maximum; write less, or raise `maximum`",
      })
      .prefault({}),
    /** Servers that only read, of which one takes over when the writer fails. @default 1 */
    readers: integer(0, 15).default(1),
    ...common,
    multiAz: notHere("is what `readers` are for; write readers: 1"),
    storage: notHere("grows by itself in Aurora; leave it out"),
    class: notHere('is of kind "instance"; write `capacity`'),
  })
  .refine(({ capacity, proxy }) => capacity.minimum > 0 || proxy === undefined, {
    path: ["capacity", "minimum"],
    error: "never pauses, as a proxy stays connected; write 0.5, or remove `proxy`",
  });

/** The Postgres database of a stage, encrypted, for TLS only, in subnets that lead nowhere. */
export const postgres = z
  .discriminatedUnion("kind", [instance, auroraServerless], 'is no kind; write "instance" or "aurora-serverless"')
  .superRefine(({ backupWindow: backup, maintenanceWindow: maintenance }, context) => {
    refuseOverlap({ backup, maintenance }, "backupWindow", context);
  })
  .refine(({ proxy, authentication: { mode } }) => proxy === undefined || mode === "secret", {
    path: ["proxy"],
    error: 'knows the password of the owner alone; write authentication: { mode: "secret" }, or remove it',
  });

export type Postgres = z.output<typeof postgres>;
