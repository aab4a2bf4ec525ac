import { z } from "zod";
import { integer } from "../primitives";
import { emails } from "./recipients";

const usd = integer(1, 100000000);
const percents = z
  .array(integer(1, 1000), "is no list; write a list of percentages")
  .refine((all) => new Set(all).size === all.length, "names a percentage twice; write each once");

/**
 * What the stage may cost in a month, by its tag `stage` in its region. The tag must be activated once as a cost
 * allocation tag: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
export const budget = z
  .strictObject({
    /** In US dollars. */
    monthlyUsd: usd,
    email: emails,
    /** Shares of the budget that, once spent, are told. @default [80, 100] */
    spentPercent: percents.default([80, 100]),
    /** Shares of the budget that are told as soon as the month is expected to cost so much. @default [100] */
    expectedPercent: percents.default([100]),
  })
  .refine(
    ({ spentPercent, expectedPercent }) => {
      const notifications = spentPercent.length + expectedPercent.length;
      return notifications > 0 && notifications <= 5;
    },
    {
      path: ["spentPercent"],
      error: "and expectedPercent hold none or more than AWS's five; write one to five percentages in all",
    },
  );

/** Spending that is unlike what the stage spent before. https://docs.aws.amazon.com/cost-management/latest/userguide/manage-ad.html */
export const costAnomalies = z.strictObject({
  /** What an anomaly must have cost to be told, in US dollars. @default 50 */
  aboveUsd: usd.default(50),
  email: emails,
});

export type BudgetSettings = z.output<typeof budget>;
export type CostAnomalySettings = z.output<typeof costAnomalies>;
