import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataPlaneContext } from "../context";
import { object, objects, text, type JsonObject } from "../../wire/json";
import { failureThreshold } from "./circuit-breaker";
import type { ServiceContainer } from "./container";
import type { FailedTasks } from "./failed-tasks";
import { newTaskId } from "./launcher";
import { StartFailure } from "./process";

// ECS waits longer and longer: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
const longestRetryMs = 60_000;

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
const throttled =
  "is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

/** A deployment of a service whose container runs as a process. */
interface Rollout {
  readonly id: string;
  readonly container: ServiceContainer;
  readonly createdAt: number;
  /** Whether it returns to the task definition before, whose process still runs. */
  readonly isRollback: boolean;
  /** What the service ran before. @default - the service is new */
  readonly previous?: Rollout;
  state: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  reason: string;
  failedTasks: number;
  updatedAt: number;
  /** Why its last task did not start. @default - none has failed */
  lastError?: string;
}

/** How a deployment begins. */
export interface RolloutOptions {
  /** Whether a process of the same task definition is replaced as well. @default false */
  readonly isForced?: boolean;
  /** What a deployment returns from. @default - it does not return */
  readonly rollbackOf?: { readonly id: string };
}

/**
 * Deployments of services: each starts the container's process, and is complete when that listens. The circuit breaker ends
 * one whose process does not start.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export class Rollouts {
  private readonly current = new Map<string, Rollout>();
  private readonly events = new Map<string, readonly JsonObject[]>();

  /**
   * @param failures receives the tasks that do not start
   * @param warn receives a message on each process that does not start
   */
  constructor(
    private readonly context: DataPlaneContext,
    private readonly failures: FailedTasks,
    private readonly warn: (message: string) => void,
  ) {}

  /** Begins a deployment of a service, as ECS describes it. */
  begin(service: JsonObject, container: ServiceContainer, { isForced = false, rollbackOf }: RolloutOptions = {}): void {
    const id = `ecs-svc/${randomInt(10 ** 9, 10 ** 10)}${randomInt(10 ** 8, 10 ** 9)}`;
    const now = this.now();
    const before = this.current.get(container.serviceArn);
    const rollout: Rollout = {
      id,
      container,
      createdAt: now,
      updatedAt: now,
      isRollback: rollbackOf !== undefined,
      // What did not complete was never what the service ran.
      previous: rollbackOf === undefined && before?.state !== "COMPLETED" ? before?.previous : before,
      state: "IN_PROGRESS",
      reason: rollbackOf
        ? `ECS deployment circuit breaker: rolling back to deploymentId ${rollbackOf.id}.`
        : `ECS deployment ${id} in progress.`,
      failedTasks: 0,
    };
    this.current.set(container.serviceArn, rollout);
    void this.run(rollout, service, isForced);
  }

  /** The task definition of the newest deployment of a service; undefined when its container runs as no process. */
  taskDefinitionOf(serviceArn: string): string | undefined {
    return this.current.get(serviceArn)?.container.taskDefinitionArn;
  }

  /** Forgets the deployments of a service without tasks. */
  forget(serviceArn: string): void {
    this.current.delete(serviceArn);
    this.events.delete(serviceArn);
  }

  clear(): void {
    this.current.clear();
    this.events.clear();
    this.failures.clear();
  }

  /** The description of a service with its deployments and their events. */
  complete(service: JsonObject): JsonObject {
    const rollout = this.current.get(text(service.serviceArn));
    if (!rollout || service.status !== "ACTIVE") return service;
    const [base = {}] = objects(service.deployments);
    const desired = Number(service.desiredCount);
    const active = rollout.state === "COMPLETED" ? undefined : rollout.previous;
    const deployments = [
      describe(base, rollout, "PRIMARY", desired),
      ...(active ? [describe(base, active, "ACTIVE", desired)] : []),
    ];
    const sum = (count: "runningCount" | "pendingCount") =>
      deployments.reduce((total, deployment) => total + deployment[count], 0);
    return {
      ...service,
      deployments,
      runningCount: sum("runningCount"),
      pendingCount: sum("pendingCount"),
      events: [...(this.events.get(rollout.container.serviceArn) ?? []), ...objects(service.events)],
    };
  }

  private async run(rollout: Rollout, service: JsonObject, isForced: boolean): Promise<void> {
    const threshold = failureThreshold(Number(service.desiredCount));
    let waitMs = this.retryMs;
    while (this.isCurrent(rollout)) {
      const error = await this.start(rollout, isForced);
      if (!this.isCurrent(rollout)) return;
      rollout.updatedAt = this.now();
      if (error === undefined) {
        this.succeed(rollout);
        if (!rollout.container.receivesRequests) await this.keepRunning(rollout);
        return;
      }
      rollout.failedTasks += 1;
      if (rollout.failedTasks === threshold) {
        const { deploymentCircuitBreaker } = object(service.deploymentConfiguration);
        if (object(deploymentCircuitBreaker).enable === true) {
          const isRolledBack = object(deploymentCircuitBreaker).rollback === true;
          await this.fail(rollout, service, isRolledBack, error);
          return;
        }
        this.report(rollout, throttled);
      }
      if (rollout.failedTasks >= threshold) waitMs = Math.min(2 * waitMs, longestRetryMs);
      await sleep(waitMs, undefined, { ref: false });
    }
  }

  /** Starts the process of a deployment; resolves to the error when it does not start. */
  private async start(rollout: Rollout, isForced: boolean): Promise<Error | undefined> {
    const { container, id } = rollout;
    const taskId = newTaskId();
    const createdAt = this.now();
    const error = await this.context.tasks.deploy(container, { isForced, taskId });
    if (error === undefined || !this.isCurrent(rollout)) return error;
    this.failures.add({ container, taskId, deployment: id, error, createdAt, stoppedAt: this.now() });
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
    this.report(
      rollout,
      error instanceof StartFailure
        ? `has started 1 tasks: (task ${taskId}).`
        : `was unable to place a task. Reason: ${error.message}.`,
    );
    if (rollout.lastError !== error.message) this.warn(`A task of ${container.name} did not start: ${error.message}`);
    rollout.lastError = error.message;
    return error;
  }

  /** Starts a process that no request needs again when it ends, as long as the deployment is the newest. */
  private async keepRunning(rollout: Rollout): Promise<void> {
    let waitMs = this.retryMs;
    while (this.isCurrent(rollout)) {
      await this.context.tasks.ended(rollout.container.serviceArn);
      await sleep(waitMs, undefined, { ref: false });
      if (!this.isCurrent(rollout)) return;
      const error = await this.start(rollout, false);
      waitMs = error === undefined ? this.retryMs : Math.min(2 * waitMs, longestRetryMs);
    }
  }

  private get retryMs(): number {
    return (this.context.time.restartSeconds ?? 0.1) * 1000;
  }

  private succeed(rollout: Rollout): void {
    rollout.state = "COMPLETED";
    rollout.reason = `ECS deployment ${rollout.id} completed.`;
    this.report(rollout, `(deployment ${rollout.id}) deployment completed.`);
    this.report(rollout, "has reached a steady state.");
  }

  private async fail(rollout: Rollout, service: JsonObject, isRolledBack: boolean, error: Error): Promise<void> {
    rollout.state = "FAILED";
    rollout.reason = "ECS deployment circuit breaker: tasks failed to start.";
    this.context.tasks.block(rollout.container, error.message);
    this.report(rollout, `(deployment ${rollout.id}) deployment failed: tasks failed to start.`);
    // Only a deployment that was complete can be returned to.
    const { previous } = rollout;
    if (!isRolledBack || previous?.state !== "COMPLETED") return;
    this.report(rollout, `rolling back to deployment ${previous.id}.`);
    const { scope, serviceArn, taskDefinitionArn } = previous.container;
    const input = { cluster: service.clusterArn, service: serviceArn, taskDefinition: taskDefinitionArn };
    await this.context.reader.change(scope, "ecs", "UpdateService", input);
    if (this.isCurrent(rollout)) this.begin(service, previous.container, { rollbackOf: previous });
  }

  private isCurrent(rollout: Rollout): boolean {
    return this.current.get(rollout.container.serviceArn) === rollout;
  }

  private report({ container: { serviceArn, name } }: Rollout, message: string): void {
    const event = { id: randomUUID(), createdAt: this.now(), message: `(service ${name}) ${message}` };
    this.events.set(serviceArn, [event, ...(this.events.get(serviceArn) ?? [])]);
  }

  private now(): number {
    return (this.context.time.clock ?? Date.now)() / 1000;
  }
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
function describe(base: JsonObject, rollout: Rollout, status: "PRIMARY" | "ACTIVE", desired: number) {
  const { id, state, reason, failedTasks, createdAt, updatedAt, container, isRollback } = rollout;
  const isRunning = state === "COMPLETED" || (isRollback && state === "IN_PROGRESS");
  return {
    ...base,
    id,
    status,
    taskDefinition: container.taskDefinitionArn,
    desiredCount: state === "FAILED" && status === "ACTIVE" ? 0 : desired,
    runningCount: isRunning ? desired : 0,
    pendingCount: state === "IN_PROGRESS" && !isRunning ? desired : 0,
    failedTasks,
    createdAt,
    updatedAt,
    rolloutState: state,
    rolloutStateReason: reason,
  };
}
