import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { WebDeployment } from "../../../schema/services/deployment";
import type { CountedTarget } from "../../ingress/service-target";
import { Alarm, type AlarmRef } from "../../monitoring/alarms/alarm";
import { targetErrorPercent } from "../../monitoring/metrics/services";
import type { AlarmMonitoringTarget } from "../../monitoring/monitoring-target";

export interface RollbackAlarmProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly errors: NonNullable<WebDeployment["rollbackOnErrors"]>;
  readonly target: CountedTarget;
}

/** The alarm on a service's 5xx answers at which ECS rolls a deployment back. */
export class RollbackAlarm extends Construct implements AlarmMonitoringTarget {
  public readonly alarmRef: AlarmRef;
  private readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: RollbackAlarmProps) {
    super(scope, id);
    const { stage, name, errors, target } = props;
    this.alarm = new Alarm(this, "alarm", {
      stage,
      subject: name,
      definition: {
        symptom: "rollback-target-5xx-high",
        description: `More than ${errors.percent} % of the answers of ${name} are 5xx: ECS rolls a deployment back`,
        metric: targetErrorPercent(target, errors.minimumRequests),
        threshold: { above: errors.percent },
        evaluationPeriods: 3,
      },
    });
    this.alarmRef = this.alarm.alarmRef;
  }

  public addAction(topicArn: string): void {
    this.alarm.addAction(topicArn);
  }
}
