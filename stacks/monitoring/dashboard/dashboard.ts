import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { encodedJson } from "../../json";
import { dashboardName } from "../../naming";
import { addOutput } from "../../readable-stack";
import type { AlarmRef } from "../alarms/alarm";
import type { DataMonitoringTargets, IngressMonitoringTargets, ServiceMonitoringTarget } from "../monitoring-target";
import { databaseRows, queueRows } from "./data";
import { trafficRows, webAclRows } from "./ingress";
import { deploymentRows, saturationRows, serviceRows, type EventRuleNames } from "./services";
import { alarmsWidget, dashboardBody, layout, type Widget } from "./widgets";

export interface DashboardProps {
  readonly stage: StageConfig;
  readonly ingress: IngressMonitoringTargets;
  readonly services: readonly ServiceMonitoringTarget[];
  readonly dataServices: DataMonitoringTargets;
  /** The thresholds of the alarms. @default - the stage has no alarms */
  readonly settings: AlarmSettings | undefined;
  readonly alarms: readonly AlarmRef[];
  /** @default - the stage has no event rules */
  readonly eventRules: EventRuleNames | undefined;
}

/** A dashboard of the stage: its alarms, what callers notice, then possible causes. */
export class Dashboard extends Construct {
  public readonly widgets: readonly Widget[];

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { stage, ingress, services, dataServices, settings, alarms, eventRules } = props;
    const states = alarmsWidget(alarms.map(({ arn }) => arn));
    this.widgets = layout(
      [
        ...trafficRows(ingress, services, settings),
        ...serviceRows(services, settings),
        ...saturationRows(services, settings),
        ...databaseRows(dataServices, settings),
        ...queueRows(dataServices, services, settings),
        ...webAclRows(ingress.webAcl, stage.region, settings),
        ...deploymentRows(stage, services, eventRules, settings),
      ],
      states.height,
    );
    const dashboard = new CloudwatchDashboard(this, "dashboard", {
      dashboardName: dashboardName(stage),
      dashboardBody: encodedJson(dashboardBody(this.widgets, states, stage.region)),
    });
    addOutput(this, "dashboard_name", { value: dashboard.dashboardName, description: "Name of the dashboard" });
  }
}
