import { z } from "zod";
import { regions } from "../regions";
import { roleArn, text } from "./primitives";

/** Where Terraform keeps the state of a stage. */
export const state = z.discriminatedUnion("backend", [
  z.strictObject({
    /** An S3 bucket, encrypted, locked by `use_lockfile`; the key is `<app>/<stage>/<region>/terraform.tfstate`. */
    backend: z.literal("s3"),
    /** Bucket that exists before the first deployment. */
    bucket: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
        'is no bucket name; write 3 to 63 lower-case letters, digits and dashes, such as "appname-terraform-state"',
      ),
    /** Region of the bucket, which need not be the stage's. */
    region: z.enum(regions),
    /** Role that Terraform assumes for the bucket only. @default - the caller's own credentials */
    assumeRoleArn: roleArn.optional(),
  }),
  z.strictObject({
    /** A file on this machine, for experiments. */
    backend: z.literal("local"),
    /** @default - `terraform.<stack>.tfstate` in the project's folder */
    path: text.optional(),
  }),
]);
