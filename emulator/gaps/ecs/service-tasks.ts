import { randomUUID } from "node:crypto";
import type { AwsRequest, Forward } from "../../proxy/gap";
import { Store } from "../../store";
import type { Times } from "../../time";
import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { describe } from "./forward";
import { createInterface, deleteInterface, type TaskInterface } from "./task-interfaces";

/** Whether a task runs, leaves its target groups, or has ended. */
export type TaskStatus = "RUNNING" | "DEACTIVATING" | "STOPPED";

/** A task of a service. */
export interface ServiceTask {
  readonly arn: string;
  readonly clusterArn: string;
  readonly serviceArn: string;
  readonly serviceName: string;
  readonly taskDefinitionArn: string;
  /** Id of the deployment that started it. */
  readonly startedBy: string;
  readonly launchType: string;
  /** What it was started with: a change replaces the task. */
  readonly revision: string;
  /** @default - its network mode is not awsvpc */
  readonly networkInterface?: TaskInterface;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When it began to leave. @default - the service wants it */
  readonly stoppingAt?: number;
  /** Reason of a StopTask. @default - it was not stopped by one */
  readonly stoppedByUser?: string;
}

// ECS describes a stopped task for an hour: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
const describedMs = 3_600_000;

/**
 * The tasks of services. A task that its service no longer wants keeps its network interface until it has drained.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export class ServiceTasks {
  private readonly tasks = new Store<ServiceTask>();
  private readonly clock: () => number;
  private readonly drainingMs: number;

  constructor({ drainingSeconds = 0, clock = Date.now }: Times) {
    this.clock = clock;
    this.drainingMs = drainingSeconds * 1000;
  }

  /** All tasks that ECS describes. */
  all(request: AwsRequest): readonly ServiceTask[] {
    return [...this.tasks.of(request).values()];
  }

  /** The tasks of a service that have not ended. */
  ofService(request: AwsRequest, serviceArn: string): readonly ServiceTask[] {
    return this.all(request).filter((task) => task.serviceArn === serviceArn && this.statusOf(task) !== "STOPPED");
  }

  statusOf({ stoppingAt }: ServiceTask): TaskStatus {
    if (stoppingAt === undefined) return "RUNNING";
    return this.clock() < this.stoppedAt(stoppingAt) ? "DEACTIVATING" : "STOPPED";
  }

  /** When a task has drained, in milliseconds since 1970. */
  stoppedAt(stoppingAt: number): number {
    return stoppingAt + this.drainingMs;
  }

  /**
   * Starts and stops tasks until a service has those that it wants.
   *
   * @param isNewDeployment whether all its tasks are replaced
   */
  async reconcile(request: AwsRequest, forward: Forward, service: JsonObject, isNewDeployment: boolean): Promise<void> {
    const { awsvpcConfiguration } = object(service.networkConfiguration);
    const revision = JSON.stringify([service.taskDefinition, awsvpcConfiguration]);
    const running = this.ofService(request, text(service.serviceArn)).filter(({ stoppingAt }) => !stoppingAt);
    const kept = running.filter((task) => !isNewDeployment && task.revision === revision);
    const wanted = kept.slice(0, Number(service.desiredCount ?? 0));
    for (const task of running) if (!wanted.includes(task)) this.stop(request, task);
    for (let index = wanted.length; index < Number(service.desiredCount ?? 0); index++) {
      const subnets = list(object(awsvpcConfiguration).subnets);
      const subnet = text(subnets[index % subnets.length]);
      const networkInterface =
        subnet === "" ? undefined : await createInterface(request, forward, subnet, object(awsvpcConfiguration));
      this.put(request, { ...this.newTask(service), revision, networkInterface });
    }
    await this.release(request, forward);
  }

  /** Stops all tasks of a service. */
  async end(request: AwsRequest, forward: Forward, serviceArn: string): Promise<void> {
    for (const task of this.ofService(request, serviceArn)) if (!task.stoppingAt) this.stop(request, task);
    await this.release(request, forward);
  }

  /** Stops a task on request: its service starts another one. */
  async stopOne(request: AwsRequest, forward: Forward, task: ServiceTask, reason: string): Promise<void> {
    if (task.stoppingAt === undefined) this.put(request, { ...task, stoppingAt: this.clock(), stoppedByUser: reason });
    const { clusterArn, serviceArn } = task;
    const described = await describe(forward, "DescribeServices", { cluster: clusterArn, services: [serviceArn] });
    const [service] = objects(described.services);
    if (service?.status === "ACTIVE") await this.reconcile(request, forward, service, false);
  }

  /** Deletes the network interfaces of tasks that have ended. */
  async release(request: AwsRequest, forward: Forward): Promise<void> {
    for (const task of this.all(request)) {
      if (this.statusOf(task) !== "STOPPED") continue;
      const { networkInterface, stoppingAt = 0, ...rest } = task;
      if (networkInterface) {
        this.put(request, { ...rest, stoppingAt });
        await deleteInterface(request, forward, networkInterface);
      }
      if (this.clock() > this.stoppedAt(stoppingAt) + describedMs) this.tasks.of(request).delete(task.arn);
    }
  }

  private newTask(service: JsonObject): Omit<ServiceTask, "revision"> {
    const clusterArn = text(service.clusterArn);
    const id = randomUUID().replaceAll("-", "");
    return {
      arn: `${clusterArn.replace(":cluster/", ":task/")}/${id}`,
      clusterArn,
      serviceArn: text(service.serviceArn),
      serviceName: text(service.serviceName),
      taskDefinitionArn: text(service.taskDefinition),
      startedBy: text(objects(service.deployments)[0]?.id),
      launchType: text(service.launchType) || "FARGATE",
      startedAt: this.clock(),
    };
  }

  private stop(request: AwsRequest, task: ServiceTask): void {
    this.put(request, { ...task, stoppingAt: this.clock() });
  }

  private put(request: AwsRequest, task: ServiceTask): void {
    this.tasks.of(request).set(task.arn, task);
  }
}
