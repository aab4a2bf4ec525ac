import { z } from "zod";
import { argument, integer, matching } from "../primitives";

const timeoutBelowInterval = {
  path: ["timeoutSeconds"],
  error: "is not below intervalSeconds; write a shorter time, AWS refuses the pair only when it is applied",
};

/** ECS's own check inside the container. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export const containerHealthCheck = z
  .strictObject({
    /** Program and arguments, run without a shell; it must exist in the image, which need not have curl. */
    command: z.array(argument, "is no list; write the program and its arguments").min(1, "is empty; write a program"),
    /** @default 30 */
    intervalSeconds: integer(5, 300).default(30),
    /** @default 5 */
    timeoutSeconds: integer(2, 60).default(5),
    /** Failures in a row that make the container unhealthy. @default 3 */
    retries: integer(1, 10).default(3),
    /** Time in which failures do not count. @default 60 */
    startPeriodSeconds: integer(0, 300).default(60),
  })
  .refine(({ timeoutSeconds, intervalSeconds }) => timeoutSeconds < intervalSeconds, timeoutBelowInterval);

/** The load balancer's HTTP check. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
const target = z
  .strictObject({
    /** @default "/health" */
    path: matching(/^\/[\w./~-]*$/, 'is no path; write one such as "/health"').default("/health"),
    /** @default 10 */
    intervalSeconds: integer(5, 300).default(10),
    /** @default 6 */
    timeoutSeconds: integer(2, 120).default(6),
    /** Successes in a row that make a target healthy. @default 3 */
    healthyThreshold: integer(2, 10).default(3),
    /** Failures in a row that make a target unhealthy. @default 3 */
    unhealthyThreshold: integer(2, 10).default(3),
  })
  .refine(({ timeoutSeconds, intervalSeconds }) => timeoutSeconds < intervalSeconds, timeoutBelowInterval);

/** Both checks of a service behind the ingress. */
export const webHealthCheck = z.strictObject({ container: containerHealthCheck, target: target.prefault({}) });

/** The check of a service that nobody calls. */
export const workerHealthCheck = z.strictObject({ container: containerHealthCheck });
