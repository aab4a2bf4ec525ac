import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import type { Topic } from "../notifications/topic";
import type { ServiceMonitoringTarget, DataMonitoringTargets } from "../monitoring-target";
import { AlarmPosts } from "./alarm-posts";
import { Chat } from "./chat";
import { DatabaseEvents } from "./database-events";
import { DeploymentFailures } from "./deployment-failures";
import { FailedBackups } from "./failed-backups";
import { StoppedTasks } from "./stopped-tasks";

export interface EventsProps {
  readonly stage: StageConfig;
  readonly settings: AlarmSettings;
  readonly clusterArn: string;
  readonly services: readonly ServiceMonitoringTarget[];
  readonly dataServices: DataMonitoringTargets;
  readonly topic: Topic;
  /** Alarms that write. */
  readonly alarmNames: readonly string[];
}

/** Events that become messages; and alarms, which a chat hears of as events. */
export class Events extends Construct {
  /** Name of the rule of failed deployments. @default - nobody wants to know */
  public readonly failedDeployments: string | undefined;
  /** Name of the rule of stopped tasks. @default - nobody wants to know */
  public readonly stoppedTasks: string | undefined;

  constructor(scope: Construct, id: string, props: EventsProps) {
    super(scope, id);
    const { stage, settings, clusterArn, services, dataServices, topic, alarmNames } = props;
    const chat = settings.chat && new Chat(this, "chat", { stage, kind: settings.chat });
    const common = { stage, topic, chat };
    if (settings.failedDeployments) {
      this.failedDeployments = new DeploymentFailures(this, "failed-deployments", { ...common, clusterArn }).name;
    }
    if (settings.stoppedTasks) {
      this.stoppedTasks = new StoppedTasks(this, "stopped-tasks", { ...common, clusterArn }).name;
    }
    if (settings.databaseEvents && dataServices.postgres !== undefined) {
      new DatabaseEvents(this, "database", { ...common, server: dataServices.postgres.server });
    }
    const fileSystemArns = services.flatMap(({ fileSystemArn }) => fileSystemArn ?? []);
    if (settings.failedBackups && fileSystemArns.length > 0) {
      new FailedBackups(this, "failed-backups", { ...common, fileSystemArns });
    }
    if (chat !== undefined) new AlarmPosts(this, "alarms", { stage, alarmNames, chat });
  }
}
