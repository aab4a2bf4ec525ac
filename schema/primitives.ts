import { z } from "zod";

// Every message reads "<what is wrong>; <what to write>": the report puts file, field and value in front of it.

/** A string that AWS or Terraform accepts only in the given form. */
export function matching(pattern: RegExp, message: string) {
  return z.string(message).regex(pattern, message);
}

/** Text that is safe inside Terraform's JSON: config never carries a template into it. */
export const plainText = z
  .string("is no text; write a string")
  .regex(/^(?:\P{C}|\p{Cf}|\p{Co}|\p{Cn}|[\n\r\t])*$/u, "holds a control character; write plain text")
  .refine((value) => !/[$%]\{/.test(value), "holds a Terraform template (${ or %{); write plain text")
  // CDKTF looks for its own references in every text.
  .refine((value) => !value.includes("TfToken["), "holds a reference of CDKTF (TfToken[); write plain text");

const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const noTagCharacters = "holds what AWS takes in no tag; write letters, digits, spaces and _ . : / = + - @";

/** A line of text that has something in it. */
export const text = plainText
  .min(1, "is empty; write a value or leave the key out")
  .regex(/^\P{Cc}*$/u, "holds a control character; write one line of plain text");

/** A key of a tag. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#tag-conventions */
export const tagKey = text
  .max(128, "breaks AWS's limits on tags; write at most 128 characters")
  .regex(tagCharacters, noTagCharacters)
  .refine((key) => !/^aws:/i.test(key), "begins with aws:, which AWS keeps for itself; write another key");

/** A value of a tag. */
export const tagValue = text
  .max(256, "breaks AWS's limits on tags; write at most 256 characters")
  .regex(tagCharacters, noTagCharacters);

/** A name that becomes part of AWS names, in the characters that every AWS service accepts. */
export function name(maximum: number, example: string) {
  return matching(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    `is no name; write lower-case letters, digits and single dashes, starting with a letter, such as "${example}"`,
  ).max(maximum, `breaks AWS's limits on names; write at most ${maximum} characters`);
}

/** A switch. */
export const yesOrNo = z.boolean("is no switch; write true or false");

/** A whole number within AWS's limits. */
export function integer(minimum: number, maximum: number) {
  const message = `is out of range; write a whole number from ${minimum} to ${maximum}`;
  return z.int(message).min(minimum, message).max(maximum, message);
}

/** An IAM role that somebody assumes. */
export const roleArn = matching(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  'is no role ARN; write one such as "arn:aws:iam::111122223333:role/deploy"',
);

/** A managed policy of IAM. */
export const policyArn = matching(
  /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
  'is no policy ARN; write one such as "arn:aws:iam::111122223333:policy/boundary"',
);

const retentionSteps = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Retention that CloudWatch Logs accepts. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentionDays = z.literal(
  retentionSteps,
  `is no retention of CloudWatch Logs; write one of ${retentionSteps.join(", ")}`,
);

/** One argument of a program, or the program; a task definition holds them all in 64 KiB. */
export const argument = text.max(4096, "breaks ECS's limits on task definitions; write at most 4096 characters");
