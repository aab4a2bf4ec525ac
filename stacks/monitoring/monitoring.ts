import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { AlarmSettings } from "../../schema/monitoring/alarms";
import type { MonitoringConfig } from "../../schema/monitoring/monitoring";
import type { Cluster } from "../compute/cluster";
import { Alarms } from "./alarms/alarms";
import { Budget } from "./cost/budget";
import { CostAnomalies } from "./cost/cost-anomalies";
import { Dashboard } from "./dashboard/dashboard";
import { Events } from "./events/events";
import { ErrorFilters } from "./logs/error-filters";
import { LogEncryption } from "./logs/log-encryption";
import { SavedQueries } from "./logs/saved-queries";
import type {
  DataMonitoringTargets,
  IngressMonitoringTargets,
  NatMonitoringTarget,
  ServiceMonitoringTarget,
} from "./monitoring-target";
import { Topic } from "./notifications/topic";

/** A part of the stage with something to monitor. */
interface Monitored<Targets> {
  readonly monitoringTargets: Targets;
}

export interface MonitoringProps {
  readonly stage: StageConfig;
  readonly monitoring: MonitoringConfig;
  readonly cluster: Cluster;
  readonly network: Monitored<readonly NatMonitoringTarget[]>;
  readonly ingress: Monitored<IngressMonitoringTargets>;
  readonly services: Monitored<readonly ServiceMonitoringTarget[]>;
  readonly dataServices: Monitored<DataMonitoringTargets>;
}

/** Alarms, dashboard, log queries and cost alerts of a stage. */
export class Monitoring extends Construct {
  /** @default - the stage wants none */
  public readonly dashboard: Dashboard | undefined;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { stage, monitoring } = props;
    const { alarms: settings, logs, budget, costAnomalies } = monitoring;
    const monitoringTargets = monitoringTargetsOf(props);

    new ErrorFilters(this, "errors", { stage, ...monitoringTargets, pattern: logs.errorPattern });
    if (logs.savedQueries) new SavedQueries(this, "queries", { stage, ...monitoringTargets });
    if (logs.ownKey) new LogEncryption(this, "log-encryption", { stage });
    const alarms = settings && this.alarms(props, settings);
    if (monitoring.dashboard) {
      const shown = { limits: settings, alarms: alarms?.writing ?? [], rules: alarms?.events };
      this.dashboard = new Dashboard(this, "dashboard", { stage, ...monitoringTargets, ...shown });
    }
    if (budget !== undefined) new Budget(this, "budget", { stage, budget });
    if (costAnomalies !== undefined) new CostAnomalies(this, "cost-anomalies", { stage, settings: costAnomalies });
  }

  private alarms({ stage, cluster, ...monitored }: MonitoringProps, settings: AlarmSettings) {
    const topic = new Topic(this, "notices", { stage, ...settings });
    const monitoringTargets = monitoringTargetsOf(monitored);
    const { writing } = new Alarms(this, "alarms", { stage, settings, ...monitoringTargets, topicArn: topic.arn });
    const alarmNames = writing.map(({ name }) => name);
    const events = new Events(this, "events", {
      stage,
      settings,
      clusterArn: cluster.arn,
      ...monitoringTargets,
      topic,
      alarmNames,
    });
    return { writing, events };
  }
}

type MonitoredParts = Pick<MonitoringProps, "network" | "ingress" | "services" | "dataServices">;

function monitoringTargetsOf({ network, ingress, services, dataServices }: MonitoredParts) {
  return {
    network: network.monitoringTargets,
    ingress: ingress.monitoringTargets,
    services: services.monitoringTargets,
    dataServices: dataServices.monitoringTargets,
  };
}
