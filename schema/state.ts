import { z } from "zod";
import { bucketName, integer, matching, variants, roleArn, text } from "./primitives";
import { region } from "./regions";

/** Backend that holds the Terraform state of a stage. */
export const state = z.discriminatedUnion(
  "backend",
  [
    z.strictObject({
      /** An encrypted S3 bucket with a lock file; the key is `<app>/<stage>/<region>/terraform.tfstate`. */
      backend: z.literal("s3"),
      /** Bucket that exists before the first deployment. */
      bucket: bucketName,
      /** Region of the bucket, which may differ from the stage's. */
      region,
      /** Role that Terraform assumes for the bucket only. @default - the caller's own credentials */
      assumeRoleArn: roleArn.optional(),
    }),
    z.strictObject({
      /**
       * GitLab's Terraform state with locking, named `<app>-<stage>-<region>`. The credentials come from
       * `TF_HTTP_USERNAME` and `TF_HTTP_PASSWORD`. https://docs.gitlab.com/user/infrastructure/iac/terraform_state/
       */
      backend: z.literal("gitlab"),
      /** ID of the project that holds the state. */
      projectId: z.int("must be a project ID; write the number from the project's page").min(1),
      /** @default "https://gitlab.com" */
      url: matching(
        /^https?:\/\/[a-z0-9.-]+(:\d+)?(\/[\w.-]+)*$/,
        'must be a URL; write one without a trailing slash, such as "https://gitlab.com"',
      ).default("https://gitlab.com"),
      /** Delay before a failed request is retried, in seconds. @default 5 */
      retrySeconds: integer(1, 60).default(5),
    }),
    z.strictObject({
      /** A file on this machine, for experiments. */
      backend: z.literal("local"),
      /** @default - `terraform.<stack>.tfstate` in the project's folder */
      path: text.optional(),
    }),
  ],
  variants("backend", "s3", "gitlab", "local"),
);
