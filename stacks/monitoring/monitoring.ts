import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { AlarmSettings } from "../../schema/monitoring/alarms";
import type { OperationsConfig } from "../../schema/monitoring/monitoring";
import type { Cluster } from "../compute/cluster";
import { Alarms } from "./alarms/alarms";
import { Dashboard } from "./dashboard/dashboard";
import { Events } from "./events/events";
import { ErrorFilters } from "./logs/error-filters";
import { LogEncryption } from "./logs/log-encryption";
import { SavedQueries } from "./logs/saved-queries";
import { Budget } from "./cost/budget";
import { CostAnomalies } from "./cost/cost-anomalies";
import { Topic } from "./notifications/topic";
import type { WatchedNat, WatchedService, WatchedStores, WatchedWayIn } from "./monitoring-target";

/** What offers something to be watched. */
interface Offering<Watched> {
  readonly watched: Watched;
}

export interface OperationsProps {
  readonly stage: StageConfig;
  readonly operations: OperationsConfig;
  readonly cluster: Cluster;
  readonly network: Offering<readonly WatchedNat[]>;
  readonly wayIn: Offering<WatchedWayIn>;
  readonly services: Offering<readonly WatchedService[]>;
  readonly stores: Offering<WatchedStores>;
}

/** All that watches a stage. */
export class Operations extends Construct {
  /** @default - the stage wants none */
  public readonly dashboard: Dashboard | undefined;

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { stage, operations } = props;
    const { alarms: settings, logs, budget, costAnomalies } = operations;
    const watched = watchedOf(props);

    new ErrorFilters(this, "errors", { stage, ...watched, pattern: logs.errorPattern });
    if (logs.savedQueries) new SavedQueries(this, "queries", { stage, ...watched });
    if (logs.ownKey) new LogEncryption(this, "log-encryption", { stage });
    const alarms = settings && this.alarms(props, settings);
    if (operations.dashboard) {
      const shown = { limits: settings, alarms: alarms?.writing ?? [], rules: alarms?.events };
      this.dashboard = new Dashboard(this, "dashboard", { stage, ...watched, ...shown });
    }
    if (budget !== undefined) new Budget(this, "budget", { stage, budget });
    if (costAnomalies !== undefined) new CostAnomalies(this, "cost-anomalies", { stage, settings: costAnomalies });
  }

  private alarms({ stage, cluster, ...offering }: OperationsProps, settings: AlarmSettings) {
    const topic = new Topic(this, "notices", { stage, ...settings });
    const watched = watchedOf(offering);
    const { writing } = new Alarms(this, "alarms", { stage, settings, ...watched, topicArn: topic.arn });
    const alarmNames = writing.map(({ name }) => name);
    const events = new Events(this, "events", {
      stage,
      settings,
      clusterArn: cluster.arn,
      ...watched,
      topic,
      alarmNames,
    });
    return { writing, events };
  }
}

type Offerings = Pick<OperationsProps, "network" | "wayIn" | "services" | "stores">;

function watchedOf({ network, wayIn, services, stores }: Offerings) {
  return { network: network.watched, wayIn: wayIn.watched, services: services.watched, stores: stores.watched };
}
