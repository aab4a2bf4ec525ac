import { z } from "zod";

// Every message reads "<what is wrong>; <what to write>". The report puts file, field and value in front of it.

/** One of several texts. */
export function choice<const Value extends string>(...values: readonly Value[]) {
  return z.enum(values, mustBeOneOf(values));
}

/** Error of a discriminated union whose variants differ in `field`. */
export function variants(field: string, ...values: readonly [string, ...string[]]): { error: z.core.$ZodErrorMap } {
  return {
    error: ({ code }) =>
      code === "invalid_type" ? `must be an object; write { ${field}: "${values[0]}", ... }` : mustBeOneOf(values),
  };
}

/** A boolean. */
export const flag = z.boolean("must be true or false");

/** A field that is written only to switch something on. */
export const onlyTrue = z.literal(true, "must be true; write true, or leave it out");

/** A whole number within AWS's limits. */
export function integer(minimum: number, maximum: number) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z.int(message).min(minimum, message).max(maximum, message);
}

/** A string that AWS or Terraform accepts only in the given form. */
export function matching(pattern: RegExp, message: string) {
  return z.string(message).regex(pattern, message);
}

/** Arguments of `refine` for a list without duplicates. */
export function withoutDuplicates(item: string) {
  return [
    (all: readonly unknown[]) => new Set(all).size === all.length,
    `must not contain the same ${item} twice; write each once`,
  ] as const;
}

/** A field of other variants: it does not type-check here, and the message names the alternative. */
export const unsupported = (message: string) => z.undefined(message).optional();

/** Text that is safe in Terraform's JSON: it cannot contain a template. */
export const plainText = z
  .string("must be a string")
  .regex(
    /^(?:\P{C}|\p{Cf}|\p{Co}|\p{Cn}|[\n\r\t])*$/u,
    "must not contain control characters other than line breaks and tabs; write plain text",
  )
  .refine((value) => !/[$%]\{/.test(value), "must not contain a Terraform template (${ or %{); write plain text")
  // CDKTF replaces its own tokens in every text.
  .refine((value) => !value.includes("TfToken["), "must not contain a CDKTF token (TfToken[); write plain text");

/** A non-empty line of plain text. */
export const text = plainText
  .min(1, "must not be empty; write a value, or leave the field out")
  .regex(/^\P{Cc}*$/u, "must not contain control characters; write one line of plain text");

/** One argument of a program, or the program; a task definition may be 64 KiB long in all. */
export const argument = text.max(4096, "is too long for a task definition; write at most 4096 characters");

/** Arguments of `refine` for a name: `constructs` keeps children in a plain object, which inherits one of this name. */
const noInheritedName = [
  (text: string) => text !== "constructor",
  "cannot be the name of a construct; choose another one",
] as const;

/** A name that becomes part of AWS names, in the characters that every AWS service accepts. */
export function name(maximum: number, example: string) {
  return matching(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    `must be a name; write lower-case letters, digits and single dashes, starting with a letter, such as "${example}"`,
  )
    .refine(...noInheritedName)
    .max(maximum, `is too long for AWS names; write at most ${maximum} characters`);
}

/** Name under which a stage file lists a service, a data service or a part of one; it becomes part of AWS names. */
export function resourceName(maximum: number, example: string) {
  return text
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      `must be a name; write lower-case letters, digits and single dashes, such as "${example}"`,
    )
    .refine(...noInheritedName)
    .max(maximum, `is too long for AWS names; write at most ${maximum} characters`);
}

/** An AWS account. */
export const accountId = matching(
  /^\d{12}$/,
  'must be an account ID; write its 12 digits in quotes, such as "111122223333"',
);

/** ARN of an IAM role. */
export const roleArn = matching(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  'must be the ARN of a role; write one such as "arn:aws:iam::111122223333:role/deploy"',
);

/** ARN of a managed policy of IAM. */
export const policyArn = matching(
  /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
  'must be the ARN of a managed policy; write one such as "arn:aws:iam::111122223333:policy/boundary"',
);

/** ARN of a customer managed KMS key. */
export const kmsKeyArn = matching(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-z0-9-]+$/,
  "must be the ARN of a KMS key; write one, or leave it out for the AWS managed key",
);

/** Complete ARN of a secret, with the six characters that Secrets Manager appends to its name. */
export const secretArn = matching(
  /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
  'must be the complete ARN of a secret; write one such as "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf"',
);

/** Name of an S3 bucket. */
export const bucketName = matching(
  /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  'must be a bucket name; write 3 to 63 lower-case letters, digits and dashes, such as "appname-terraform-state"',
);

const retentionSteps = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Retention that CloudWatch Logs accepts, in days. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentionDays = z.literal(
  retentionSteps,
  `must be a retention of CloudWatch Logs; write one of ${retentionSteps.join(", ")}`,
);

function mustBeOneOf(values: readonly string[]): string {
  return `must be one of ${values.map((value) => `"${value}"`).join(", ")}`;
}
