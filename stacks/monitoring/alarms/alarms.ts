import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import type {
  NatMonitoringTarget,
  ServiceMonitoringTarget,
  DataMonitoringTargets,
  IngressMonitoringTargets,
} from "../monitoring-target";
import { Alarm } from "./alarm";
import type { AlarmPlan } from "./alarm-plan";
import { natPlans } from "./nat-plans";
import { ServiceAlarms } from "./service-alarms";
import { storePlans } from "./store-plans";
import { wayInPlans } from "./way-in-plans";
import { writing, type WritingAlarm } from "./writing-alarm";

export interface AlarmsProps {
  readonly stage: StageConfig;
  readonly settings: AlarmSettings;
  readonly ingress: IngressMonitoringTargets;
  readonly services: readonly ServiceMonitoringTarget[];
  readonly dataServices: DataMonitoringTargets;
  readonly network: readonly NatMonitoringTarget[];
  readonly topicArn: string;
}

/** An alarm for each thing that can go wrong with what the stage has. */
export class Alarms extends Construct {
  /** What tells the state of the stage: one for each service, unless each of theirs writes, and those of no service. */
  public readonly writing: readonly WritingAlarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { stage, settings, ingress, services, dataServices, network, topicArn } = props;
    const serviceScope = new Construct(this, "services");
    this.writing = [
      ...this.add("way-in", props, wayInPlans(ingress, stage.region, settings)),
      ...services.flatMap((service) => {
        return new ServiceAlarms(serviceScope, service.name, { stage, settings, service, topicArn }).writing;
      }),
      ...this.add("stores", props, storePlans(dataServices, settings)),
      ...this.add("network", props, natPlans(network)),
    ];
  }

  private add(
    id: string,
    { stage, topicArn }: AlarmsProps,
    plans: Readonly<Record<string, readonly AlarmPlan[]>>,
  ): WritingAlarm[] {
    const part = new Construct(this, id);
    return Object.entries(plans).flatMap(([subject, all]) => {
      const at = new Construct(part, subject);
      return all.map((plan) => writing(new Alarm(at, plan.what, { stage, subject, plan, topicArn })));
    });
  }
}
