import { z } from "zod";
import { partName } from "./container";
import { job } from "./job";
import { web } from "./web";
import { worker } from "./worker";

/** One service: a container image and how it runs. */
export const service = z.discriminatedUnion(
  "kind",
  [web, worker, job],
  'is no kind of service; write "web", "worker" or "job"',
);

/** The services of a stage by name, which becomes part of AWS names. */
export const services = z
  .record(partName(24, "orders"), service, "is no object; write services by name")
  .refine((all) => Object.values(all).some(({ kind }) => kind === "web"), {
    error: 'hold none that the way in could lead to; write a service of kind "web"',
  });
