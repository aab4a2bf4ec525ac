import { z } from "zod";
import { integer } from "../primitives";
import { route } from "../route";
import { container, longRunning } from "./container";
import { webDeployment } from "./deployment";
import { webHealthCheck } from "./health-check";
import { webScaling } from "./scaling";

/** A service behind the stage's ingress. */
export const web = z.strictObject({
  kind: z.literal("web"),
  ...container,
  ...longRunning,
  /** Routes it answers, such as `POST /orders` or `/orders/*`. @default ["/*"] */
  routes: z.array(route, "is no list; write a list of routes").min(1, "is empty; write one route").prefault(["/*"]),
  /** TCP port on which the container serves HTTP; it is told by the variable `PORT`. @default 8080 */
  port: integer(1, 65535).default(8080),
  /** Port of its listener on the stage's NLB, one per service. @default - the container's `port` */
  listenerPort: integer(1, 65535).optional(),
  /** Time in which the load balancer lets a stopping task finish its requests, in seconds. @default 30 */
  deregistrationDelaySeconds: integer(0, 3600).default(30),
  /** How the container and the load balancer tell that a task works. */
  healthCheck: webHealthCheck,
  deployment: webDeployment.prefault({ strategy: "rolling" }),
  /** @default - `desiredCount` tasks */
  scaling: webScaling.optional(),
});
