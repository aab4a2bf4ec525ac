import type { Launcher } from "./launcher";
import { TaskProcess } from "./process";
import type { ServiceContainer } from "./container";

/** Where a container listens on this machine, or why it does not. */
export type LocalEndpoint = { readonly port: number } | { readonly reason: string };

interface Running {
  readonly taskDefinitionArn: string;
  readonly process: TaskProcess;
}

/**
 * The tasks of ECS services as local processes, one for each service, whatever its desired count. A process starts with its
 * deployment, and again when it has ended and a request needs it. After a change of the task definition the new process
 * starts before the old one ends, which keeps serving when the new one does not start.
 */
export class Tasks {
  private readonly running = new Map<string, Running>();
  private readonly starting = new Map<string, Promise<TaskProcess>>();
  private readonly blocked = new Set<string>();
  /** How often the process of each service was ended. */
  private readonly ends = new Map<string, number>();

  constructor(private readonly launcher: Launcher) {}

  /** Whether a command is configured for the container's image. */
  runs(container: ServiceContainer): boolean {
    return this.launcher.knows(container);
  }

  /** The port of the container's process, which is started if it does not run. */
  async endpointOf(container: ServiceContainer): Promise<LocalEndpoint> {
    const current = await this.portOf(container, container.taskDefinitionArn);
    if (current !== undefined) return { port: current };
    try {
      if (this.blocked.has(keyOf(container))) throw new Error("the deployment of the task definition has failed");
      return { port: (await this.start(container)).port };
    } catch (error) {
      const former = await this.portOf(container);
      return former === undefined ? { reason: reasonOf(error) } : { port: former };
    }
  }

  /**
   * Starts the container's process for a deployment; resolves to the reason when it does not start.
   *
   * @param isForced whether it replaces a process of the same task definition
   */
  async deploy(container: ServiceContainer, isForced: boolean): Promise<string | undefined> {
    this.blocked.delete(keyOf(container));
    if (!isForced && (await this.portOf(container, container.taskDefinitionArn)) !== undefined) return undefined;
    try {
      await this.start(container);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  /** Lets no request start the container's task definition again. */
  block(container: ServiceContainer): void {
    this.blocked.add(keyOf(container));
  }

  /** Ends the process of a service. */
  async end(serviceArn: string): Promise<void> {
    const running = this.running.get(serviceArn);
    this.running.delete(serviceArn);
    this.ends.set(serviceArn, (this.ends.get(serviceArn) ?? 0) + 1);
    await running?.process.stop();
  }

  /** Forgets all processes, which the launcher ends. */
  clear(): void {
    this.running.clear();
    this.blocked.clear();
  }

  /** The port of the service's process, if that runs and has the given task definition. */
  private async portOf({ serviceArn }: ServiceContainer, taskDefinitionArn?: string): Promise<number | undefined> {
    const running = this.running.get(serviceArn);
    if (!running || (taskDefinitionArn !== undefined && running.taskDefinitionArn !== taskDefinitionArn))
      return undefined;
    return (await running.process.accepts()) ? running.process.port : undefined;
  }

  private start(container: ServiceContainer): Promise<TaskProcess> {
    const key = keyOf(container);
    const known = this.starting.get(key);
    if (known) return known;
    const started = this.replace(container).finally(() => this.starting.delete(key));
    this.starting.set(key, started);
    return started;
  }

  private async replace(container: ServiceContainer): Promise<TaskProcess> {
    const { serviceArn, taskDefinitionArn, port } = container;
    const ends = this.ends.get(serviceArn);
    const process = await TaskProcess.start((local) =>
      this.launcher.launch(container, { port: { container: port, local } }),
    );
    if (this.ends.get(serviceArn) !== ends) {
      await process.stop();
      throw new Error("the service has no tasks any more");
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
