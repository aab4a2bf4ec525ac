import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { AlarmSettings } from "../../schema/monitoring/alarms";
import type { MonitoringConfig } from "../../schema/monitoring/monitoring";
import type { Cluster } from "../compute/cluster";
import { Alarms } from "./alarms/alarms";
import { Budget } from "./cost/budget";
import { Dashboard } from "./dashboard/dashboard";
import { ErrorFilters } from "./logs/error-filters";
import { LogEncryption } from "./logs/log-encryption";
import { SavedQueries } from "./logs/saved-queries";
import type {
  DataMonitoringTargets,
  IngressMonitoringTargets,
  NatMonitoringTarget,
  ServiceMonitoringTarget,
} from "./monitoring-target";
import { Events } from "./notifications/events";
import { AlarmTopic } from "./notifications/alarm-topic";

/** A part of the stage that has metrics, logs or events. */
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

/** Alarms, events, dashboard, log queries and budget of a stage. */
export class Monitoring extends Construct {
  /** @default - `dashboard` is false */
  public readonly dashboard: Dashboard | undefined;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { stage, monitoring } = props;
    const { alarms: settings, logs, budget } = monitoring;
    const targets = targetsOf(props);

    new ErrorFilters(this, "errors", { stage, ...targets, pattern: logs.errorPattern });
    if (logs.savedQueries) new SavedQueries(this, "logs", { stage, ...targets });
    if (logs.customerManagedKey) new LogEncryption(this, "log-encryption", { stage });
    const notifying = settings && this.addAlarms(props, settings);
    if (monitoring.dashboard) {
      const shown = { settings, alarms: notifying?.alarmRefs ?? [], eventRules: notifying?.events };
      this.dashboard = new Dashboard(this, "dashboard", { stage, ...targets, ...shown });
    }
    if (budget !== undefined) new Budget(this, "budget", { stage, budget });
  }

  private addAlarms(props: MonitoringProps, settings: AlarmSettings) {
    const { stage, cluster } = props;
    const common = { stage, settings, ...targetsOf(props) };
    const topic = new AlarmTopic(this, "notifications", { stage, ...settings });
    const { alarmRefs } = new Alarms(this, "alarms", { ...common, topicArn: topic.arn });
    const alarmNames = alarmRefs.map(({ name }) => name);
    const events = new Events(this, "events", { ...common, clusterArn: cluster.arn, topic, alarmNames });
    return { alarmRefs, events };
  }
}

function targetsOf({ network, ingress, services, dataServices }: MonitoringProps) {
  return {
    network: network.monitoringTargets,
    ingress: ingress.monitoringTargets,
    services: services.monitoringTargets,
    dataServices: dataServices.monitoringTargets,
  };
}
