import { z } from "zod";
import {
  argument,
  choice,
  flag,
  integer,
  matching,
  variants,
  resourceName,
  retentionDays,
  withoutDuplicates,
} from "../primitives";
import { environment, logs, secrets, sidecar, telemetry, user } from "./container";
import { image } from "./image";
import { permission } from "./permission";
import { fargateSize } from "./task-size";

const path = matching(/^(\/[\w.-]+)+$/, 'must be an absolute path; write one such as "/tmp"');

/** Capacity providers of the tasks. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
const capacity = z.discriminatedUnion(
  "mode",
  [
    z.strictObject({
      /** Fargate on demand. */
      mode: z.literal("on-demand"),
    }),
    z.strictObject({
      /** Fargate Spot, for about a third of the price; AWS may stop a task with two minutes' notice. */
      mode: z.literal("spot"),
    }),
    z.strictObject({
      /** A base of tasks on demand, all others on Fargate Spot. */
      mode: z.literal("mixed"),
      /** Number of tasks that run on demand. @default 1 */
      onDemandBase: integer(1, 5000).default(1),
    }),
  ],
  variants("mode", "on-demand", "spot", "mixed"),
);

/** Fields of a service's task and of its own container, which all kinds of services have. */
export const task = {
  /** Image of the container when the variable `<service>_image` is not set. @default - `<the service's repository>:latest` */
  image: image.optional(),
  /** Service whose image and repository it uses. @default - a repository of its own */
  sharesImageOf: resourceName(24, "orders").optional(),
  /** Program and arguments. @default - the image's */
  command: z.array(argument).min(1, "must not be empty; write a program, or leave it out").optional(),
  /** CPU (1/1024 vCPU) and memory (MiB) of a task. @default { cpu: 256, memoryMiB: 512 } */
  size: fargateSize.default({ cpu: 256, memoryMiB: 512 }),
  /** CPU architecture of the image. @default "ARM64" */
  architecture: choice("ARM64", "X86_64").default("ARM64"),
  /** Capacity providers of the tasks. @default { mode: "on-demand" } */
  capacity: capacity.prefault({ mode: "on-demand" }),
  /** Ephemeral storage of a task, in GiB; the first 20 are free. @default 20 */
  ephemeralStorageGiB: integer(21, 200).optional(),
  /**
   * EFS file system that all tasks of the service share.
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
   * @default - none
   */
  fileSystem: z.strictObject({ /** Path in the container. */ mountPath: path }).optional(),
  /** Environment variables in plain text, beside those that the stack sets (see services/variables.ts). @default {} */
  environment: environment.default({}),
  /** Environment variables whose values ECS reads from Secrets Manager or Parameter Store. @default {} */
  secrets: secrets.default({}),
  user,
  /** Whether the container's root file system is read-only. @default true */
  readonlyRootFilesystem: flag.default(true),
  /** Mounts of tmpfs, by path; a mount counts as memory of the task. @default {} */
  tmpfs: z.record(path, z.strictObject({ sizeMiB: integer(1, 122880) })).default({}),
  /** Limit of open files (`nofile`) of a process. @default - Fargate's 65535 */
  openFileLimit: integer(1024, 1048576).optional(),
  /** Whether an init process forwards signals and reaps processes. @default true */
  initProcessEnabled: flag.default(true),
  /** Time between SIGTERM and SIGKILL, in seconds; Fargate's maximum is 120. @default 30 */
  stopTimeoutSeconds: integer(2, 120).default(30),
  /** Restarts the container in its task when it exits, instead of replacing the task. @default - the task is replaced */
  restartPolicy: z
    .strictObject({
      /** Exit codes after which the container is not restarted. @default [] */
      ignoredExitCodes: z
        .array(integer(0, 255))
        .max(50, "is longer than AWS allows; write at most 50 codes")
        .default([]),
      /** Time for which the container must have run before it is restarted, in seconds. @default 300 */
      restartAttemptPeriodSeconds: integer(60, 1800).default(300),
    })
    .optional(),
  /** Additional containers of the task, by name. @default {} */
  sidecars: z.record(resourceName(24, "envoy"), sidecar).default({}),
  /** @default { driver: "awslogs" } */
  logs: logs.prefault({ driver: "awslogs" }),
  /** Retention of the logs, in days. @default 14 */
  logRetentionDays: retentionDays.default(14),
  /** OpenTelemetry collector for traces and metrics. @default - none */
  telemetry: telemetry.optional(),
  /**
   * Data services of the stage that the service uses: `postgres`, `redis`, `uploads`, `queue:orders`, `table:users`,
   * `secret:stripe`, `topic:sold`. Each one adds IAM permissions, security group rules and environment variables
   * (`DATABASE_HOST`, `REDIS_HOST`, `UPLOADS_BUCKET`, `ORDERS_QUEUE_URL`, `USERS_TABLE`, `STRIPE_SECRET_ARN`,
   * `SOLD_TOPIC_ARN`). @default []
   */
  uses: z
    .array(
      matching(
        /^(postgres|redis|uploads|(queue|table|secret|topic):[a-z][a-z0-9-]*)$/,
        'must be a data service; write "postgres", "redis", "uploads", or "queue:", "table:", "secret:" or "topic:" with a name',
      ),
    )
    .refine(...withoutDuplicates("data service"))
    .default([]),
  /** Further IAM permissions of the task role. @default [] */
  permissions: z.array(permission).default([]),
  /** Services that it calls; the security groups deny calls to others. @default [] */
  calls: z
    .array(resourceName(24, "orders"))
    .refine(...withoutDuplicates("service"))
    .default([]),
};

/** Fields of web services and workers, whose tasks run continuously. */
export const continuous = {
  /** Number of tasks. @default 1 */
  desiredCount: integer(0, 5000).optional(),
  /** Whether ECS Exec can open a shell in a task; the sessions are logged. @default false */
  enableExecuteCommand: flag.default(false),
  /** One-off tasks by name, such as `migrate` before a rollout, with image, secrets, network and role of the service. @default {} */
  tasks: z
    .record(
      resourceName(16, "migrate"),
      z.strictObject({
        /** Program and arguments. */
        command: z
          .array(argument, "must be a list; write the program and its arguments")
          .min(1, "must not be empty; write a program"),
      }),
    )
    .default({}),
};

export type Capacity = z.output<typeof capacity>;
