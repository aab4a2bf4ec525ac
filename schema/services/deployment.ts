import { z } from "zod";
import { flag, integer, variants, text } from "../primitives";
import { headerName } from "../route";

const common = {
  /** Whether Terraform waits for the steady state of the service; the first deployment then needs an image. @default false */
  waitForSteadyState: flag.default(false),
};

const rolling = {
  strategy: z.literal("rolling", 'must be "rolling" for a service without requests; write "rolling"'),
  ...common,
  /** Lower limit of running tasks during a deployment, in percent of the desired count. @default 100 */
  minimumHealthyPercent: integer(0, 100).default(100),
  /** Upper limit of running tasks during a deployment, in percent of the desired count. @default 200 */
  maximumPercent: integer(100, 200).default(200),
  /** Whether ECS redistributes tasks when availability zones are unbalanced; needs `maximumPercent` above 100. @default false */
  availabilityZoneRebalancing: flag.default(false),
};

/** Alarm on 5xx responses of the tasks' target group, which rolls a deployment back. */
const rollbackOnErrors = z.strictObject({
  /** Share of 5xx responses, in percent. @default 5 */
  percent: integer(1, 100).default(5),
  /** Requests per minute below which the share is ignored. @default 20 */
  minimumRequests: integer(1, 1000000).default(20),
});

const loadBalanced = {
  /** Time after the start of a task in which failing target group health checks are ignored, in seconds. @default 60 */
  healthCheckGracePeriodSeconds: integer(0, 2147483647).default(60),
  /** Rolls back when tasks answer with errors. @default - only the circuit breaker rolls back, when tasks do not start */
  rollbackOnErrors: rollbackOnErrors.optional(),
};

/** Deployments for which the ALB's listener rule shifts requests from the old revision to the new one. */
const trafficShifting = {
  ...common,
  ...loadBalanced,
  /** Time for which the old tasks run after the last shift, in minutes. @default 10 */
  bakeTimeMinutes: integer(0, 1440).default(10),
  /** Header of requests that always reach the new tasks. */
  testHeader: z
    .strictObject({
      /** @default "X-Deployment" */
      name: headerName.default("X-Deployment"),
      /** @default "next" */
      value: text.max(128, "is too long for a listener rule; write at most 128 characters").default("next"),
    })
    .prefault({}),
};

function withRoomForReplacement<
  Schema extends z.ZodType<{
    minimumHealthyPercent: number;
    maximumPercent: number;
    availabilityZoneRebalancing: boolean;
  }>,
>(schema: Schema) {
  return schema
    .refine(({ minimumHealthyPercent, maximumPercent }) => minimumHealthyPercent < maximumPercent, {
      path: ["minimumHealthyPercent"],
      error: "must be below maximumPercent, so that ECS can replace a task; write less",
    })
    .refine(({ availabilityZoneRebalancing, maximumPercent }) => !availabilityZoneRebalancing || maximumPercent > 100, {
      path: ["availabilityZoneRebalancing"],
      error: "starts a task before it stops one; write maximumPercent above 100",
    });
}

/** Deployment of a service without requests. */
export const workerDeployment = withRoomForReplacement(z.strictObject(rolling));

/** Deployment of a service behind a load balancer. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service-options.html */
export const webDeployment = z.discriminatedUnion(
  "strategy",
  [
    /** Replaces tasks gradually. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html */
    withRoomForReplacement(z.strictObject({ ...rolling, ...loadBalanced })),
    z.strictObject({
      /** Shifts all requests at once. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html */
      strategy: z.literal("blue-green"),
      ...trafficShifting,
    }),
    z.strictObject({
      /** Shifts a small share of the requests, then the rest. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment.html */
      strategy: z.literal("canary"),
      ...trafficShifting,
      /** Share of requests of the first shift, in percent. @default 5 */
      canaryPercent: integer(1, 99).default(5),
      /** Time between the first shift and the second, in minutes. @default 10 */
      canaryBakeTimeMinutes: integer(0, 1440).default(10),
    }),
    z.strictObject({
      /** Shifts requests in equal steps. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-linear.html */
      strategy: z.literal("linear"),
      ...trafficShifting,
      /** Share of requests of each step, in percent. @default 10 */
      stepPercent: integer(3, 100).default(10),
      /** Time between steps, in minutes. @default 6 */
      stepBakeTimeMinutes: integer(0, 1440).default(6),
    }),
  ],
  variants("strategy", "rolling", "blue-green", "canary", "linear"),
);

export type WebDeployment = z.output<typeof webDeployment>;
export type Deployment = WebDeployment | z.output<typeof workerDeployment>;
