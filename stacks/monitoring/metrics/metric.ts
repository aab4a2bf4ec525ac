import type { CloudwatchMetricAlarmMetricQuery } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";

/** A metric of CloudWatch, with the statistic that aggregates its data points over a period. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Such as `Sum`, `Average` or `p99`. */
  readonly statistic: string;
}

/** An expression of metric math, which refers to metrics by their ids. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
export interface MathExpression {
  /** What the result is, such as `5xx answers, percent`. */
  readonly label: string;
  readonly id: string;
  readonly expression: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

export type MetricOrExpression = Metric | MathExpression;

export function isMathExpression(metric: MetricOrExpression): metric is MathExpression {
  return "expression" in metric;
}

/** The arguments of an alarm that compares a metric with a fixed threshold. */
export function metricArguments(metric: MetricOrExpression, periodSeconds: number) {
  if (isMathExpression(metric)) return { metricQuery: [...metricQueries(metric, periodSeconds), resultQuery(metric)] };
  const { statistic, ...others } = metric;
  return {
    ...others,
    period: periodSeconds,
    // Percentiles have an argument of their own.
    ...(isPercentile(statistic) ? { extendedStatistic: statistic } : { statistic }),
  };
}

/** The arguments of an alarm that compares a metric with the band that anomaly detection expects. */
export function anomalyDetectionArguments(metric: Metric, deviations: number, periodSeconds: number) {
  const [id, band] = ["value", "usual"];
  return {
    metricQuery: [
      ...metricQueries({ metrics: { [id]: metric } }, periodSeconds).map((query) => ({ ...query, returnData: true })),
      { id: band, label: band, expression: `ANOMALY_DETECTION_BAND(${id}, ${deviations})`, returnData: true },
    ],
    thresholdMetricId: band,
  };
}

/**
 * One metric of the metrics of several resources: `combine` makes the expression of their terms, in which a missing
 * data point counts as 0. A single metric stays as it is.
 */
export function combineMetrics(
  id: string,
  label: string,
  metrics: readonly Metric[],
  combine: (terms: readonly string[]) => string,
): MetricOrExpression {
  const [only] = metrics;
  if (only !== undefined && metrics.length === 1) return only;
  const metricsById = metrics.map((metric, index) => [`${id}${index}`, metric] as const);
  const terms = metricsById.map(([metricId]) => `FILL(${metricId}, 0)`);
  return { id, label, expression: combine(terms), metrics: Object.fromEntries(metricsById) };
}

/** The sum of terms. */
export const sum = (terms: readonly string[]) => terms.join(" + ");

/** The largest of terms. */
export const maximum = (terms: readonly string[]) => `MAX([${terms.join(", ")}])`;

function metricQueries(
  { metrics }: Pick<MathExpression, "metrics">,
  period: number,
): CloudwatchMetricAlarmMetricQuery[] {
  return Object.entries(metrics).map(([id, { statistic: stat, ...metric }]) => ({
    id,
    metric: { ...metric, period, stat },
  }));
}

function resultQuery({ id, label, expression }: MathExpression): CloudwatchMetricAlarmMetricQuery {
  return { id, label, expression, returnData: true };
}

function isPercentile(statistic: string): boolean {
  return /^p\d/.test(statistic);
}
