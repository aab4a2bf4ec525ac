import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { endProcessGroup } from "./process-group";
import { ToolError } from "./tool-error";

/** How a program is run. */
export interface RunOptions {
  /** @default - the folder of this process */
  readonly cwd?: string;
  /** Laid over the environment of this process; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the program reads from its standard input. @default - nothing */
  readonly input?: string;
  /** Every line that the program prints, without colours, is appended to this file. @default - not kept */
  readonly logFile?: string;
  /** Called with each line of standard output and standard error, as it appears. */
  readonly onLine?: (line: string) => void;
  /** Ends the program, and what it started, when aborted. */
  readonly signal?: AbortSignal;
}

/** How a program ended. */
export interface RunResult {
  /** 128 + the signal's number when a signal ended the program. */
  readonly exitCode: number;
  /** The last 200 lines of standard output and standard error. */
  readonly tail: readonly string[];
}

const tailLength = 200;

/**
 * Runs a program to its end.
 *
 * @throws ToolError when it cannot be started; the signal's reason when aborted, once the program has ended
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { cwd, env, input, logFile, onLine, signal } = options;
  signal?.throwIfAborted();
  // A group of its own: Ctrl-C in a terminal then reaches this process only, which decides what ends, and when.
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A program that ends without reading has said why.
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

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
