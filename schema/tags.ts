import { z } from "zod";
import { text } from "./primitives";

const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const invalidCharacters =
  "must not contain characters that AWS refuses in tags; write letters, digits, spaces and _ . : / = + - @";

/** A key of a tag. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#tag-conventions */
const tagKey = text
  .max(128, "is too long for a tag; write at most 128 characters")
  .regex(tagCharacters, invalidCharacters)
  .refine((key) => !/^aws:/i.test(key), "must not begin with aws:, which AWS reserves; write another key");

/** A value of a tag. */
export const tagValue = text
  .max(256, "is too long for a tag; write at most 256 characters")
  .regex(tagCharacters, invalidCharacters);

/** Keys of the tags that the stack sets on every resource. */
const reservedKeys = ["app", "environment", "stage", "owner", "managed-by", "name"];

/** AWS's limit of 50, less the tags that the stack and AWS set. */
const maximumTags = 40;

/** Tags of every resource, beside those that the stack sets. */
export const tags = z.record(tagKey, tagValue).superRefine((all, context) => {
  const refuse = (message: string, input: unknown, ...path: string[]) => {
    context.addIssue({ code: "custom", path, input, message });
  };
  for (const [key, value] of Object.entries(all)) {
    // Tag keys are case-sensitive in most AWS services, but not in IAM.
    if (reservedKeys.includes(key.toLowerCase()))
      refuse("is set by the stack on every resource; remove it", value, key);
  }
  if (Object.keys(all).length > maximumTags) refuse(`must not hold more than ${maximumTags} tags; remove some`, all);
});
