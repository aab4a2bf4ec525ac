import { z } from "zod";
import { partName, container, longRunning } from "./container";
import { workerDeployment } from "./deployment";
import { workerHealthCheck } from "./health-check";
import { notHere } from "../not-here";
import { workerScaling } from "./scaling";

/** A service that nobody calls: it waits for messages, or works by itself. */
export const worker = z.strictObject({
  kind: z.literal("worker"),
  ...container,
  ...longRunning,
  /** Queue of the stage that it empties; `uses` is for those that it fills. @default - none */
  queue: partName(24, "orders").optional(),
  /** How ECS tells that a task works. @default - it runs */
  healthCheck: workerHealthCheck.optional(),
  deployment: workerDeployment.prefault({ strategy: "rolling" }),
  /** @default - `desiredCount` tasks */
  scaling: workerScaling.optional(),
  routes: notHere('are nothing that a worker answers; remove them, or write kind: "web"'),
  port: notHere('is nothing that a worker has; remove it, or write kind: "web"'),
});
