import { z } from "zod";
import { argument, integer, matching, retentionDays, text, yesOrNo } from "../primitives";
import { capacity } from "./capacity";
import { user } from "./container-user";
import { environment } from "./environment";
import { fargateSize } from "./fargate-size";
import { image } from "./image";
import { logs, telemetry } from "./observability";
import { permission } from "./permission";
import { secrets } from "./secrets";
import { sidecar } from "./sidecar";

const path = matching(/^(\/[\w.-]+)+$/, 'is no path; write one such as "/tmp"');

/** Name of a service, or of what belongs to one; it becomes part of AWS names. */
export function partName(maximum: number, example: string) {
  return text
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      `is no name; write lower-case letters, digits and single dashes, such as "${example}"`,
    )
    .max(maximum, `breaks AWS's limits on names; write at most ${maximum} characters`);
}

/** Memory that is written to like a folder, while the rest of the root file system cannot be. */
const writablePaths = z.record(
  path,
  z.strictObject({ /** Counts as memory of the task. */ sizeMiB: integer(1, 122880) }),
);

/** Files that all tasks of the service share, and that outlive them. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html */
const fileSystem = z.strictObject({
  /** Where the container finds them. */
  mountPath: path,
});

/** A program that runs once, with the image, secrets, network and permissions of its service. */
const oneOffTask = z.strictObject({
  /** Program and arguments. */
  command: z.array(argument, "is no list; write the program and its arguments").min(1, "is empty; write a program"),
});

/** What every service says of its container and of the task around it. */
export const container = {
  /** Image to run when the variable `<service>_image` is not set. @default - `<the service's repository>:latest` */
  image: image.optional(),
  /** Service whose image it runs, with another command; it has no repository then. @default - an image of its own */
  sharesImageOf: partName(24, "orders").optional(),
  /** Program and arguments. @default - the image's */
  command: z.array(argument).min(1, "is empty; write a program, or leave it out").optional(),
  /** CPU (1/1024 vCPU) and memory (MiB) of a task. @default { cpu: 256, memoryMiB: 512 } */
  size: fargateSize.default({ cpu: 256, memoryMiB: 512 }),
  /** Processor that the image is built for. @default "ARM64" */
  architecture: z.enum(["ARM64", "X86_64"], 'is no architecture; write "ARM64" or "X86_64"').default("ARM64"),
  /** What the tasks run on. @default { mode: "on-demand" } */
  capacity: capacity.prefault({ mode: "on-demand" }),
  /** Disk of a task, in GiB; AWS gives 20 without a price. @default 20 */
  ephemeralStorageGiB: integer(21, 200).optional(),
  /** @default - none */
  fileSystem: fileSystem.optional(),
  /** Plain variables, never secrets; the stack adds its own (README, "What a container is told"). @default {} */
  environment: environment.default({}),
  /** Variables whose values ECS fetches from Secrets Manager or SSM. @default {} */
  secrets: secrets.default({}),
  user,
  /** Whether the container's root file system can be written to. @default false */
  writableRoot: yesOrNo.default(false),
  /** Paths that can be written to, as memory. @default {} */
  writablePaths: writablePaths.default({}),
  /** Files and connections that a process may have open. @default - Fargate's 65535 */
  openFileLimit: integer(1024, 1048576).optional(),
  /** Whether an init process passes signals on and collects dead children. @default true */
  initProcess: yesOrNo.default(true),
  /** Time between SIGTERM and SIGKILL, in seconds; 120 is Fargate's maximum. @default 30 */
  stopTimeoutSeconds: integer(2, 120).default(30),
  /** Starts the container anew within its task when it ends, instead of a new task. @default - a new task */
  restart: z
    .strictObject({
      /** Exit codes after which it stays down. @default [] */
      ignoredExitCodes: z.array(integer(0, 255)).max(50, "is too long; write at most 50").default([]),
      /** Time that it must have run before, in seconds. @default 300 */
      attemptPeriodSeconds: integer(60, 1800).default(300),
    })
    .optional(),
  /** Containers of the team's own beside it, by name. @default {} */
  sidecars: z.record(partName(24, "envoy"), sidecar).default({}),
  /** @default { driver: "awslogs" } */
  logs: logs.prefault({ driver: "awslogs" }),
  /** Retention of the logs, in days. @default 14 */
  logRetentionDays: retentionDays.default(14),
  /** A collector for traces and metrics. @default - none */
  telemetry: telemetry.optional(),
  /**
   * Stores of the stage that it needs: `postgres`, `redis`, `uploads`, `queue:orders`, `table:users`, `secret:stripe`,
   * `topic:sold`. Each yields a narrow policy, the way to it, and variables (`DATABASE_HOST`, `REDIS_HOST`,
   * `UPLOADS_BUCKET`, `ORDERS_QUEUE_URL`, `USERS_TABLE`, `STRIPE_SECRET_ARN`, `SOLD_TOPIC_ARN`). @default []
   */
  uses: z
    .array(
      matching(
        /^(postgres|redis|uploads|(queue|table|secret|topic):[a-z][a-z0-9-]*)$/,
        'is no store; write "postgres", "redis", "uploads", or one such as "queue:<name>", of queue, table, secret and topic',
      ),
    )
    .refine((all) => new Set(all).size === all.length, "names a store twice; write each once")
    .default([]),
  /** What it may do beside. @default [] */
  permissions: z.array(permission).default([]),
  /** Services that it calls; all others are closed to it. @default [] */
  calls: z
    .array(partName(24, "orders"))
    .refine((all) => new Set(all).size === all.length, "names a service twice; write each once")
    .default([]),
};

/** What services that go on running say beside. */
export const longRunning = {
  /** Tasks that run. @default 1 */
  desiredCount: integer(0, 5000).optional(),
  /** Whether `aws ecs execute-command` opens a shell in a task; sessions are logged. @default false */
  exec: yesOrNo.default(false),
  /** Programs that run once, by name, such as `migrate` before a rollout. @default {} */
  tasks: z.record(partName(16, "migrate"), oneOffTask).default({}),
};
