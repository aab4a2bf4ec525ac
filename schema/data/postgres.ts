import { z } from "zod";
import { flag, integer, matching, variants, retentionDays, unsupported } from "../primitives";
import { finalSnapshot, keep } from "./common";
import { dailyWindow, refuseOverlap, weeklyWindow } from "./time-windows";

/** Names that Postgres or RDS reserve. */
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
    `must be a Postgres identifier; write lower-case letters, digits and _, such as "${example}"`,
  ).refine(
    (value) => !value.startsWith("pg_") && !reserved.includes(value),
    `must not be a name that Postgres or RDS reserves; write another, such as "${example}"`,
  );

/** Major versions; RDS chooses the minor version, and upgrades it. */
const majorVersions = ["14", "15", "16", "17", "18"] as const;

const engineVersion = (kind: string) =>
  z
    .enum(
      majorVersions,
      `must be a major version that RDS offers for ${kind}; write one of ${majorVersions.join(", ")}`,
    )
    .default("17");

/** How services authenticate. */
const authentication = z.discriminatedUnion(
  "mode",
  [
    z.strictObject({
      /** The master user's password, which RDS manages in Secrets Manager and rotates every seven days. */
      mode: z.literal("secret"),
    }),
    z.strictObject({
      /** IAM database authentication with the task's role. */
      mode: z.literal("iam"),
      /** User that has been created with `CREATE USER app; GRANT rds_iam TO app`. @default "app" */
      user: identifier("app").default("app"),
    }),
  ],
  'must be an authentication; write { mode: "secret" } or { mode: "iam" }',
);

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html; automated snapshots begin with `rds:`. */
const snapshot = matching(
  /^(arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:(cluster-)?snapshot:)?([a-z]+:)?[A-Za-z](-?[A-Za-z0-9]){0,254}$/,
  'must be a snapshot; write its name, such as "appname-dev02-before-upgrade", or its ARN',
);

const common = {
  /** Database that is created with the server. @default "app" */
  databaseName: identifier("app").default("app"),
  /** Master user, whose password RDS manages in Secrets Manager. @default "owner" */
  masterUsername: identifier("owner").default("owner"),
  /** @default { mode: "secret" } */
  authentication: authentication.default({ mode: "secret" }),
  /** Retention of the automated backups for point-in-time recovery, in days. @default 7 */
  backupRetentionDays: integer(1, 35).default(7),
  /** Time of the daily backup, in UTC. @default "03:00-04:00" */
  backupWindow: dailyWindow(30).default("03:00-04:00"),
  /** Weekly maintenance window, in UTC. @default "sun:05:00-sun:06:00" */
  maintenanceWindow: weeklyWindow(30).default("sun:05:00-sun:06:00"),
  /** Whether RDS upgrades the minor version in the maintenance window. @default true */
  autoMinorVersionUpgrade: flag.default(true),
  /** Whether changes are applied at once instead of in the maintenance window. @default false */
  applyImmediately: flag.default(false),
  /** Whether the database is protected from deletion, also by Terraform. @default true */
  deletionProtection: flag.default(true),
  /** Name of the snapshot that is created before deletion, new for every deletion; `false` creates none. @default "final" */
  finalSnapshot: finalSnapshot(24).default("final"),
  /** Snapshot to restore from, by name or ARN; it determines `databaseName` and `masterUsername`. @default - none */
  restoreFrom: snapshot.optional(),
  /** Duration from which a query is logged, in milliseconds; 0 logs every query. @default 1000 */
  slowQueryMilliseconds: integer(0, 2147483647).default(1000),
  /** Retention of the logs, in days. @default 14 */
  logRetentionDays: retentionDays.default(14),
  /** Retention of Performance Insights, in days; 7 days are free. @default 7 */
  performanceInsightsRetentionDays: z
    .literal(
      [false, 7, 31, 62, 93, 186, 372, 731],
      "must be a retention of Performance Insights; write 7, 31, 62, 93, 186, 372 or 731, or false for none",
    )
    .default(7),
  /**
   * RDS Proxy, which pools connections and keeps them over a failover. Its certificate is issued by Amazon Trust Services,
   * that of a server by the RDS certificate authority: clients must trust both. @default - none
   */
  proxy: z
    .strictObject({
      /** Share of the database's connections that the proxy may use, in percent. @default 90 */
      maximumConnectionsPercent: integer(1, 100).default(90),
      /** Time after which idle client connections are closed, in minutes. @default 30 */
      idleClientTimeoutMinutes: integer(1, 480).default(30),
    })
    .optional(),
  /** Whether it is kept although no service uses it. @default false */
  keep,
  skipFinalSnapshot: unsupported(
    'is replaced by `finalSnapshot`; write its name, such as "final", or false to create none',
  ),
  publiclyAccessible: unsupported("is not supported; remove it, and use the `bastion`"),
  password: unsupported("must not be in a file; remove it, RDS manages it in Secrets Manager"),
};

