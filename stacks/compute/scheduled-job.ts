import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { JobConfig } from "../../schema";
import { SecureQueue } from "../data/queue";
import { ServiceRole } from "../identity/service-role";
import type { ServiceMonitoringTarget } from "../monitoring/monitoring-target";
import { clusterName, jobDeadLetterQueueName, roleName, scheduleName, taskFamily } from "../naming";
import { capacityStrategy } from "./cluster";
import { Workload, type WorkloadProps } from "./workload";

/** A job that EventBridge Scheduler starts as a task on Fargate; starts that fail after all retries are dead letters. */
export class ScheduledJob extends Workload {
  public readonly monitoringTargets: ServiceMonitoringTarget;
  protected readonly starter: SchedulerSchedule;

  constructor(scope: Construct, id: string, props: WorkloadProps<JobConfig>) {
    super(scope, id, props);
    const { stage, name, service, network, cluster } = props;
    const { schedule, timeZone, flexibleTimeWindowMinutes, maximumRetryAttempts, maximumEventAgeSeconds, enabled } =
      service;
    const deadLetters = new SecureQueue(this, "dead-letters", { name: jobDeadLetterQueueName(stage, name) });
    const role = this.schedulerRole(props, deadLetters);
    this.starter = new SchedulerSchedule(this, "schedule", {
      name: scheduleName(stage, name),
      description: `Starts ${name}`,
      scheduleExpression: schedule,
      scheduleExpressionTimezone: timeZone,
      state: enabled ? "ENABLED" : "DISABLED",
      flexibleTimeWindow:
        flexibleTimeWindowMinutes === undefined
          ? { mode: "OFF" }
          : { mode: "FLEXIBLE", maximumWindowInMinutes: flexibleTimeWindowMinutes },
      target: {
        arn: cluster.arn,
        roleArn: role.arn,
        ecsParameters: {
          taskDefinitionArn: this.task.definition.arn,
          capacityProviderStrategy: capacityStrategy(service.capacity),
          platformVersion: "LATEST",
          networkConfiguration: this.networkConfiguration(network),
          enableEcsManagedTags: true,
          propagateTags: "TASK_DEFINITION",
        },
        retryPolicy: { maximumRetryAttempts, maximumEventAgeInSeconds: maximumEventAgeSeconds },
        deadLetterConfig: { arn: deadLetters.queue.arn },
      },
      dependsOn: [...this.prerequisites, ...role.policies],
    });
    this.monitoringTargets = {
      name,
      ecs: undefined,
      target: undefined,
      rollbackAlarm: undefined,
      deadLetters: deadLetters.queue.name,
      logGroup: this.logGroupOf(service),
      fileSystemArn: this.fileSystem?.fileSystemArn,
    };
    this.output(name, "task_definition", this.task.definition.arn, "Task definition");
  }

  /** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html */
  private schedulerRole({ stage, name, cluster }: WorkloadProps, deadLetters: SecureQueue): ServiceRole {
    const { execution, task } = this.task.roles;
    return new ServiceRole(this, "starter", {
      name: roleName(stage, `${name}-starter`),
      service: "scheduler.amazonaws.com",
      sourceAccount: stage.accountId,
      statements: [
        {
          actions: ["ecs:RunTask"],
          // All revisions: a previous one may still be started during an update. Not a reference to the task
          // definition, so that a new revision does not change the role.
          resources: [
            Fn.replace(cluster.arn, `:cluster/${clusterName(stage)}`, `:task-definition/${taskFamily(stage, name)}:*`),
          ],
          condition: [{ test: "ArnEquals", variable: "ecs:cluster", values: [cluster.arn] }],
        },
        {
          // Tags of the task definition are propagated to the task: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
          actions: ["ecs:TagResource"],
          resources: [`${Fn.replace(cluster.arn, ":cluster/", ":task/")}/*`],
          condition: [{ test: "StringEquals", variable: "ecs:CreateAction", values: ["RunTask"] }],
        },
        {
          actions: ["iam:PassRole"],
          resources: [execution.arn, task.arn],
          condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] }],
        },
        { actions: ["sqs:SendMessage"], resources: [deadLetters.queue.arn] },
      ],
    });
  }
}
