import { z } from "zod";
import { regions } from "./regions";
import { integer, matching, roleArn, text } from "./primitives";

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
    /**
     * GitLab's Terraform state, locked, named `<app>-<stage>-<region>`. The credentials come from `TF_HTTP_USERNAME` and
     * `TF_HTTP_PASSWORD` only. https://docs.gitlab.com/user/infrastructure/iac/terraform_state/
     */
    backend: z.literal("gitlab"),
    /** Id of the project that keeps the state. */
    projectId: z.int("is no project id; write the number from the project's page").min(1),
    /** @default "https://gitlab.com" */
    url: matching(
      /^https?:\/\/[a-z0-9.-]+(:\d+)?(\/[\w.-]+)*$/,
      'is no address; write one without a slash at its end, such as "https://gitlab.com"',
    ).default("https://gitlab.com"),
    /** Time before a failed request is tried again, in seconds. @default 5 */
    retrySeconds: integer(1, 60).default(5),
  }),
  z.strictObject({
    /** A file on this machine, for experiments. */
    backend: z.literal("local"),
    /** @default - `terraform.<stack>.tfstate` in the project's folder */
    path: text.optional(),
  }),
]);
