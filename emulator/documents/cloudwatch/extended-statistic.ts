const number = "\\d+(?:\\.\\d{1,10})?";
const percentile = new RegExp(`^(?:p|tm|tc|ts|wm)(${number})$`, "i");
const range = new RegExp(`^(tm|tc|ts|wm|pr)\\((${number})?(%)?:(${number})?(%)?\\)$`, "i");

/**
 * Whether a text is a statistic other than the simple ones: a percentile (`p99`), the interquartile mean (`IQM`), or one
 * of the values up to a percentile (`tm90`) or between two bounds, which are percentages or values (`TC(0.5:10)`).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function isExtendedStatistic(statistic: string): boolean {
  if (/^iqm$/i.test(statistic)) return true;
  const [, upTo] = percentile.exec(statistic) ?? [];
  if (upTo !== undefined) return Number(upTo) <= 100;
  const [, name = "", low, lowPercent, high, highPercent] = range.exec(statistic) ?? [];
  if (name === "" || (low === undefined && high === undefined)) return false;
  const isPercentage = lowPercent !== undefined || highPercent !== undefined;
  // A percentage has both its number and its sign; the ranks of PR are of values.
  if (isPercentage && (!isPair(low, lowPercent) || !isPair(high, highPercent))) return false;
  if (isPercentage && (name.toLowerCase() === "pr" || Number(high ?? 100) > 100)) return false;
  return low === undefined || high === undefined || Number(low) < Number(high);
}

function isPair(bound: string | undefined, sign: string | undefined): boolean {
  return (bound === undefined) === (sign === undefined);
}
