import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { encodedJson } from "../../json";
import { dashboardName } from "../../naming";
import { addOutput } from "../../readable-stack";
import type { WritingAlarm } from "../alarms/writing-alarm";
import type { ServiceMonitoringTarget, DataMonitoringTargets, IngressMonitoringTargets } from "../monitoring-target";
import { dashboardBody } from "./body";
import { firewallRows } from "./firewall";
import { layout, type Widget } from "./layout";
import { queueRows } from "./queues";
import { deploymentRows, saturationRows, serviceRows, type EventRules } from "./services";
import { storeRows } from "./stores";
import { trafficRows } from "./traffic";

export interface DashboardProps {
  readonly stage: StageConfig;
  readonly ingress: IngressMonitoringTargets;
  readonly services: readonly ServiceMonitoringTarget[];
  readonly dataServices: DataMonitoringTargets;
  /** Where the alarms stand. @default - the stage has none */
  readonly limits: AlarmSettings | undefined;
  readonly alarms: readonly WritingAlarm[];
  /** @default - no event is looked for */
  readonly rules: EventRules | undefined;
}

/** The stage on one page: its alarms, then what callers see, then what may be the reason. */
export class Dashboard extends Construct {
  public readonly widgets: readonly Widget[];
  /** Height of the panel of alarms above the widgets, in rows of the grid. */
  public readonly alarmsHeight: number;
  public readonly alarms: readonly WritingAlarm[];

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { stage, ingress, services, dataServices, limits, alarms, rules } = props;
    this.alarms = alarms;
    // Four alarms stand side by side.
    this.alarmsHeight = alarms.length === 0 ? 0 : 1 + Math.ceil(alarms.length / 4);
    this.widgets = layout(
      [
        ...trafficRows(ingress, services, limits),
        ...serviceRows(services, limits),
        ...saturationRows(services, limits),
        ...storeRows(dataServices, limits),
        ...queueRows(dataServices, services, limits),
        ...firewallRows(ingress.webAcl, stage.region, limits),
        ...deploymentRows(stage, services, rules, limits),
      ],
      this.alarmsHeight,
    );
    const states = { x: 0, y: 0, width: 24, height: this.alarmsHeight, content: alarms.map(({ arn }) => arn) };
    const dashboard = new CloudwatchDashboard(this, "dashboard", {
      dashboardName: dashboardName(stage),
      dashboardBody: encodedJson(dashboardBody(this.widgets, states, stage.region)),
    });
    addOutput(this, "dashboard_name", { value: dashboard.dashboardName, description: "Name of the dashboard" });
  }
}
