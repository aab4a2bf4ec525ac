import type { Container, Task } from "@aws-sdk/client-ecs";
import {
  at,
  before,
  clusterArn,
  imageOf,
  observed,
  oldTask,
  revisionArn,
  taskArn,
  targetGroupArn,
  ordersService,
} from "./names";

interface TaskFields extends Partial<Omit<Task, "containers">> {
  readonly revision?: number;
  /** Seconds after the observed deployment was requested. */
  readonly created: number;
  readonly container?: Partial<Container>;
}

/** A task as DescribeTasks returns it. */
export function task(id: string, { revision = 42, created, container, ...fields }: TaskFields): Task {
  const { lastStatus = "RUNNING", healthStatus = "HEALTHY" } = fields;
  return {
    taskArn: taskArn(id),
    clusterArn,
    taskDefinitionArn: revisionArn(revision),
    containers: [
      {
        taskArn: taskArn(id),
        name: "orders",
        image: imageOf(revision),
        runtimeId: `${id}-2531612879`,
        lastStatus,
        healthStatus,
        ...container,
      },
    ],
    cpu: "256",
    memory: "512",
    group: `service:${ordersService.service}`,
    launchType: "FARGATE",
    platformVersion: "1.4.0",
    availabilityZone: "us-east-1a",
    desiredStatus: "RUNNING",
    lastStatus,
    healthStatus,
    createdAt: at(created),
    startedBy: observed,
    ...fields,
  };
}

/** The running task of the deployment before. */
export const longRunning = task(oldTask, { revision: 41, created: -172_790, startedBy: before });

interface Stop extends TaskFields {
  /** Seconds after the observed deployment was requested. */
  readonly stopped: number;
}

export function stoppedTask(id: string, { stopped, ...fields }: Stop): Task {
  return task(id, {
    desiredStatus: "STOPPED",
    lastStatus: "STOPPED",
    healthStatus: "UNKNOWN",
    stoppingAt: at(stopped - 10),
    stoppedAt: at(stopped),
    ...fields,
  });
}

/** A task that ECS stops for another deployment. */
export const scaledIn = (id: string, by: string, fields: Stop) =>
  stoppedTask(id, {
    stopCode: "ServiceSchedulerInitiated",
    stoppedReason: `Scaling activity initiated by (deployment ${by})`,
    ...fields,
    container: { exitCode: 0 },
  });

export const crashed = (id: string, created: number, container: Partial<Container> = { exitCode: 1 }, revision = 42) =>
  stoppedTask(id, {
    revision,
    created,
    stopped: created + 40,
    stopCode: "EssentialContainerExited",
    stoppedReason: "Essential container in task exited",
    container,
  });

export const unpullable = (id: string, created: number) =>
  stoppedTask(id, {
    created,
    stopped: created + 30,
    stopCode: "TaskFailedToStart",
    stoppedReason:
      "CannotPullContainerError: pull image manifest has been retried 1 time(s): " +
      `failed to resolve ref ${imageOf(42)}: ${imageOf(42)}: not found`,
    container: { runtimeId: undefined },
  });

export const unhealthy = (id: string, created: number) =>
  stoppedTask(id, {
    created,
    stopped: created + 190,
    healthStatus: "UNHEALTHY",
    stopCode: "ServiceSchedulerInitiated",
    stoppedReason: "Task failed container health checks",
    container: { exitCode: 143 },
  });

export const refusedByLoadBalancer = (id: string, created: number) =>
  stoppedTask(id, {
    created,
    stopped: created + 120,
    healthStatus: "HEALTHY",
    stopCode: "ServiceSchedulerInitiated",
    stoppedReason: `Task failed ELB health checks in (target-group ${targetGroupArn})`,
    container: { exitCode: 143 },
  });
