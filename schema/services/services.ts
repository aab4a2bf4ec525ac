import { z } from "zod";
import { flag, integer, variants, resourceName, unsupported } from "../primitives";
import { route } from "../route";
import { containerHealthCheck, targetHealthCheck } from "./container";
import { webDeployment, workerDeployment } from "./deployment";
import { webScaling, workerScaling } from "./scaling";
import { schedule, timeZone } from "./schedule";
import { continuous, task } from "./task";

/** A service that receives requests through the stage's ingress. */
export const web = z.strictObject({
  kind: z.literal("web"),
  ...task,
  ...continuous,
  /** Routes of the service, such as `POST /orders` or `/orders/*`. @default ["/*"] */
  routes: z
    .array(route, "must be a list; write a list of routes")
    .min(1, "must not be empty; write one route")
    .prefault(["/*"]),
  /** TCP port on which the container serves HTTP; the variable `PORT` holds it. @default 8080 */
  port: integer(1, 65535).default(8080),
  /** Port of the service's listener on the stage's NLB; each service needs its own. @default - the container's `port` */
  listenerPort: integer(1, 65535).optional(),
  /** Time for which a deregistered task may finish its requests, in seconds. @default 30 */
  deregistrationDelaySeconds: integer(0, 3600).default(30),
  /** Health checks of the container and of the target group. */
  healthCheck: z.strictObject({ container: containerHealthCheck, target: targetHealthCheck.prefault({}) }),
  deployment: webDeployment.prefault({ strategy: "rolling" }),
  /** Service auto scaling. @default - `desiredCount` tasks */
  scaling: webScaling.optional(),
});

/** A service without requests, such as a consumer of a queue. */
export const worker = z.strictObject({
  kind: z.literal("worker"),
  ...task,
  ...continuous,
  /** Queue of the stage that it consumes; `uses` is for queues to which it sends. @default - none */
  queue: resourceName(24, "orders").optional(),
  /** Health check of the container. @default - none */
  healthCheck: z.strictObject({ container: containerHealthCheck }).optional(),
  deployment: workerDeployment.prefault({ strategy: "rolling" }),
  /** Service auto scaling. @default - `desiredCount` tasks */
  scaling: workerScaling.optional(),
  routes: unsupported('are not supported by workers; remove them, or write kind: "web"'),
  port: unsupported('is not supported by workers; remove it, or write kind: "web"'),
});

/** A task that EventBridge Scheduler starts. https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html */
export const job = z.strictObject({
  kind: z.literal("job"),
  ...task,
  /** `cron(...)` or `rate(...)`. */
  schedule,
  /** Time zone of a `cron(...)` expression, daylight saving time included. @default "UTC" */
  timeZone: timeZone.default("UTC"),
  /** Flexible time window, in minutes. @default - none */
  flexibleTimeWindowMinutes: integer(1, 1440).optional(),
  /** Retries when a task cannot be started; a task that exits with an error is not retried. @default 3 */
  maximumRetryAttempts: integer(0, 185).default(3),
  /** Age at which a start that failed moves to the dead-letter queue, in seconds. @default 3600 */
  maximumEventAgeSeconds: integer(60, 86400).default(3600),
  /** Whether the schedule is enabled. @default true */
  enabled: flag.default(true),
  routes: unsupported('are not supported by jobs; remove them, or write kind: "web"'),
  scaling: unsupported('is not supported by jobs; remove it, or write kind: "worker"'),
});

/** The services of a stage by name, which becomes part of AWS names. */
export const services = z
  .record(
    resourceName(24, "orders"),
    z.discriminatedUnion("kind", [web, worker, job], variants("kind", "web", "worker", "job")),
    "must be an object; write services by name",
  )
  .refine((all) => Object.values(all).some(({ kind }) => kind === "web"), {
    error: 'must hold a service that receives requests; write one of kind "web"',
  });
