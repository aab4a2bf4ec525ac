import type { Construct } from "constructs";
import { EventRule, type EventRuleProps } from "./event-rule";

export interface StoppedTasksProps extends Pick<EventRuleProps, "stage" | "topic" | "chat"> {
  readonly clusterArn: string;
}

/**
 * Tells which task stopped against all wishes, and why: it could not start, its program failed, or a check did. Tasks
 * that ECS stops to scale or to deploy, that a person stops, or that end well are no news.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export class StoppedTasks extends EventRule {
  constructor(scope: Construct, id: string, { clusterArn, ...props }: StoppedTasksProps) {
    super(scope, id, {
      ...props,
      name: "stopped-tasks",
      description: "Tasks that failed to start, crashed, or were unwell",
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
    });
  }
}
