import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import type {
  DataMonitoringTargets,
  IngressMonitoringTargets,
  NatMonitoringTarget,
  ServiceMonitoringTarget,
} from "../monitoring-target";
import { Alarm, type AlarmDefinition, type AlarmRef, type AlarmsBySubject } from "./alarm";
import { dataAlarms } from "./data-alarms";
import { ingressAlarms } from "./ingress-alarms";
import { ServiceAlarms } from "./service-alarms";

export interface AlarmsProps {
  readonly stage: StageConfig;
  readonly settings: AlarmSettings;
  readonly ingress: IngressMonitoringTargets;
  readonly services: readonly ServiceMonitoringTarget[];
  readonly dataServices: DataMonitoringTargets;
  readonly network: readonly NatMonitoringTarget[];
  readonly topicArn: string;
}

/** The alarms of everything that a stage contains. */
export class Alarms extends Construct {
  /** The alarms that notify. */
  public readonly alarmRefs: readonly AlarmRef[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { stage, settings, ingress, services, dataServices, network, topicArn } = props;
    const serviceScope = new Construct(this, "services");
    this.alarmRefs = [
      ...this.add("ingress", props, ingressAlarms(ingress, stage.region, settings)),
      ...services.flatMap((service) => {
        return new ServiceAlarms(serviceScope, service.name, { stage, settings, service, topicArn }).alarmRefs;
      }),
      ...this.add("data", props, dataAlarms(dataServices, settings)),
      ...this.add("network", props, natAlarms(network)),
    ];
  }

  private add(id: string, { stage, topicArn }: AlarmsProps, alarms: AlarmsBySubject): AlarmRef[] {
    const part = new Construct(this, id);
    return Object.entries(alarms).flatMap(([subject, definitions]) =>
      definitions.map((definition) => {
        const alarmId = `${subject}-${definition.symptom}`;
        return new Alarm(part, alarmId, { stage, subject, definition, topicArn }).alarmRef;
      }),
    );
  }
}

function natAlarms(gateways: readonly NatMonitoringTarget[]): AlarmsBySubject {
  return Object.fromEntries(gateways.map((gateway) => [`nat-${gateway.zone}`, [portAllocationErrors(gateway)]]));
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html */
function portAllocationErrors({ zone, gatewayId }: NatMonitoringTarget): AlarmDefinition {
  return {
    symptom: "port-allocation-errors-high",
    description: `The NAT gateway in zone ${zone} has no free port for a connection: too many connections to one destination`,
    metric: {
      namespace: "AWS/NATGateway",
      metricName: "ErrorPortAllocation",
      dimensions: { NatGatewayId: gatewayId },
      statistic: "Sum",
    },
    threshold: { above: 0 },
    evaluationPeriods: 3,
  };
}
