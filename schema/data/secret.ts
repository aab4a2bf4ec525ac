import { z } from "zod";
import { integer, kmsKeyArn, matching, variants, secretArn } from "../primitives";
import { keep } from "./common";

const lambdaArn = matching(
  /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+$/,
  "must be the ARN of a Lambda function; write the one that rotates the secret",
);

const common = {
  /**
   * Counter of the secret's value. Tasks read a secret when they start: raise the counter after the value has changed,
   * and the next deployment replaces the tasks of every service that uses the secret. To replace them without a
   * deployment: `aws ecs update-service --force-new-deployment`. @default - tasks are not replaced
   */
  generation: integer(1, 1000000).optional(),
  /** Whether it is kept although no service uses it. @default false */
  keep,
};

/** A secret in Secrets Manager, whose value is in no file, plan or state. */
export const secret = z.discriminatedUnion(
  "source",
  [
    z.strictObject({
      /** Created with a random value, which `aws secretsmanager put-secret-value` replaces. */
      source: z.literal("create"),
      /** Length of the random value, in letters and digits. @default 32 */
      length: integer(8, 4096).default(32),
      /** Recovery window after deletion, in days; 0 deletes at once. @default 30 */
      recoveryWindowDays: z.union([z.literal(0, "must be 0, or 7 to 30; write one"), integer(7, 30)]).default(30),
      /** Rotation by a Lambda function. @default - none */
      rotation: z
        .strictObject({ lambdaArn, /** Days between rotations. */ automaticallyAfterDays: integer(1, 1000) })
        .optional(),
      ...common,
    }),
    z.strictObject({
      /** A secret that is managed elsewhere. */
      source: z.literal("existing"),
      /** Complete ARN, with the six characters that Secrets Manager appends to the name. */
      arn: secretArn,
      /** Customer managed key of the secret. @default - the AWS managed key */
      kmsKeyArn: kmsKeyArn.optional(),
      ...common,
    }),
  ],
  variants("source", "create", "existing"),
);

export type Secret = z.output<typeof secret>;
