import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { alarmName } from "../../naming";
import type { ServiceMonitoringTarget } from "../monitoring-target";
import { Alarm } from "./alarm";
import type { AlarmPlan } from "./alarm-plan";
import { servicePlans } from "./service-plans";
import { writing, type WritingAlarm } from "./writing-alarm";

export interface ServiceAlarmsProps {
  readonly stage: StageConfig;
  readonly settings: AlarmSettings;
  readonly service: ServiceMonitoringTarget;
  readonly topicArn: string;
}

/** The alarms of one service, and one over those that its callers feel. */
export class ServiceAlarms extends Construct {
  public readonly writing: readonly WritingAlarm[];

  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    const { stage, settings, service, topicArn } = props;
    const alone = settings.messages === "each-alarm";
    const make = (plan: AlarmPlan, topic: string | undefined) =>
      new Alarm(this, plan.what, { stage, subject: service.name, plan, topicArn: topic });
    const plans = servicePlans(stage, service, settings);
    const felt = plans.filter(isFelt).map((plan) => make(plan, alone ? topicArn : undefined));
    const others = plans.filter((plan) => !isFelt(plan)).map((plan) => make(plan, topicArn));
    const { rollbackAlarm } = service;
    if (alone) rollbackAlarm?.notify(topicArn);
    const parts = [...(rollbackAlarm === undefined ? [] : [rollbackAlarm.writing]), ...felt.map(writing)];
    const composite = parts.length === 0 ? [] : [this.composite(props, parts, alone ? [] : [topicArn])];
    this.writing = [...(alone ? parts : composite), ...others.map(writing)];
  }

  private composite(
    { stage, service: { name } }: ServiceAlarmsProps,
    parts: readonly WritingAlarm[],
    actions: string[],
  ): WritingAlarm {
    const alarm = new CloudwatchCompositeAlarm(this, "service", {
      alarmName: alarmName(stage, name, "service"),
      alarmDescription: `Service ${name} is unwell; its alarms tell how`,
      alarmRule: parts.map((part) => `ALARM("${part.name}")`).join(" OR "),
      alarmActions: actions,
      okActions: actions,
    });
    return writing(alarm);
  }
}

function isFelt({ felt = true }: AlarmPlan): boolean {
  return felt;
}
