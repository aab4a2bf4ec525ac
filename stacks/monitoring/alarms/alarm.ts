import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { alarmName, type Named } from "../../naming";
import { anomalyDetectionArguments, metricArguments, type Metric, type MetricOrExpression } from "../metrics/metric";

/** The condition of an alarm on one metric, and how it is described to operators. */
export type AlarmDefinition = CommonDefinition & (ThresholdDefinition | AnomalyDefinition);

interface CommonDefinition {
  /** The symptom in the metric's words, such as `healthy-hosts-low`: the last part of the alarm's name. */
  readonly symptom: string;
  readonly description: string;
  /** The consecutive periods that must breach. */
  readonly evaluationPeriods: number;
  /** @default 60 */
  readonly periodSeconds?: number;
  /**
   * The state of a period without data: `breaching` for a metric that always has data, `missing` where the fault itself
   * can stop the metric. @default "notBreaching"
   */
  readonly treatMissingData?: "notBreaching" | "breaching" | "missing";
  /** Whether callers of a service notice the symptom; others notify separately from its composite alarm. @default true */
  readonly userFacing?: boolean;
}

interface ThresholdDefinition {
  readonly metric: MetricOrExpression;
  readonly threshold: Threshold;
}

type Threshold = { readonly above: number } | { readonly atLeast: number } | { readonly below: number };

interface AnomalyDefinition {
  readonly metric: Metric;
  /** Which side of the expected band breaches. */
  readonly anomaly: "above" | "either";
  /** The width of the band, in standard deviations. */
  readonly deviations: number;
}

/** The definitions of alarms by their subject, such as `api` or `mail-queue`. */
export type AlarmsBySubject = Readonly<Record<string, readonly AlarmDefinition[]>>;

export interface AlarmProps {
  readonly stage: Named;
  /** What the alarm is about, such as a service: the middle part of its name. */
  readonly subject: string;
  readonly definition: AlarmDefinition;
  /** The topic to notify. @default - none */
  readonly topicArn?: string | undefined;
}

/** An alarm on one metric. */
export class Alarm extends CloudwatchMetricAlarm {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    const { stage, subject, definition, topicArn } = props;
    const { symptom, description, evaluationPeriods, treatMissingData = "notBreaching" } = definition;
    super(scope, id, {
      alarmName: alarmName(stage, subject, symptom),
      alarmDescription: description,
      evaluationPeriods,
      datapointsToAlarm: evaluationPeriods,
      treatMissingData,
      ...conditionArguments(definition),
    });
    if (topicArn !== undefined) this.addAction(topicArn);
  }

  public get alarmRef(): AlarmRef {
    return alarmRef(this);
  }

  /** Notifies a topic when the alarm starts and when it ends. */
  public addAction(topicArn: string): void {
    this.alarmActions = [topicArn];
    this.okActions = [topicArn];
  }
}

/** An alarm as others refer to it; both values make Terraform create the alarm first. */
export interface AlarmRef {
  readonly name: string;
  readonly arn: string;
}

export function alarmRef({ alarmName: name, arn }: { readonly alarmName: string; readonly arn: string }): AlarmRef {
  return { name, arn };
}

function conditionArguments(definition: AlarmDefinition) {
  const { periodSeconds = 60 } = definition;
  if ("threshold" in definition) {
    return { ...metricArguments(definition.metric, periodSeconds), ...comparison(definition.threshold) };
  }
  const { metric, anomaly, deviations } = definition;
  return {
    ...anomalyDetectionArguments(metric, deviations, periodSeconds),
    comparisonOperator: anomaly === "above" ? "GreaterThanUpperThreshold" : "LessThanLowerOrGreaterThanUpperThreshold",
  };
}

function comparison(threshold: Threshold) {
  if ("above" in threshold) return { comparisonOperator: "GreaterThanThreshold", threshold: threshold.above };
  if ("below" in threshold) return { comparisonOperator: "LessThanThreshold", threshold: threshold.below };
  return { comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: threshold.atLeast };
}
