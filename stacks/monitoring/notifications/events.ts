import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import type { DataMonitoringTargets, ServerMonitoringTarget, ServiceMonitoringTarget } from "../monitoring-target";
import { Chat } from "./chat";
import { EventRule, type EventRuleDefinition } from "./event-rule";
import type { AlarmTopic } from "./alarm-topic";

export interface EventsProps {
  readonly stage: StageConfig;
  readonly settings: AlarmSettings;
  readonly clusterArn: string;
  readonly services: readonly ServiceMonitoringTarget[];
  readonly dataServices: DataMonitoringTargets;
  readonly topic: AlarmTopic;
  /** Names of the alarms that notify. */
  readonly alarmNames: readonly string[];
}

/** The events that notify the topic and the chat, and the state changes of alarms, which notify the chat. */
export class Events extends Construct {
  /** Name of the rule for failed deployments. @default - `failedDeployments` is false */
  public readonly failedDeployments: string | undefined;
  /** Name of the rule for stopped tasks. @default - `stoppedTasks` is false */
  public readonly stoppedTasks: string | undefined;

  constructor(scope: Construct, id: string, props: EventsProps) {
    super(scope, id);
    const { stage, settings, clusterArn, services, dataServices, topic, alarmNames } = props;
    const chat = settings.chat && new Chat(this, "chat", { stage, kind: settings.chat });
    const addRule = (definition: EventRuleDefinition) =>
      new EventRule(this, definition.name, { stage, definition, topic, chat }).name;
    if (settings.failedDeployments) this.failedDeployments = addRule(failedDeployments(clusterArn));
    if (settings.stoppedTasks) this.stoppedTasks = addRule(stoppedTasks(clusterArn));
    if (settings.databaseEvents && dataServices.postgres !== undefined) {
      addRule(databaseEvents(dataServices.postgres.server));
    }
    const fileSystemArns = services.flatMap(({ fileSystemArn }) => fileSystemArn ?? []);
    if (settings.failedBackups && fileSystemArns.length > 0) addRule(failedBackups(fileSystemArns));
    if (chat === undefined) return;
    for (const definition of alarmStates(alarmNames)) {
      new EventRule(this, definition.name, { stage, definition, chat });
    }
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
function failedDeployments(clusterArn: string): EventRuleDefinition {
  return {
    name: "failed-deployments",
    description: "Failed deployments",
    pattern: {
      source: ["aws.ecs"],
      "detail-type": ["ECS Deployment State Change"],
      // The event contains the cluster only in the ARN of its service.
      resources: [{ prefix: Fn.join("", [Fn.replace(clusterArn, ":cluster/", ":service/"), "/"]) }],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
    },
    message: {
      title: "Deployment failed",
      fields: { service: "$.resources[0]", deployment: "$.detail.deploymentId", reason: "$.detail.reason" },
    },
  };
}

/**
 * Tasks that failed to start, exited with an error or failed a health check; not those that ECS stops for scaling or a
 * deployment, that a user stops, or that exit with 0.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
function stoppedTasks(clusterArn: string): EventRuleDefinition {
  return {
    name: "stopped-tasks",
    description: "Tasks that failed to start, exited with an error or failed a health check",
    pattern: {
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: {
        clusterArn: [clusterArn],
        lastStatus: ["STOPPED"],
        $or: [
          { stopCode: ["TaskFailedToStart"] },
          { stopCode: ["EssentialContainerExited"], containers: { exitCode: [{ "anything-but": [0] }] } },
          // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
          { stoppedReason: [{ prefix: "Task failed" }] },
        ],
      },
    },
    message: {
      title: "Task stopped",
      fields: {
        service: "$.detail.group",
        task: "$.detail.taskArn",
        code: "$.detail.stopCode",
        reason: "$.detail.stoppedReason",
      },
    },
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html */
function databaseEvents(server: ServerMonitoringTarget): EventRuleDefinition {
  const names = server.kind === "instance" ? [server.server] : [server.cluster, ...server.servers];
  return {
    name: "database",
    description: "Failures, failovers and low storage of the database",
    pattern: {
      source: ["aws.rds"],
      "detail-type": ["RDS DB Instance Event", "RDS DB Cluster Event"],
      detail: { SourceIdentifier: names, EventCategories: ["failure", "failover", "low storage"] },
    },
    message: {
      title: "Database",
      fields: { database: "$.detail.SourceIdentifier", reason: "$.detail.Message" },
    },
  };
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
function failedBackups(fileSystemArns: readonly string[]): EventRuleDefinition {
  return {
    name: "failed-backups",
    description: "Failed backups of file systems",
    pattern: {
      source: ["aws.backup"],
      "detail-type": ["Backup Job State Change"],
      detail: { resourceArn: fileSystemArns, state: ["FAILED"] },
    },
    message: {
      title: "Backup failed",
      fields: { files: "$.detail.resourceArn", reason: "$.detail.statusMessage" },
    },
  };
}

/** A pattern has at most 2048 characters, and an alarm's name up to 92. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const alarmsPerRule = 20;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
function alarmStates(alarmNames: readonly string[]): EventRuleDefinition[] {
  const rules = Math.ceil(alarmNames.length / alarmsPerRule);
  return Array.from({ length: rules }, (_, index) => ({
    name: `alarm-states-${index + 1}`,
    description: "State changes of alarms",
    pattern: {
      source: ["aws.cloudwatch"],
      "detail-type": ["CloudWatch Alarm State Change"],
      detail: {
        alarmName: alarmNames.slice(index * alarmsPerRule, (index + 1) * alarmsPerRule),
        state: { value: ["ALARM", "OK"] },
      },
    },
    message: {
      title: "<alarm>: <state>",
      fields: { alarm: "$.detail.alarmName", state: "$.detail.state.value", reason: "$.detail.state.reason" },
    },
  }));
}
