import { z } from "zod";
import { integer, name } from "../primitives";
import { cron, timeZone } from "./schedule";

const percent = integer(1, 100);

/** Adds a task at a high load and removes one at a low load, by alarms of its own. */
const steps = z
  .strictObject({
    /** CPU at which a task is added, in percent. @default 70 */
    addAtCpuPercent: percent.default(70),
    /** CPU below which a task is removed, in percent. @default 50 */
    removeBelowCpuPercent: percent.default(50),
    /** How long the load must last, and how long nothing follows a step, in minutes. @default 5 */
    minutes: integer(1, 60).default(5),
  })
  .refine(({ addAtCpuPercent, removeBelowCpuPercent }) => removeBelowCpuPercent < addAtCpuPercent, {
    path: ["removeBelowCpuPercent"],
    error: "is not below addAtCpuPercent, so that tasks would come and go; write less",
  });

const limits = {
  /** Tasks that run at the least. */
  minimum: integer(0, 5000),
  /** Tasks that run at the most. */
  maximum: integer(0, 5000),
};

const ordered = {
  path: ["minimum"],
  error: "is above maximum; write no more than maximum",
};

/** From a moment on, the number of tasks stays within other limits, such as 0 and 0 at night. */
const scheduledLimits = z
  .strictObject({
    /** `cron(...)`, as AWS writes it. */
    at: cron,
    /** @default "UTC" */
    timeZone: timeZone.default("UTC"),
    ...limits,
  })
  .refine(({ minimum, maximum }) => minimum <= maximum, ordered);

const common = {
  ...limits,
  /** Keeps the average CPU at this, in percent. @default - not looked at */
  cpuPercent: percent.optional(),
  /** Keeps the average memory at this, in percent. @default - not looked at */
  memoryPercent: percent.optional(),
  /** Steps by CPU, instead of `cpuPercent`. @default - none */
  steps: steps.optional(),
  /** Time after tasks were added in which no more are added, in seconds. @default 60 */
  outCooldownSeconds: integer(0, 3600).default(60),
  /** Time after tasks were removed in which no more are removed, in seconds. @default 300 */
  inCooldownSeconds: integer(0, 3600).default(300),
  /**
   * Other limits at other times, by name. Where there are some, `minimum` and `maximum` above count for the first
   * deployment only: Terraform does not undo what a schedule did. @default {}
   */
  schedules: z.record(name(24, "night"), scheduledLimits).default({}),
};

type Common = z.output<z.ZodObject<typeof common>> & {
  readonly requestsPerTarget?: number;
  readonly backlogPerTask?: number;
};

const byMetric = ["cpuPercent", "memoryPercent", "steps", "requestsPerTarget", "backlogPerTask"] as const;

function consistent<Schema extends z.ZodType<Common>>(schema: Schema) {
  return schema
    .refine(({ minimum, maximum }) => minimum <= maximum, ordered)
    .refine(({ cpuPercent, steps }) => cpuPercent === undefined || steps === undefined, {
      path: ["steps"],
      error: "would pull against cpuPercent; write one of the two",
    })
    .refine((scaling) => byMetric.some((field) => scaling[field] !== undefined) || hasSchedules(scaling), {
      error:
        "scales by nothing; write cpuPercent, memoryPercent, steps or schedules, or desiredCount instead of scaling",
    })
    .refine((scaling) => scaling.minimum > 0 || scaling.backlogPerTask !== undefined || hasSchedules(scaling), {
      path: ["minimum"],
      error: "is never left again, no task has no load; write 1 or more, or schedules",
    });
}

function hasSchedules({ schedules }: Common): boolean {
  return Object.keys(schedules).length > 0;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html */
export const webScaling = consistent(
  z.strictObject({
    ...common,
    /** Keeps the requests a minute that an ALB sends to each task at this. @default - not looked at */
    requestsPerTarget: integer(1, 1000000).optional(),
  }),
);

export const workerScaling = consistent(
  z.strictObject({
    ...common,
    /** Keeps the waiting messages for each task at this; the worker's queue is asked. @default - not looked at */
    backlogPerTask: integer(1, 1000000).optional(),
  }),
);

export type Scaling = z.output<typeof webScaling> | z.output<typeof workerScaling>;
