import { z } from "zod";
import { refuseOverlap } from "../windows";
import { auroraServerless } from "./aurora-serverless";
import { instance } from "./instance";

/** The Postgres database of a stage, encrypted, for TLS only, in subnets that lead nowhere. */
export const postgres = z
  .discriminatedUnion("kind", [instance, auroraServerless], 'is no kind; write "instance" or "aurora-serverless"')
  .superRefine(({ backupWindow: backup, maintenanceWindow: maintenance }, context) => {
    refuseOverlap({ backup, maintenance }, "backupWindow", context);
  })
  .refine(({ proxy, authentication: { mode } }) => proxy === undefined || mode === "secret", {
    path: ["proxy"],
    error: 'knows the password of the owner alone; write authentication: { mode: "secret" }, or remove it',
  });

export type Postgres = z.output<typeof postgres>;
