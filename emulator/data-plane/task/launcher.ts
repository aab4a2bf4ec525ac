import type { Aws } from "../../models/aws";
import { stop, supervise, type Supervised } from "../../supervise";
import { text } from "../../wire/json";
import { commandOf, type TaskCommands, type Variables } from "./commands";
import { containerEnvironment, type PortMapping } from "./environment";
import { logTo } from "./log";
import type { Container } from "./container";

export interface LauncherOptions {
  readonly aws: Aws;
  readonly commands: TaskCommands;
  /** Variables with which a process reaches the emulated AWS, by its region. */
  readonly environment: (region: string) => Readonly<Record<string, string | undefined>>;
}

/** What a container is launched with besides its definition. */
export interface Launch {
  /** @default - the process does not listen */
  readonly port?: PortMapping;
  /** Id of the task, which is part of the name of the log stream. @default - a new one */
  readonly taskId?: string;
}

/** Launches containers as local processes, which log to the container's log group. */
export class Launcher {
  private readonly children = new Set<Supervised>();
  private stops = 0;

  constructor(private readonly options: LauncherOptions) {}

  /** Whether a command is configured for the container's image. */
  knows({ definition }: Pick<Container, "definition">): boolean {
    return commandOf(this.options.commands, definition) !== undefined;
  }

  /**
   * Starts the process of a container.
   *
   * @throws Error when no command is configured for its image, or a secret does not exist
   */
  async launch(container: Container, { port, taskId }: Launch = {}): Promise<Supervised> {
    const { aws, commands, environment } = this.options;
    const configured = commandOf(commands, container.definition);
    if (!configured) throw new Error(`no command is configured for the image ${text(container.definition.image)}`);
    const { command, cwd, env = {} } = configured;
    const [program = "", ...args] = command;
    const { stops } = this;
    const own = await containerEnvironment(aws, container, port);
    const variables = defined({ ...basics(), ...environment(container.scope.region), ...own });
    const replaced = typeof env === "function" ? await env(variables) : env;
    if (stops !== this.stops) throw new Error("all processes were ended");
    const child = supervise(program, args, { env: { ...variables, ...replaced }, cwd });
    this.children.add(child);
    child.once("close", () => this.children.delete(child));
    logTo(aws, container, child, taskId);
    return child;
  }

  /** Ends all processes. */
  async stop(): Promise<void> {
    this.stops += 1;
    await Promise.all([...this.children].map(stop));
    this.children.clear();
  }
}

// A container has no other variable of this machine.
function basics(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}

function defined(variables: NodeJS.ProcessEnv): Variables {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
