import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Scaling } from "../../../schema/services/scaling";
import { alarmName } from "../../naming";

type Steps = NonNullable<Scaling["steps"]>;

export interface StepScalingProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly steps: Steps;
  /** The scalable target. */
  readonly place: {
    readonly serviceNamespace: string;
    readonly scalableDimension: string;
    readonly resourceId: string;
  };
  readonly clusterName: string;
  readonly serviceName: string;
}

/** One task more at a high CPU and one less at a low one, each by an alarm of its own. */
export class StepScaling extends Construct {
  constructor(scope: Construct, id: string, props: StepScalingProps) {
    super(scope, id);
    const { addAtCpuPercent, removeBelowCpuPercent } = props.steps;
    this.step(props, {
      id: "add",
      tasks: 1,
      alarm: "cpu-high",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: addAtCpuPercent,
      // Bounds count from the threshold.
      bound: { metricIntervalLowerBound: "0" },
    });
    this.step(props, {
      id: "remove",
      tasks: -1,
      alarm: "cpu-low",
      comparisonOperator: "LessThanThreshold",
      threshold: removeBelowCpuPercent,
      bound: { metricIntervalUpperBound: "0" },
    });
  }

  private step({ stage, name, steps, place, clusterName, serviceName }: StepScalingProps, step: Step): void {
    const stepScope = new Construct(this, step.id);
    const policy = new AppautoscalingPolicy(stepScope, "policy", {
      ...place,
      name: `${name}-${step.id}`,
      policyType: "StepScaling",
      stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        cooldown: steps.minutes * 60,
        metricAggregationType: "Average",
        stepAdjustment: [{ ...step.bound, scalingAdjustment: step.tasks }],
      },
    });
    new CloudwatchMetricAlarm(stepScope, "alarm", {
      alarmName: alarmName(stage, name, step.alarm),
      alarmDescription: `Scales ${name}: ${step.id === "add" ? "one task more" : "one task less"}`,
      namespace: "AWS/ECS",
      metricName: "CPUUtilization",
      dimensions: { ClusterName: clusterName, ServiceName: serviceName },
      statistic: "Average",
      period: 60,
      evaluationPeriods: steps.minutes,
      datapointsToAlarm: steps.minutes,
      comparisonOperator: step.comparisonOperator,
      threshold: step.threshold,
      treatMissingData: "notBreaching",
      alarmActions: [policy.arn],
    });
  }
}

interface Step {
  readonly id: "add" | "remove";
  readonly tasks: number;
  readonly alarm: string;
  readonly comparisonOperator: string;
  readonly threshold: number;
  readonly bound: { readonly metricIntervalLowerBound?: string; readonly metricIntervalUpperBound?: string };
}
