import { z } from "zod";
import { fargateSize } from "./fargate-size";
import { healthCheck } from "./health-check";
import { integer, matching, plainText, retentionDays, text } from "./primitives";
import { route } from "./route";

/** A container image as Docker writes it: registry, name, and tag or digest. */
const image = matching(
  /^[a-z0-9][\w./:@-]*$/,
  'is no image; write one such as "public.ecr.aws/nginx/nginx:1.29" or leave it out for the stage\'s own repository',
);

/** How ECS replaces tasks. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html */
const deployment = z
  .strictObject({
    /** Share of `desiredCount` that keeps running, in percent. @default 100 */
    minimumHealthyPercent: integer(0, 100).default(100),
    /** Share of `desiredCount` that may run meanwhile, in percent. @default 200 */
    maximumPercent: integer(100, 200).default(200),
    /** Time in which a new task's failing load balancer checks are ignored, in seconds. @default 60 */
    gracePeriodSeconds: integer(0, 2147483647).default(60),
    /** Moves tasks back when zones are out of balance; needs `maximumPercent` above 100. @default false */
    zoneRebalancing: z.boolean("is no switch; write true or false").default(false),
  })
  .refine(({ minimumHealthyPercent, maximumPercent }) => minimumHealthyPercent < maximumPercent, {
    path: ["minimumHealthyPercent"],
    error: "leaves no room to replace a task; write less than maximumPercent",
  })
  .refine(({ zoneRebalancing, maximumPercent }) => !zoneRebalancing || maximumPercent > 100, {
    path: ["zoneRebalancing"],
    error: "starts a task before it stops one; write maximumPercent above 100",
  });

const environment = z
  .record(matching(/^[A-Za-z_]\w*$/, "is no name of an environment variable; write letters, digits and _"), plainText)
  .refine((variables) => !("PORT" in variables), {
    path: ["PORT"],
    error: "is set by the stack; write the service's `port` instead",
  });

/** One Fargate service: one container image behind the stage's ingress. */
export const service = z.strictObject({
  /** Image to run when the variable `<service>_image` is not set. @default - `<the service's repository>:latest` */
  image: image.optional(),
  /** Routes it answers, such as `POST /orders` or `/orders/*`. @default ["/*"] */
  routes: z.array(route, "is no list; write a list of routes").min(1, "is empty; write one route").prefault(["/*"]),
  /** TCP port on which the container serves HTTP; it is told by the variable `PORT`. @default 8080 */
  port: integer(1, 65535).default(8080),
  /** Port of its listener on the stage's NLB, one per service. @default - the container's `port` */
  listenerPort: integer(1, 65535).optional(),
  /** CPU (1/1024 vCPU) and memory (MiB) of a task. @default { cpu: 256, memoryMiB: 512 } */
  size: fargateSize.default({ cpu: 256, memoryMiB: 512 }),
  /** Processor that the image is built for. @default "ARM64" */
  architecture: z.enum(["ARM64", "X86_64"], 'is no architecture; write "ARM64" or "X86_64"').default("ARM64"),
  /** Tasks that run. @default 1 */
  desiredCount: integer(0, 5000).default(1),
  /**
   * Plain environment variables, never secrets. The stack adds `PORT`, and `KEEP_ALIVE_SECONDS`, which is longer than
   * its load balancer keeps an idle connection. @default {}
   */
  environment: environment.default({}),
  /** User, and group after a colon, that the container runs as. @default "1000:1000" */
  user: matching(
    /^(?!0(:|$)|root(:|$))[\w-]+(:[\w-]+)?$/,
    'is no user; write one that is not root, such as "1000:1000"',
  ).default("1000:1000"),
  /** Whether the container's root file system can be written to. @default false */
  writableRoot: z.boolean("is no switch; write true or false").default(false),
  /** Time between SIGTERM and SIGKILL, in seconds; 120 is Fargate's maximum. @default 30 */
  stopTimeoutSeconds: integer(2, 120).default(30),
  /** Time in which the load balancer lets a stopping task finish its requests, in seconds. @default 30 */
  deregistrationDelaySeconds: integer(0, 3600).default(30),
  /** How the container and the load balancer tell that a task works. */
  healthCheck,
  deployment: deployment.prefault({}),
  /** Retention of the container's logs, in days. @default 14 */
  logRetentionDays: retentionDays.default(14),
});

/** The services of a stage by name, which becomes part of AWS names. */
export const services = z
  .record(serviceName(), service, "is no object; write services by name")
  .refine((all) => Object.keys(all).length > 0, "is empty; write at least one service");

function serviceName() {
  return text
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      'is no name; write lower-case letters, digits and single dashes, such as "orders"',
    )
    .max(24, "breaks AWS's limits on names; write at most 24 characters");
}
