import { Construct } from "constructs";
import type { StageConfig } from "../../config";
import type { OperationsConfig } from "../../config/schema/operations/operations";
import type { Cluster } from "../compute/cluster";
import { Alarms } from "./alarms/alarms";
import { Events } from "./events/events";
import { ErrorFilters } from "./logs/error-filters";
import { LogEncryption } from "./logs/log-encryption";
import { SavedQueries } from "./logs/saved-queries";
import { Budget } from "./money/budget";
import { CostAnomalies } from "./money/cost-anomalies";
import { Topic } from "./notices/topic";
import type { WatchedService, WatchedStores, WatchedWayIn } from "./watched";

/** What offers something to be watched. */
interface Offering<Watched> {
  readonly watched: Watched;
}

export interface OperationsProps {
  readonly stage: StageConfig;
  readonly operations: OperationsConfig;
  readonly cluster: Cluster;
  readonly wayIn: Offering<WatchedWayIn>;
  readonly services: Offering<readonly WatchedService[]>;
  readonly stores: Offering<WatchedStores>;
}

/** All that watches a stage. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { stage, operations, cluster } = props;
    const { alarms: settings, logs, budget, costAnomalies } = operations;
    const watched = { wayIn: props.wayIn.watched, services: props.services.watched, stores: props.stores.watched };

    new ErrorFilters(this, "errors", { stage, ...watched, pattern: logs.errorPattern });
    if (logs.savedQueries) new SavedQueries(this, "queries", { stage, ...watched });
    if (logs.ownKey) new LogEncryption(this, "log-encryption", { stage });
    if (settings !== undefined) {
      const topic = new Topic(this, "notices", { stage, ...settings });
      const { writing } = new Alarms(this, "alarms", { stage, settings, ...watched, topicArn: topic.arn });
      const alarmNames = writing.map(({ name }) => name);
      new Events(this, "events", { stage, settings, clusterArn: cluster.arn, topic, alarmNames });
    }
    if (budget !== undefined) new Budget(this, "budget", { stage, budget });
    if (costAnomalies !== undefined) new CostAnomalies(this, "cost-anomalies", { stage, settings: costAnomalies });
  }
}
