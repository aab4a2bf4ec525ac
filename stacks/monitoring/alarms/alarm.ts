import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { alarmName, type Named } from "../../naming";
import { compared, measured } from "../metric";
import { silences, type AlarmPlan, type Limit } from "./alarm-plan";

export interface AlarmProps {
  readonly stage: Named;
  /** What the alarm is about, such as a service. */
  readonly subject: string;
  readonly plan: AlarmPlan;
  /** Where its message goes. @default - it writes none */
  readonly topicArn: string | undefined;
}

/** An alarm as it was planned, which writes when it begins and when it ends. */
export class Alarm extends CloudwatchMetricAlarm {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    const { stage, subject, plan, topicArn } = props;
    const { what, description, periods, periodSeconds = 60, treatMissingData = "well" } = plan;
    const actions = topicArn === undefined ? {} : { alarmActions: [topicArn], okActions: [topicArn] };
    super(scope, id, {
      alarmName: alarmName(stage, subject, what),
      alarmDescription: description,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: silences[treatMissingData],
      ...looking(plan, periodSeconds),
      ...actions,
    });
  }
}

function looking(plan: AlarmPlan, periodSeconds: number) {
  if ("limit" in plan) return { ...measured(plan.measure, periodSeconds), ...comparison(plan.limit) };
  const higher = plan.anomaly === "higher";
  return {
    ...compared(plan.measure, plan.deviations, periodSeconds),
    comparisonOperator: higher ? "GreaterThanUpperThreshold" : "LessThanLowerOrGreaterThanUpperThreshold",
  };
}

function comparison(limit: Limit) {
  if ("above" in limit) return { comparisonOperator: "GreaterThanThreshold", threshold: limit.above };
  if ("below" in limit) return { comparisonOperator: "LessThanThreshold", threshold: limit.below };
  return { comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: limit.atLeast };
}
