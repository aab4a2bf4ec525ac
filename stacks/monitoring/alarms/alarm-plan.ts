import type { Measure, Metric } from "../metric";

/** What CloudWatch takes missing data for. */
export const silences = { well: "notBreaching", unwell: "breaching", unknown: "missing" };

interface Plan {
  /** Last part of the alarm's name. */
  readonly what: string;
  /** A sentence for whoever is woken. */
  readonly description: string;
  /** Periods in a row for which it must last. */
  readonly periods: number;
  /** @default 60 */
  readonly periodSeconds?: number;
  /** What no data means: `unwell` where a living thing always counts, `unknown` where it hides the truth. @default "well" */
  readonly treatMissingData?: keyof typeof silences;
  /** Whether callers of a service feel it; what they do not feel yet is told apart. @default true */
  readonly felt?: boolean;
}

/** An alarm before it stands anywhere: by a limit, or by what is usual. */
export type AlarmPlan = Plan &
  (
    | { readonly measure: Measure; readonly limit: Limit }
    | { readonly measure: Metric; readonly anomaly: "higher" | "either-way"; readonly deviations: number }
  );

export type Limit = { readonly above: number } | { readonly atLeast: number } | { readonly below: number };
