import { z } from "zod";
import { integer, matching, text, yesOrNo } from "../primitives";

const everywhere = {
  /** Whether Terraform waits until the new tasks run; the first deployment then needs an image. @default false */
  waitForSteadyState: yesOrNo.default(false),
};

const replacing = {
  strategy: z.literal("rolling", 'is no strategy of a service that nobody calls; write "rolling"'),
  ...everywhere,
  /** Share of the wanted tasks that keeps running, in percent. @default 100 */
  minimumHealthyPercent: integer(0, 100).default(100),
  /** Share of the wanted tasks that may run meanwhile, in percent. @default 200 */
  maximumPercent: integer(100, 200).default(200),
  /** Moves tasks back when zones are out of balance; needs `maximumPercent` above 100. @default false */
  zoneRebalancing: yesOrNo.default(false),
};

/** Errors of the tasks, as their ALB counts them, after which ECS goes back to the tasks before. */
const rollbackOnErrors = z.strictObject({
  /** Share of answers that are 5xx, in percent. @default 5 */
  percent: integer(1, 100).default(5),
  /** Requests a minute below which the share means nothing. @default 20 */
  minimumRequests: integer(1, 1000000).default(20),
});

const balanced = {
  /** Time in which a new task's failing load balancer checks are ignored, in seconds. @default 60 */
  gracePeriodSeconds: integer(0, 2147483647).default(60),
  /** @default - only the circuit breaker goes back, when tasks do not start */
  rollbackOnErrors: rollbackOnErrors.optional(),
};

/** Both revisions run, and the ALB's rule shifts requests from one to the other. */
const shifting = {
  ...everywhere,
  ...balanced,
  /** Time for which the old tasks stay after the last shift, in minutes. @default 10 */
  bakeMinutes: integer(0, 1440).default(10),
  /** Requests with this header reach the new tasks from the start. */
  testHeader: z
    .strictObject({
      /** @default "X-Deployment" */
      name: matching(/^[A-Za-z0-9-]{1,40}$/, 'is no name of a header; write one such as "X-Deployment"').default(
        "X-Deployment",
      ),
      /** @default "next" */
      value: text.max(128, "breaks AWS's limits on listener rules; write at most 128 characters").default("next"),
    })
    .prefault({}),
};

function roomy<
  Schema extends z.ZodType<{ minimumHealthyPercent: number; maximumPercent: number; zoneRebalancing: boolean }>,
>(schema: Schema) {
  return schema
    .refine(({ minimumHealthyPercent, maximumPercent }) => minimumHealthyPercent < maximumPercent, {
      path: ["minimumHealthyPercent"],
      error: "leaves no room to replace a task; write less than maximumPercent",
    })
    .refine(({ zoneRebalancing, maximumPercent }) => !zoneRebalancing || maximumPercent > 100, {
      path: ["zoneRebalancing"],
      error: "starts a task before it stops one; write maximumPercent above 100",
    });
}

/** How ECS replaces tasks that nobody calls. */
export const workerDeployment = roomy(z.strictObject(replacing));

/** How ECS replaces tasks behind a load balancer. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service-options.html */
export const webDeployment = z.discriminatedUnion(
  "strategy",
  [
    /** A few at a time. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html */
    roomy(z.strictObject({ ...replacing, ...balanced })),
    z.strictObject({
      /** All requests at once. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html */
      strategy: z.literal("blue-green"),
      ...shifting,
    }),
    z.strictObject({
      /** A few requests, then all. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment.html */
      strategy: z.literal("canary"),
      ...shifting,
      /** Share of requests that the first shift moves, in percent. @default 5 */
      canaryPercent: integer(1, 99).default(5),
      /** Time between the first shift and the second, in minutes. @default 10 */
      canaryBakeMinutes: integer(0, 1440).default(10),
    }),
    z.strictObject({
      /** As many requests again with every step. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-linear.html */
      strategy: z.literal("linear"),
      ...shifting,
      /** Share of requests that each step moves, in percent. @default 10 */
      stepPercent: integer(3, 100).default(10),
      /** Time between steps, in minutes. @default 6 */
      stepBakeMinutes: integer(0, 1440).default(6),
    }),
  ],
  'is no strategy; write "rolling", "blue-green", "canary" or "linear"',
);

export type WebDeployment = z.output<typeof webDeployment>;
export type Deployment = WebDeployment | z.output<typeof workerDeployment>;
