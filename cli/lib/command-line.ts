import { statSync } from "node:fs";
import { constants } from "node:os";
import { resolve } from "node:path";
import { Argument, InvalidArgumentError, Option } from "commander";
import { configFolder } from "./project";
import { paint } from "./terminal";
import { ToolError } from "./tool-error";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The request to end this process, such as Ctrl-C. */
export class Interruption extends ToolError {
  constructor(private readonly received: (typeof signals)[number]) {
    super(`stopped by ${received}`);
  }

  /** The exit code that a shell expects of a process that a signal ended. */
  public get exitCode(): number {
    return 128 + constants.signals[this.received];
  }
}

/** A signal that the first request to end aborts with an Interruption; later requests are ignored. */
export function interruptions(onFirst: () => void): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    process.on(signal, () => {
      if (controller.signal.aborted) return;
      onFirst();
      controller.abort(new Interruption(signal));
    });
  }
  return controller.signal;
}

/** Stops the SDK from printing which versions of Node.js its next releases need: cli/setup.mjs checks the version. */
export function silenceSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
}

/**
 * Runs the function of a command and sets the exit code; an error is printed as one message, with exit code 1.
 *
 * @param onStop what the command says on Ctrl-C. @default - Terraform ends the operations that it has begun
 */
export async function exitWith(
  work: (signal: AbortSignal) => Promise<number>,
  onStop = "Terraform ends the operations that it has begun",
): Promise<void> {
  silenceSdk();
  const signal = interruptions(() => {
    process.stderr.write(`\nStopping; ${onStop}.\n`);
  });
  try {
    process.exitCode = await work(signal);
  } catch (error) {
    if (signal.reason instanceof Interruption) {
      process.exitCode = signal.reason.exitCode;
      return;
    }
    process.stderr.write(`${paint("red", error instanceof Error ? error.message : String(error))}\n`);
    process.exitCode = 1;
  }
}

/** The argument that names the stack. */
export const stackArgument = () => new Argument("<stack>", "stack, as cdktf list shows it");

/** The argument that names one service. */
export const serviceArgument = () => new Argument("[service]", "one service of the stack (default: all of them)");

export interface ConfigFlags {
  /** Folder of the stage and account files. */
  readonly config: string;
}

/** The option of every command that loads stage and account files. */
export const configOption = () =>
  new Option("--config <folder>", "folder of the stage and account files, relative to the working directory")
    .default(configFolder, "config/ of this project")
    .argParser(existingFolder);

export interface LockFlags {
  readonly lockTimeout: string;
}

/** The option that limits how long a command waits for the lock of another process. */
export const lockTimeoutOption = () =>
  new Option("--lock-timeout <duration>", "how long to wait for the lock of the state, such as 30s or 10m")
    .default("5m")
    .argParser(duration);

/** A number above zero, such as hours. */
export function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Write a number above 0.");
}

/** Minutes of at most a day. */
export function minutes(text: string): number {
  const value = positive(text);
  if (value <= 24 * 60) return value;
  throw new InvalidArgumentError("Write at most 1440 minutes.");
}

function existingFolder(text: string): string {
  const folder = resolve(text);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new InvalidArgumentError(`There is no folder ${folder}; name one that contains stage files.`);
}

function duration(text: string): string {
  if (/^(\d+[hms])+$/.test(text)) return text;
  throw new InvalidArgumentError("Write a time such as 30s, 10m or 1h.");
}