/** An RDS instance. https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html */
const instance = z.strictObject({
  kind: z.literal("instance"),
  /** Major version. @default "17" */
  engineVersion: engineVersion("an instance"),
  /** @default "db.t4g.small" */
  instanceClass: matching(
    /^db\.[a-z0-9-]+\.[a-z0-9]+$/,
    'must be an instance class of RDS; write one such as "db.t4g.small"',
  ).default("db.t4g.small"),
  /** gp3 storage with autoscaling. @default { allocatedGiB: 20, maximumGiB: 100 } */
  storage: z
    .strictObject({
      /** Storage at creation. @default 20 */
      allocatedGiB: integer(20, 65536).default(20),
      /** Limit of storage autoscaling, at least 10 % above `allocatedGiB`. @default 100 */
      maximumGiB: integer(22, 65536).default(100),
    })
    .superRefine(({ allocatedGiB, maximumGiB }, context) => {
      const minimum = Math.ceil((allocatedGiB * 11) / 10);
      if (maximumGiB >= minimum) return;
      const message = `must be at least 10 % above allocatedGiB; write ${minimum} or more`;
      context.addIssue({ code: "custom", path: ["maximumGiB"], input: maximumGiB, message });
    })
    .prefault({}),
  /** Whether a standby in another zone takes over. @default true */
  multiAz: flag.default(true),
  ...common,
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
  readers: unsupported(
    'are not supported by an instance whose password RDS manages; choose kind "aurora-serverless", or leave it out',
  ),
});

const acus = (minimum: number) => {
  const message = `must be a capacity; write ${minimum} to 256 ACUs in steps of 0.5`;
  return z.number(message).min(minimum, message).max(256, message).multipleOf(0.5, message);
};

/** An Aurora Serverless v2 cluster. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html */
const auroraServerless = z
  .strictObject({
    kind: z.literal("aurora-serverless"),
    /** Major version. @default "17" */
    engineVersion: engineVersion("Aurora Serverless v2"),
    /** Aurora capacity units (ACUs) of 2 GiB; a minimum of 0 pauses an idle cluster. @default { minimum: 0.5, maximum: 4 } */
    capacity: z
      .strictObject({
        /** @default 0.5 */
        minimum: acus(0).default(0.5),
        /** @default 4 */
        maximum: acus(1).default(4),
      })
      .refine(({ minimum, maximum }) => minimum <= maximum, {
        path: ["minimum"],
        error: "must not be above the maximum; write less, or raise `maximum`",
      })
      .prefault({}),
    /** Aurora replicas, of which one takes over when the writer fails. @default 1 */
    readers: integer(0, 15).default(1),
    ...common,
    multiAz: unsupported("is replaced by `readers` in Aurora; write readers: 1"),
    storage: unsupported("is managed by Aurora; leave it out"),
    instanceClass: unsupported('is supported by kind "instance" only; write `capacity`'),
  })
  .refine(({ capacity, proxy }) => capacity.minimum > 0 || proxy === undefined, {
    path: ["capacity", "minimum"],
    error: "must not be 0 with a proxy, whose connections prevent a pause; write 0.5, or remove `proxy`",
  });

/** The Postgres database of a stage: encrypted, for TLS only, in isolated subnets. */
export const postgres = z
  .discriminatedUnion("kind", [instance, auroraServerless], variants("kind", "instance", "aurora-serverless"))
  .superRefine(({ backupWindow: backup, maintenanceWindow: maintenance }, context) => {
    refuseOverlap({ backup, maintenance }, "backupWindow", context);
  })
  .refine(({ proxy, authentication: { mode } }) => proxy === undefined || mode === "secret", {
    path: ["proxy"],
    error: 'authenticates as the master user only; write authentication: { mode: "secret" }, or remove it',
  });

export type Postgres = z.output<typeof postgres>;
