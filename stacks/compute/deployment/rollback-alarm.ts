import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { WebDeployment } from "../../../schema/services/deployment";
import type { CountedTarget } from "../../ingress/service-target";
import { alarmName } from "../../naming";
import { writing, type WritingAlarm } from "../../monitoring/alarms/writing-alarm";
import { errorShare } from "../../monitoring/metrics/error-share";
import { measured } from "../../monitoring/metric";
import type { Notifying } from "../../monitoring/monitoring-target";

export interface RollbackAlarmProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly errors: NonNullable<WebDeployment["rollbackOnErrors"]>;
  readonly target: CountedTarget;
}

/** Tells ECS that the answers of a service are errors, for three minutes on end, so that it goes back. */
export class RollbackAlarm extends Construct implements Notifying {
  public readonly writing: WritingAlarm;
  private readonly alarm: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: RollbackAlarmProps) {
    super(scope, id);
    const { stage, name, errors, target } = props;
    this.alarm = new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: alarmName(stage, name, "rollback"),
      alarmDescription: `More than ${errors.percent} % of the answers of ${name} are 5xx: ECS undoes a deployment`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: errors.percent,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
      ...measured(errorShare(target, errors.minimumRequests), 60),
    });
    this.writing = writing(this.alarm);
  }

  /** Lets the alarm write, too. */
  public notify(topicArn: string): void {
    this.alarm.alarmActions = [topicArn];
    this.alarm.okActions = [topicArn];
  }
}
