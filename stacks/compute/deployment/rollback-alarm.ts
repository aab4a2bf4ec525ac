import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { StageConfig } from "../../../config";
import type { WebDeployment } from "../../../config/schema/services/deployment";
import type { CountedTarget } from "../../ingress/service-target";
import { alarmName } from "../../naming";

export interface RollbackAlarmProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly errors: NonNullable<WebDeployment["rollbackOnErrors"]>;
  readonly target: CountedTarget;
}

/** Tells ECS that the answers of a service are errors, for three minutes on end, so that it goes back. */
export class RollbackAlarm extends Construct {
  public readonly name: string;

  constructor(scope: Construct, id: string, props: RollbackAlarmProps) {
    super(scope, id);
    const { stage, name, errors, target } = props;
    const counts = target.targetGroups.flatMap((targetGroup, index) => {
      const dimensions = { LoadBalancer: target.loadBalancer, TargetGroup: targetGroup };
      return [
        count(`errors${index}`, "HTTPCode_Target_5XX_Count", dimensions),
        count(`requests${index}`, "RequestCount", dimensions),
      ];
    });
    const total = (what: string) => target.targetGroups.map((_, index) => `FILL(${what}${index}, 0)`).join(" + ");
    const alarm = new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: alarmName(stage, name, "rollback"),
      alarmDescription: `More than ${errors.percent} % of the answers of ${name} are 5xx: ECS undoes a deployment`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: errors.percent,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
      metricQuery: [
        ...counts,
        {
          id: "share",
          label: "5xx answers, percent",
          expression: `IF((${total("requests")}) >= ${errors.minimumRequests}, 100 * (${total("errors")}) / (${total("requests")}), 0)`,
          returnData: true,
        },
      ],
    });
    this.name = alarm.alarmName;
  }
}

function count(
  id: string,
  metricName: string,
  dimensions: Readonly<Record<string, string>>,
): CloudwatchMetricAlarmMetricQuery {
  return { id, metric: { namespace: "AWS/ApplicationELB", metricName, dimensions, period: 60, stat: "Sum" } };
}
