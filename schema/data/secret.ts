import { z } from "zod";
import { integer, matching } from "../primitives";
import { kmsKeyArn } from "../services/secrets";
import { keep } from "./keep";

const lambdaArn = matching(
  /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+$/,
  "is no ARN of a Lambda function; write the one that rotates the secret",
);

const common = {
  /**
   * Number of its value. Tasks read a secret when they start: raise it after the value was changed, and the next
   * deployment gives new tasks to every service that uses the secret. At once, and without a deployment:
   * `aws ecs update-service --force-new-deployment`. @default - tasks stay until something else replaces them
   */
  generation: integer(1, 1000000).optional(),
  /** Whether it may stand there while no service uses it. @default false */
  keep,
};

/** A secret in Secrets Manager, whose value stands in no file, plan or state. */
export const secret = z.discriminatedUnion(
  "source",
  [
    z.strictObject({
      /** Made with a random value, so that tasks start; `aws secretsmanager put-secret-value` writes the real one. */
      source: z.literal("create"),
      /** Length of the random value, in letters and digits. @default 32 */
      length: integer(8, 4096).default(32),
      /** Days in which a deleted secret can be brought back, and its name not be used; 0 is none. @default 30 */
      recoveryDays: z.union([z.literal(0, "is out of range; write 0, or 7 to 30"), integer(7, 30)]).default(30),
      /** A function that changes the value. @default - it stays */
      rotation: z.strictObject({ lambdaArn, /** Days between changes. */ everyDays: integer(1, 1000) }).optional(),
      ...common,
    }),
    z.strictObject({
      /** Made by somebody else. */
      source: z.literal("existing"),
      /** The whole ARN, with the six characters that AWS puts at its end. */
      arn: matching(
        /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
        'is no whole ARN of a secret; write one such as "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf"',
      ),
      /** Customer managed key of the secret. @default - the key of AWS */
      kmsKeyArn,
      ...common,
    }),
  ],
  'is no source; write "create" or "existing"',
);

export type Secret = z.output<typeof secret>;
