import type { ServiceContainer } from "./container";
import type { Launcher } from "./launcher";
import { TaskProcess } from "./process";

/** Where a container listens on this machine, or why it does not. */
export type LocalEndpoint = { readonly port: number } | { readonly reason: string };

interface Running {
  readonly taskDefinitionArn: string;
  readonly process: TaskProcess;
}

/** How a deployment starts a process. */
export interface Start {
  /** Whether it replaces a process of the same task definition. */
  readonly isForced: boolean;
  readonly taskId: string;
}

/**
 * The tasks of ECS services as local processes, one for each service, whatever its desired count. A process starts with its
 * deployment, and again when it has ended and a request needs it. After a change of the task definition the new process
 * starts before the old one ends, which keeps serving when the new one does not start.
 */
export class Tasks {
  private readonly running = new Map<string, Running>();
  private readonly starting = new Map<string, Promise<TaskProcess>>();
  /** Why no request starts a task definition again. */
  private readonly blocked = new Map<string, string>();
  /** The task definition that each service was last asked to run: one that takes longer to start replaces nothing. */
  private readonly wanted = new Map<string, string>();

  constructor(private readonly launcher: Launcher) {}

  /** Whether a command is configured for the container's image. */
  runs(container: Pick<ServiceContainer, "definition">): boolean {
    return this.launcher.knows(container);
  }

  /** The port of the container's process, which is started if it does not run. */
  async endpointOf(container: ServiceContainer): Promise<LocalEndpoint> {
    const current = await this.portOf(container, container.taskDefinitionArn);
    if (current !== undefined) return { port: current };
    try {
      const failure = this.blocked.get(keyOf(container));
      if (failure !== undefined) throw new Error(`the deployment of the task definition has failed: ${failure}`);
      return { port: (await this.start(container)).port };
    } catch (error) {
      const former = await this.portOf(container);
      return former === undefined ? { reason: messageOf(error) } : { port: former };
    }
  }

  /** Starts the container's process for a deployment; resolves to the error when it does not start. */
  async deploy(container: ServiceContainer, { isForced, taskId }: Start): Promise<Error | undefined> {
    this.blocked.delete(keyOf(container));
    this.wanted.set(container.serviceArn, container.taskDefinitionArn);
    if (!isForced && (await this.portOf(container, container.taskDefinitionArn)) !== undefined) return undefined;
    try {
      await this.start(container, taskId);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Lets no request start the container's task definition again. */
  block(container: ServiceContainer, reason: string): void {
    this.blocked.set(keyOf(container), reason);
  }

  /** Ends the process of a service. */
  async end(serviceArn: string): Promise<void> {
    this.wanted.delete(serviceArn);
    await this.stopOne(serviceArn);
  }

  /** Ends the process of a service, which starts again as one that ended by itself. */
  async stopOne(serviceArn: string): Promise<void> {
    const running = this.running.get(serviceArn);
    this.running.delete(serviceArn);
    await running?.process.stop();
  }

  /** Resolves when the process of a service has ended; at once when none runs. */
  async ended(serviceArn: string): Promise<void> {
    await this.running.get(serviceArn)?.process.ended();
  }

  /** Forgets all processes, which the launcher ends. */
  clear(): void {
    this.running.clear();
    this.blocked.clear();
    this.wanted.clear();
  }

  /** The port of the service's process, if that runs and has the given task definition. */
  private async portOf({ serviceArn }: ServiceContainer, taskDefinitionArn?: string): Promise<number | undefined> {
    const running = this.running.get(serviceArn);
    if (!running || (taskDefinitionArn !== undefined && running.taskDefinitionArn !== taskDefinitionArn))
      return undefined;
    return (await running.process.accepts()) ? running.process.port : undefined;
  }

  private start(container: ServiceContainer, taskId?: string): Promise<TaskProcess> {
    const key = keyOf(container);
    this.wanted.set(container.serviceArn, container.taskDefinitionArn);
    const known = this.starting.get(key);
    if (known) return known;
    const started = this.replace(container, taskId).finally(() => this.starting.delete(key));
    this.starting.set(key, started);
    return started;
  }

  private async replace(container: ServiceContainer, taskId?: string): Promise<TaskProcess> {
    const { serviceArn, taskDefinitionArn, port, receivesRequests } = container;
    const process = await TaskProcess.start(
      (local) => this.launcher.launch(container, { port: { container: port, local }, taskId }),
      receivesRequests,
    );
    const wanted = this.wanted.get(serviceArn);
    if (wanted !== taskDefinitionArn) {
      await process.stop();
      throw new Error(
        wanted === undefined ? "the service has no tasks any more" : "the service runs a newer deployment",
      );
    }
    const before = this.running.get(serviceArn);
    this.running.set(serviceArn, { taskDefinitionArn, process });
    await before?.process.stop();
    return process;
  }
}

function keyOf({ serviceArn, taskDefinitionArn }: ServiceContainer): string {
  return `${serviceArn} ${taskDefinitionArn}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
