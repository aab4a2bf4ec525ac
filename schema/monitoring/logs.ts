import { z } from "zod";
import { plainText, yesOrNo } from "../primitives";

/** What is done with log groups, whose retention stands where they are written. */
export const logs = z.strictObject({
  /**
   * Encrypts every log group with a key of the stage's own, which its account can audit and withdraw; without it
   * CloudWatch encrypts them with keys of AWS.
   * @default false
   */
  ownKey: yesOrNo.default(false),
  /** Saves queries for the common questions in Logs Insights. @default true */
  savedQueries: yesOrNo.default(true),
  /**
   * What an error looks like in the log of a service.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   * @default '{ ($.level = "error") || ($.level = "fatal") }'
   */
  errorPattern: plainText
    .min(1, "is empty, which matches every line; write a pattern")
    .max(1024, "breaks AWS's limits on filter patterns; write at most 1024 characters")
    .default('{ ($.level = "error") || ($.level = "fatal") }'),
});

export type LogSettings = z.output<typeof logs>;
