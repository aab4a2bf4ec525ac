import type { CloudwatchMetricAlarmMetricQuery } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";

/** A metric of CloudWatch, and how its values of a minute become one. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Such as `Sum`, `Average` or `p99`. */
  readonly statistic: string;
}

/** Arithmetic over metrics, which it knows by their ids. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
export interface Formula {
  /** What comes out of it, such as `5xx answers, percent`. */
  readonly label: string;
  readonly id: string;
  readonly expression: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

export type Measure = Metric | Formula;

export function isFormula(measure: Measure): measure is Formula {
  return "expression" in measure;
}

/** The part of an alarm that says what it looks at. */
export function measured(measure: Measure, periodSeconds: number) {
  if (isFormula(measure)) return { metricQuery: [...inputs(measure, periodSeconds), result(measure)] };
  const { statistic, ...metric } = measure;
  return {
    ...metric,
    period: periodSeconds,
    // AWS keeps percentiles apart from what it can add up.
    ...(isPercentile(statistic) ? { extendedStatistic: statistic } : { statistic }),
  };
}

/** What an alarm on the unusual looks at: the measure, and the band that CloudWatch has learnt. */
export function compared(measure: Measure, deviations: number, periodSeconds: number) {
  const looked = isFormula(measure)
    ? [...inputs(measure, periodSeconds), result(measure)]
    : inputs({ metrics: { value: measure } }, periodSeconds).map((query) => ({ ...query, returnData: true }));
  const of = isFormula(measure) ? measure.id : "value";
  const band = { id: "usual", label: "usual", expression: `ANOMALY_DETECTION_BAND(${of}, ${deviations})` };
  return { metricQuery: [...looked, { ...band, returnData: true }], thresholdMetricId: band.id };
}

/** Metrics of several resources as one: what a formula adds up or compares, where one of them may be silent. */
export function over(
  id: string,
  label: string,
  metrics: readonly Metric[],
  combine: (parts: readonly string[]) => string,
): Measure {
  const [only] = metrics;
  if (only !== undefined && metrics.length === 1) return only;
  const named = metrics.map((metric, index) => [`${id}${index}`, metric] as const);
  const parts = named.map(([part]) => `FILL(${part}, 0)`);
  return { id, label, expression: combine(parts), metrics: Object.fromEntries(named) };
}

function inputs({ metrics }: Pick<Formula, "metrics">, period: number): CloudwatchMetricAlarmMetricQuery[] {
  return Object.entries(metrics).map(([id, { statistic: stat, ...metric }]) => ({
    id,
    metric: { ...metric, period, stat },
  }));
}

function result({ id, label, expression }: Formula): CloudwatchMetricAlarmMetricQuery {
  return { id, label, expression, returnData: true };
}

function isPercentile(statistic: string): boolean {
  return /^p\d/.test(statistic);
}
