import type { Launcher } from "./launcher";
import { TaskProcess } from "./process";
import type { ServiceContainer } from "./services";

/** Where a container listens on this machine, or why it does not. */
export type LocalEndpoint = { readonly port: number } | { readonly reason: string };

interface Running {
  readonly taskDefinitionArn: string;
  readonly process: TaskProcess;
}

/**
 * The tasks of ECS services as local processes, one for each service, whatever its desired count. A process starts when the
 * first request needs it. After a change of the task definition the new process starts before the old one ends, which
 * keeps serving when the new one does not start.
 */
export class Tasks {
  private readonly running = new Map<string, Running>();
  private readonly starting = new Map<string, Promise<LocalEndpoint>>();

  constructor(private readonly launcher: Launcher) {}

  /** Whether a command is configured for the container's image. */
  runs(container: ServiceContainer): boolean {
    return this.launcher.knows(container);
  }

  /** The port of the container's process, which is started if it does not run. */
  async endpointOf(container: ServiceContainer): Promise<LocalEndpoint> {
    const key = `${container.serviceArn} ${container.taskDefinitionArn}`;
    const known = this.starting.get(key);
    if (known) return known;
    const found = this.ensure(container).finally(() => this.starting.delete(key));
    this.starting.set(key, found);
    return found;
  }

  /** Ends the process of a service. */
  async end(serviceArn: string): Promise<void> {
    const running = this.running.get(serviceArn);
    this.running.delete(serviceArn);
    await running?.process.stop();
  }

  /** Forgets all processes, which the launcher ends. */
  clear(): void {
    this.running.clear();
  }

  private async ensure(container: ServiceContainer): Promise<LocalEndpoint> {
    const running = this.running.get(container.serviceArn);
    const isCurrent = running?.taskDefinitionArn === container.taskDefinitionArn;
    if (running && isCurrent && (await running.process.accepts())) return { port: running.process.port };
    return this.start(container);
  }

  private async start(container: ServiceContainer): Promise<LocalEndpoint> {
    const { serviceArn, taskDefinitionArn, port } = container;
    const before = this.running.get(serviceArn);
    try {
      const process = await TaskProcess.start((local) =>
        this.launcher.launch(container, { port: { container: port, local } }),
      );
      this.running.set(serviceArn, { taskDefinitionArn, process });
      await before?.process.stop();
      return { port: process.port };
    } catch (error) {
      if (before && (await before.process.accepts())) return { port: before.process.port };
      return { reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
