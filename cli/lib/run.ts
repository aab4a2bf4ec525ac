import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { ToolError } from "./tool-error";

/** Environment variables; undefined removes one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Options of a program's run. */
export interface RunOptions {
  /** @default - the folder of this process */
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Environment;
  /** The program's standard input. @default - empty */
  readonly input?: string;
  /** File to which every printed line is appended, without colours. @default - none */
  readonly logFile?: string;
  /** Called with each line of standard output and standard error. */
  readonly onLine?: (line: string) => void;
  /** Ends the program and its child processes when aborted. */
  readonly signal?: AbortSignal;
}

/** The result of a program's run. */
export interface RunResult {
  /** 128 + the signal's number when a signal ended the program. */
  readonly exitCode: number;
  /** The last 200 lines of standard output and standard error. */
  readonly tail: readonly string[];
}

const tailLength = 200;

/**
 * Runs a program until it ends.
 *
 * @throws ToolError when it cannot be started; the signal's reason when aborted, once the program has ended
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { cwd, env, input, logFile, onLine, signal } = options;
  signal?.throwIfAborted();
  // In a process group of its own, so that Ctrl-C in a terminal reaches this process only, which ends the program in order.
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A program that ends without reading its input reports the reason itself.
  child.stdin.on("error", () => undefined).end(input ?? "");

  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (raw) => {
      const line = stripVTControlCharacters(raw);
      tail.push(line);
      if (tail.length > tailLength) tail.shift();
      if (logFile !== undefined) appendFileSync(logFile, `${line}\n`);
      onLine?.(line);
    });
  }

  return new Promise((resolve, reject) => {
    const abort = () => {
      void endProcessGroup(child).then(() => {
        reject(asError(signal?.reason));
      });
    };
    signal?.addEventListener("abort", abort, { once: true });
    child.once("error", (error) => {
      signal?.removeEventListener("abort", abort);
      reject(new ToolError(`${program} could not be started: ${error.message}`));
    });
    child.once("close", (code, endedBy) => {
      if (signal?.aborted) return;
      signal?.removeEventListener("abort", abort);
      resolve({ exitCode: code ?? 128 + (endedBy ? constants.signals[endedBy] : 0), tail });
    });
  });
}

/**
 * Ends a process that was spawned `detached`, and its process group, and waits until all have ended.
 *
 * @param graceMs time to end after SIGTERM, before SIGKILL. @default 10_000
 */
export async function endProcessGroup({ pid }: Pick<ChildProcess, "pid">, graceMs = 10_000): Promise<void> {
  if (pid === undefined) return;
  const deadline = Date.now() + graceMs;
  signalGroup(pid, "SIGTERM");
  while (signalGroup(pid, 0)) {
    await sleep(50);
    if (Date.now() > deadline) signalGroup(pid, "SIGKILL");
  }
}

/** The error that something thrown or the reason of a signal is, or an error with its text. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** False when the group has no process any more; signal 0 only checks. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
