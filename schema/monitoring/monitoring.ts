import { z } from "zod";
import { flag, integer, plainText, unsupported, withoutDuplicates } from "../primitives";
import { alarms, emails } from "./alarms";

/** Settings of log groups. The retention is a field of what writes the log. */
const logs = z.strictObject({
  /**
   * Whether a customer managed KMS key of the stage encrypts every log group, instead of a key of CloudWatch Logs.
   * @default false
   */
  customerManagedKey: flag.default(false),
  /** Whether common queries are saved in CloudWatch Logs Insights. @default true */
  savedQueries: flag.default(true),
  /**
   * Filter pattern of an error in the log of a service.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   * @default '{ ($.level = "error") || ($.level = "fatal") }'
   */
  errorPattern: plainText
    .min(1, "must not be empty, which would match every line; write a pattern")
    .max(1024, "is too long for a filter pattern; write at most 1024 characters")
    // A pattern of spaces would become an empty one:
    // https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/logs/metric_filter.go
    .refine(
      (pattern) => pattern.trim() === pattern,
      "must not begin or end with a space, which the AWS provider removes; remove it",
    )
    .default('{ ($.level = "error") || ($.level = "fatal") }'),
});

const usd = integer(1, 100000000);
const percents = z
  .array(integer(1, 1000), "must be a list; write a list of percentages")
  .refine(...withoutDuplicates("percentage"));

/** AWS's limit of notifications of a budget. */
const maximumNotifications = 5;

/**
 * AWS budget for a month, filtered by the tag `stage` and the region. The tag must be activated as a cost allocation tag:
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
const budget = z
  .strictObject({
    /** In US dollars. */
    monthlyUsd: usd,
    /** E-mail addresses that are notified. */
    email: emails,
    /** Shares of the budget at which actual costs send a notification, in percent. @default [80, 100] */
    actualPercent: percents.default([80, 100]),
    /** Shares of the budget at which forecasted costs send a notification, in percent. @default [100] */
    forecastedPercent: percents.default([100]),
  })
  .refine(
    ({ actualPercent, forecastedPercent }) => {
      const notifications = actualPercent.length + forecastedPercent.length;
      return notifications > 0 && notifications <= maximumNotifications;
    },
    {
      path: ["actualPercent"],
      error: `and forecastedPercent must hold 1 to ${maximumNotifications} percentages in all; add or remove some`,
    },
  );

/** Monitoring of a stage. */
export const monitoring = z.strictObject({
  /** CloudWatch alarms and their recipients. @default - none */
  alarms: alarms.optional(),
  /** Whether the stage has a CloudWatch dashboard. @default true */
  dashboard: flag.default(true),
  logs: logs.prefault({}),
  /** @default - none */
  budget: budget.optional(),
  costAnomalies: unsupported(
    "is a setting of the account, not of a stage; move it to the account file, config/accounts/<alias>/<region>.ts",
  ),
});

export type MonitoringConfig = z.output<typeof monitoring>;
export type BudgetSettings = z.output<typeof budget>;
