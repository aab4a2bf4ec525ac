import { z } from "zod";
import { argument, integer, yesOrNo } from "../primitives";
import { user } from "./container-user";
import { environment } from "./environment";
import { containerHealthCheck } from "./health-check";
import { image } from "./image";
import { secrets } from "./secrets";

/** A container of the team's own beside the service's; all containers of a task reach each other by `localhost`. */
export const sidecar = z
  .strictObject({
    image,
    /** Program and arguments. @default - the image's */
    command: z.array(argument).min(1, "is empty; write a program, or leave it out").optional(),
    /** CPU of the task that is kept for it, in 1/1024 vCPU. @default 0 */
    cpu: integer(0, 16384).default(0),
    /** Memory of the task that it may use; more, and it is stopped. In MiB. */
    memoryMiB: integer(6, 122880),
    /** Whether its end ends the task. @default true */
    essential: yesOrNo.default(true),
    /**
     * What the service's container waits for: `start` and `healthy` of a sidecar that goes on, `success` and `complete` of
     * one that ends, and is not essential. @default - nothing
     */
    waitFor: z
      .enum(
        ["start", "healthy", "success", "complete"],
        'is no state; write "start", "healthy", "success" or "complete"',
      )
      .optional(),
    /** @default {} */
    environment: environment.default({}),
    /** @default {} */
    secrets: secrets.default({}),
    user,
    /** Whether its root file system can be written to. @default false */
    writableRoot: yesOrNo.default(false),
    /** @default - none */
    healthCheck: containerHealthCheck.optional(),
  })
  .refine(({ waitFor, healthCheck }) => waitFor !== "healthy" || healthCheck !== undefined, {
    path: ["waitFor"],
    error: "is never reached without a healthCheck; write one",
  })
  .refine(({ waitFor, essential }) => !essential || (waitFor !== "success" && waitFor !== "complete"), {
    path: ["essential"],
    error: "ends the task when it ends; write false for a sidecar that others wait to end",
  });

export type Sidecar = z.output<typeof sidecar>;
