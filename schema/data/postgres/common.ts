import { z } from "zod";
import { notHere } from "../../not-here";
import { integer, matching, retentionDays, yesOrNo } from "../../primitives";
import { finalSnapshot } from "../final-snapshot";
import { keep } from "../keep";
import { dailyWindow, weeklyWindow } from "../windows";

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
export const version = (kind: string, versions: readonly string[], fallback: string) =>
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

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html; AWS's own snapshots begin with `rds:`. */
const snapshot = matching(
  /^(arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:(cluster-)?snapshot:)?([a-z]+:)?[A-Za-z](-?[A-Za-z0-9]){0,254}$/,
  'is no snapshot; write its name, such as "appname-dev02-before-upgrade", or its ARN',
);

/** What every kind of server has. */
export const common = {
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
  finalSnapshot: finalSnapshot(24).default("final"),
  /** Snapshot to start from, by its name or ARN; `database` and `owner` are the snapshot's then. @default - empty */
  restoreFrom: snapshot.optional(),
  /** Time after which a query is logged, in milliseconds; 0 logs all. @default 1000 */
  slowQueryMilliseconds: integer(0, 2147483647).default(1000),
  /** Retention of the logs, in days. @default 14 */
  logRetentionDays: retentionDays.default(14),
  /** Retention of Performance Insights, in days; the first seven cost nothing. @default 7 */
  performanceInsightsRetentionDays: z
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
  keep,
  skipFinalSnapshot: notHere(
    'is what `finalSnapshot` says; write its name, such as "final", or false to lose the data',
  ),
  publiclyAccessible: notHere("is nothing that a stage can ask for; remove it, and use the `bastion`"),
  password: notHere("must stand in no file; remove it, RDS makes it and keeps it in Secrets Manager"),
};
