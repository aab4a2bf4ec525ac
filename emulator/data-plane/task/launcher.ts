import { randomUUID } from "node:crypto";
import type { Aws } from "../../models/aws";
import { exitCodeOf, lastLines, stop, supervise, type Supervised } from "../../supervise";
import { text } from "../../wire/json";
import { commandOf, type TaskCommands, type Variables } from "./commands";
import type { Container } from "./container";
import { containerEnvironment, type PortMapping } from "./environment";
import { allowsLogs, checkExecutionRole, type Authorize } from "./execution-role";
import { LogStream, logTargetOf } from "./log";

export interface LauncherOptions {
  readonly aws: Aws;
  readonly commands: TaskCommands;
  /** Variables with which a process reaches the emulated AWS, by its region. */
  readonly environment: (region: string) => Readonly<Record<string, string | undefined>>;
  /** Evaluates the calls of ECS itself with the execution role. */
  readonly authorize: Authorize;
  /** Receives a message on what the user of the emulator would not see otherwise. */
  readonly warn: (message: string) => void;
}

/** What a container is launched with besides its definition. */
export interface Launch {
  /** @default - the process does not listen */
  readonly port?: PortMapping;
  /** Id of the task, which is part of the name of the log stream. @default - a new one */
  readonly taskId?: string;
}

/** The process of a container. */
export interface Launched {
  readonly child: Supervised;
  /** The last lines that it has printed. */
  readonly tail: () => string;
  /** @default - it was killed */
  readonly exitCode: Promise<number | undefined>;
  /** Resolves when the process has ended, and its log stream has all that it printed. */
  readonly logged: Promise<void>;
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
   * @throws Error when no command is configured for its image, a secret or its log group does not exist, or the execution
   * role does not allow what the start needs
   */
  async launch(container: Container, { port, taskId = newTaskId() }: Launch = {}): Promise<Launched> {
    const { aws, commands, environment, authorize } = this.options;
    const configured = commandOf(commands, container.definition);
    if (!configured) throw new Error(`no command is configured for the image ${text(container.definition.image)}`);
    const { command, cwd, env = {} } = configured;
    const [program = "", ...args] = command;
    const { stops } = this;
    await checkExecutionRole(container, taskId, authorize);
    const own = await containerEnvironment(aws, container, port);
    const log = await this.openLog(container, taskId);
    const variables = defined({ ...basics(), ...environment(container.scope.region), ...own });
    const replaced = typeof env === "function" ? await env(variables) : env;
    if (stops !== this.stops) throw new Error("all processes were ended");
    const child = supervise(program, args, { env: { ...variables, ...replaced }, cwd });
    this.children.add(child);
    child.once("close", () => this.children.delete(child));
    const exitCode = exitCodeOf(child);
    // A process whose output is read by no program would wait once the pipe is full.
    const tail = lastLines(child);
    return { child, tail, exitCode, logged: log?.follow(child) ?? exitCode.then(() => undefined) };
  }

  /** Ends all processes. */
  async stop(): Promise<void> {
    this.stops += 1;
    await Promise.all([...this.children].map(stop));
    this.children.clear();
  }

  private async openLog(container: Container, taskId: string): Promise<LogStream | undefined> {
    const { aws, authorize, warn } = this.options;
    const target = logTargetOf(container, taskId);
    if (!target) return undefined;
    const problem = await allowsLogs(container, target, taskId, authorize);
    const stream = await LogStream.open(aws, target);
    if (problem === undefined) return stream;
    warn(`The log group ${target.logGroupName} gets no lines of ${container.name}: ${problem}`);
    return undefined;
  }
}

/** An id as ECS gives one to a task. */
export function newTaskId(): string {
  return randomUUID().replaceAll("-", "");
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
