import { z } from "zod";
import { choice, flag, integer, matching, variants, unsupported } from "../primitives";
import { finalSnapshot, keep } from "./common";
import { dailyWindow, refuseOverlap, weeklyWindow } from "./time-windows";

/** Versions that support IAM authentication. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
const engineVersions = { valkey: ["7.2", "8.0", "8.1", "8.2", "9.0"], redis: ["7.0", "7.1"] } as const;

const common = {
  /** Valkey is compatible with Redis OSS, and costs less. @default "valkey" */
  engine: choice("valkey", "redis").default("valkey"),
  /** Retention of the daily snapshots, in days; 0 disables them. @default 7 */
  snapshotRetentionDays: integer(0, 35).default(7),
  /** Whether it is kept although no service uses it. @default false */
  keep,
  password: unsupported("must not be in a file; remove it, services authenticate with their IAM roles"),
};

/** An ElastiCache replication group: a primary node, and replicas in other zones. */
const replicationGroup = z
  .strictObject({
    kind: z.literal("replication-group"),
    /** @default - 8.0 of Valkey, 7.1 of Redis */
    engineVersion: z.string("must be a string; write a version in quotes").optional(),
    /** @default "cache.t4g.micro" */
    nodeType: matching(
      /^cache\.[a-z0-9]+\.[a-z0-9]+$/,
      'must be a node type of ElastiCache; write one such as "cache.t4g.micro"',
    ).default("cache.t4g.micro"),
    /** Replicas of the primary node, of which one takes over when it fails. @default 1 */
    replicas: integer(0, 5).default(1),
    /** Time of the daily snapshot, in UTC. @default "03:00-04:00" */
    snapshotWindow: dailyWindow(60).default("03:00-04:00"),
    /** Weekly maintenance window, in UTC. @default "sun:05:00-sun:06:00" */
    maintenanceWindow: weeklyWindow(60).default("sun:05:00-sun:06:00"),
    /** Name of the snapshot that is created before deletion, new for every deletion; `false` creates none. @default false */
    finalSnapshot: finalSnapshot(16).default(false),
    /** Whether changes are applied at once instead of in the maintenance window. @default false */
    applyImmediately: flag.default(false),
    ...common,
  })
  .superRefine(({ engineVersion, engine, snapshotWindow: backup, maintenanceWindow: maintenance }, context) => {
    refuseOverlap({ backup, maintenance }, "snapshotWindow", context);
    const supported: readonly string[] = engineVersions[engine];
    if (engineVersion === undefined || supported.includes(engineVersion)) return;
    const message = `must be a version of ${engine} with IAM authentication; write one of ${supported.join(", ")}`;
    context.addIssue({ code: "custom", path: ["engineVersion"], input: engineVersion, message });
  });

/** An ElastiCache Serverless cache, which is billed by storage and requests. */
const serverless = z.strictObject({
  kind: z.literal("serverless"),
  /** Storage limit, in GB. @default 5 */
  maximumGb: integer(1, 5000).default(5),
  /** Request limit, in ECPUs per second. @default 5000 */
  maximumEcpus: integer(1000, 15000000).default(5000),
  ...common,
  engineVersion: unsupported("is chosen by AWS in a serverless cache; leave it out"),
  replicas: unsupported("is chosen by AWS in a serverless cache; leave it out"),
  nodeType: unsupported('is supported by kind "replication-group" only; write `maximumGb`'),
});

/** The ElastiCache cache of a stage: encrypted, for TLS and IAM authentication only, in isolated subnets. */
export const redis = z.discriminatedUnion(
  "kind",
  [replicationGroup, serverless],
  variants("kind", "replication-group", "serverless"),
);

export type Redis = z.output<typeof redis>;
