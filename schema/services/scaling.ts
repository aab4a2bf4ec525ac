import { z } from "zod";
import { integer, name } from "../primitives";
import { cron, timeZone } from "./schedule";

const percent = integer(1, 100);

/** Step scaling by CPU: adds one task at a high utilization, and removes one at a low utilization. */
const steps = z
  .strictObject({
    /** CPU utilization at which a task is added, in percent. @default 70 */
    addAtCpuPercent: percent.default(70),
    /** CPU utilization below which a task is removed, in percent. @default 50 */
    removeBelowCpuPercent: percent.default(50),
    /** Evaluation period of the alarms and cooldown of the steps, in minutes. @default 5 */
    minutes: integer(1, 60).default(5),
  })
  .refine(({ addAtCpuPercent, removeBelowCpuPercent }) => removeBelowCpuPercent < addAtCpuPercent, {
    path: ["removeBelowCpuPercent"],
    error: "must be below addAtCpuPercent, so that the number of tasks does not oscillate; write less",
  });

const limits = {
  /** Minimum number of tasks. */
  minimum: integer(0, 5000),
  /** Maximum number of tasks. */
  maximum: integer(0, 5000),
};

const minimumAboveMaximum = {
  path: ["minimum"],
  error: "must not be above maximum; write no more than maximum",
};

/** Scheduled action that changes the limits, such as to 0 and 0 at night. */
const scheduledLimits = z
  .strictObject({
    /** Start time as `cron(...)`. */
    schedule: cron,
    /** Time zone of the schedule. @default "UTC" */
    timeZone: timeZone.default("UTC"),
    ...limits,
  })
  .refine(({ minimum, maximum }) => minimum <= maximum, minimumAboveMaximum);

const common = {
  ...limits,
  /** Target tracking of the average CPU utilization, in percent. @default - none */
  cpuPercent: percent.optional(),
  /** Target tracking of the average memory utilization, in percent. @default - none */
  memoryPercent: percent.optional(),
  /** Step scaling by CPU, as an alternative to `cpuPercent`. @default - none */
  steps: steps.optional(),
  /** Scale-out cooldown of target tracking, in seconds. @default 60 */
  scaleOutCooldownSeconds: integer(0, 3600).default(60),
  /** Scale-in cooldown of target tracking, in seconds. @default 300 */
  scaleInCooldownSeconds: integer(0, 3600).default(300),
  /**
   * Scheduled actions by name. With schedules, `minimum` and `maximum` apply to the first deployment only: Terraform does
   * not overwrite the limits that a schedule has set. @default {}
   */
  schedules: z.record(name(24, "night"), scheduledLimits).default({}),
};

type Common = z.output<z.ZodObject<typeof common>> & {
  readonly requestsPerTarget?: number;
  readonly backlogPerTask?: number;
};

const metrics = ["cpuPercent", "memoryPercent", "steps", "requestsPerTarget", "backlogPerTask"] as const;

function consistent<Schema extends z.ZodType<Common>>(schema: Schema) {
  return schema
    .refine(({ minimum, maximum }) => minimum <= maximum, minimumAboveMaximum)
    .refine(({ cpuPercent, steps }) => cpuPercent === undefined || steps === undefined, {
      path: ["steps"],
      error: "must not be combined with cpuPercent; write one of the two",
    })
    .refine((scaling) => metrics.some((field) => scaling[field] !== undefined) || hasSchedules(scaling), {
      error:
        "must have a metric or a schedule; write cpuPercent, memoryPercent, steps or schedules, or desiredCount instead of scaling",
    })
    .refine((scaling) => scaling.minimum > 0 || scaling.backlogPerTask !== undefined || hasSchedules(scaling), {
      path: ["minimum"],
      error: "must not be 0, as no metric scales out from 0 tasks; write 1 or more, or schedules",
    });
}

function hasSchedules({ schedules }: Common): boolean {
  return Object.keys(schedules).length > 0;
}

/** Service auto scaling. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html */
export const webScaling = consistent(
  z.strictObject({
    ...common,
    /** Target tracking of an ALB's requests per task and minute. @default - none */
    requestsPerTarget: integer(1, 1000000).optional(),
  }),
);

/** Service auto scaling of a worker. */
export const workerScaling = consistent(
  z.strictObject({
    ...common,
    /** Target tracking of the messages in the worker's queue per task. @default - none */
    backlogPerTask: integer(1, 1000000).optional(),
  }),
);

export type Scaling = z.output<typeof webScaling> | z.output<typeof workerScaling>;
