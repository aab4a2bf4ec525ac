import type { Aws } from "../../models/aws";
import { stop, type Supervised } from "../../supervise";
import { text } from "../../wire/json";
import { commandOf, type TaskCommands } from "./commands";
import { containerEnvironment } from "./environment";
import { logTo } from "./log";
import { TaskProcess } from "./process";
import type { ServiceContainer } from "./services";

export interface TasksOptions {
  readonly aws: Aws;
  readonly commands: TaskCommands;
  /** Variables with which a process reaches the emulated AWS, by its region. */
  readonly environment: (region: string) => Readonly<Record<string, string | undefined>>;
}

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
  private readonly children = new Set<Supervised>();
  private readonly starting = new Map<string, Promise<LocalEndpoint>>();

  constructor(private readonly options: TasksOptions) {}

  /** Whether a command is configured for the container's image. */
  runs({ definition }: ServiceContainer): boolean {
    return commandOf(this.options.commands, text(definition.image)) !== undefined;
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

  /** Ends all processes, also those that do not listen yet. */
  async stop(): Promise<void> {
    this.running.clear();
    await Promise.all([...this.children].map(stop));
    this.children.clear();
  }

  private async ensure(container: ServiceContainer): Promise<LocalEndpoint> {
    const running = this.running.get(container.serviceArn);
    const isCurrent = running?.taskDefinitionArn === container.taskDefinitionArn;
    if (running && isCurrent && (await running.process.accepts())) return { port: running.process.port };
    return this.start(container);
  }

  private async start(container: ServiceContainer): Promise<LocalEndpoint> {
    const { aws, commands, environment } = this.options;
    const { serviceArn, taskDefinitionArn, definition, scope } = container;
    const image = text(definition.image);
    const command = commandOf(commands, image);
    if (!command) return { reason: `no command is configured for the image ${image}` };
    const before = this.running.get(serviceArn);
    try {
      const environmentOf = async (port: number): Promise<NodeJS.ProcessEnv> => ({
        ...basics(),
        ...environment(scope.region),
        ...(await containerEnvironment(aws, container, port)),
      });
      const process = await TaskProcess.start(command, environmentOf, (child) => {
        this.children.add(child);
        logTo(aws, container, child);
      });
      this.running.set(serviceArn, { taskDefinitionArn, process });
      await before?.process.stop();
      return { port: process.port };
    } catch (error) {
      if (before && (await before.process.accepts())) return { port: before.process.port };
      return { reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

// A container has no other variable of this machine.
function basics(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}
