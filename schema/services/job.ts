import { z } from "zod";
import { integer, yesOrNo } from "../primitives";
import { container } from "./container";
import { notHere } from "../not-here";
import { schedule, timeZone } from "./schedule";

/** A program that EventBridge Scheduler starts. https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html */
export const job = z.strictObject({
  kind: z.literal("job"),
  ...container,
  /** `cron(...)` or `rate(...)`, as AWS writes them. */
  schedule,
  /** Zone of a `cron(...)`, whose summer time it follows. @default "UTC" */
  timeZone: timeZone.default("UTC"),
  /** Time within which it may start later, so that not all start at once, in minutes. @default - at once */
  flexibleMinutes: integer(1, 1440).optional(),
  /** How often a start is tried again; a program that fails is not started again. @default 3 */
  retries: integer(0, 185).default(3),
  /** Time after which a start is given up and put into the dead-letter queue, in seconds. @default 3600 */
  maximumEventAgeSeconds: integer(60, 86400).default(3600),
  /** @default true */
  enabled: yesOrNo.default(true),
  routes: notHere('are nothing that a job answers; remove them, or write kind: "web"'),
  scaling: notHere('is nothing that a job does; remove it, or write kind: "worker"'),
});
