import { z } from "zod";
import { notHere } from "../not-here";
import { integer, matching, yesOrNo } from "../primitives";
import { finalSnapshot } from "./final-snapshot";
import { keep } from "./keep";
import { dailyWindow, refuseOverlap, weeklyWindow } from "./windows";

/** Versions that know IAM's tokens. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
const versions = { valkey: ["7.2", "8.0", "8.1", "8.2", "9.0"], redis: ["7.0", "7.1"] } as const;

const engine = z.enum(["valkey", "redis"], 'is no engine; write "valkey" or "redis"');

const common = {
  /** Valkey does what Redis does, and costs less. @default "valkey" */
  engine: engine.default("valkey"),
  /** Daily snapshots that are kept, in days; 0 makes none. @default 7 */
  snapshotDays: integer(0, 35).default(7),
  /** Whether it may stand there while no service uses it. @default false */
  keep,
  password: notHere("must stand in no file; remove it, services sign in by their roles"),
};

/** Servers of ElastiCache: one that writes, and replicas in other zones. */
const replicationGroup = z
  .strictObject({
    kind: z.literal("replication-group"),
    /** @default - 8.0 of Valkey, 7.1 of Redis */
    version: z.string("is no text; write a version in quotes").optional(),
    /** @default "cache.t4g.micro" */
    nodeType: matching(
      /^cache\.[a-z0-9]+\.[a-z0-9]+$/,
      'is no type of ElastiCache; write one such as "cache.t4g.micro"',
    ).default("cache.t4g.micro"),
    /** Replicas, of which one takes over when the first server fails; 0 is one server alone. @default 1 */
    replicas: integer(0, 5).default(1),
    /** When the daily snapshot is made, in UTC. @default "03:00-04:00" */
    snapshotWindow: dailyWindow(60).default("03:00-04:00"),
    /** When AWS may restart it, in UTC. @default "sun:05:00-sun:06:00" */
    maintenanceWindow: weeklyWindow(60).default("sun:05:00-sun:06:00"),
    /** Name of the snapshot that is made when it is deleted, new for every deletion; `false` loses the data. @default false */
    finalSnapshot: finalSnapshot(16).default(false),
    /** Whether changes wait for the maintenance window. @default true */
    changesWait: yesOrNo.default(true),
    ...common,
  })
  .superRefine(({ version, engine: chosen, snapshotWindow: backup, maintenanceWindow: maintenance }, context) => {
    refuseOverlap({ backup, maintenance }, "snapshotWindow", context);
    const known: readonly string[] = versions[chosen];
    if (version === undefined || known.includes(version)) return;
    const message = `is no version of ${chosen} that knows tokens of IAM; write one of ${known.join(", ")}`;
    context.addIssue({ code: "custom", path: ["version"], input: version, message });
  });

/** A cache without servers to choose, billed by what it holds and does. */
const serverless = z.strictObject({
  kind: z.literal("serverless"),
  /** Where it ends to grow, in GB. @default 5 */
  maximumGb: integer(1, 5000).default(5),
  /** Where it ends to work, in ECPUs a second. @default 5000 */
  maximumEcpus: integer(1000, 15000000).default(5000),
  ...common,
  version: notHere("is AWS's choice in a serverless cache; leave it out"),
  replicas: notHere("is AWS's choice in a serverless cache; leave it out"),
  nodeType: notHere('is of kind "replication-group"; write `maximumGb`'),
});

/** The cache of a stage, encrypted, for TLS only, in subnets that lead nowhere; services sign in by their roles. */
export const redis = z.discriminatedUnion(
  "kind",
  [replicationGroup, serverless],
  'is no kind; write "replication-group" or "serverless"',
);

export type Redis = z.output<typeof redis>;
