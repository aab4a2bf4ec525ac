import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { constants } from "node:os";

/** Environment variables; undefined removes one. */
type Environment = Readonly<Record<string, string | undefined>>;

const forwardedSignals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGWINCH"] as const;

/** Signals of the keys of a terminal. */
const terminalSignals: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];

/**
 * Runs a command with additional variables, in the terminal of this process; resolves to its exit code, or 128 plus the
 * number of the signal.
 *
 * @throws Error when it cannot be started
 */
export function runCommand(environment: Environment, program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, ...environment } });
  const listeners = forwardedSignals.map((signal) => {
    // A terminal sends its signals to the command too, whatever is its input; this process must only outlive it.
    const listener = (): void => {
      if (!(terminalSignals.includes(signal) && hasTerminal())) child.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return new Promise<number>((resolve, reject) => {
    child.once("error", (error) => {
      reject(new Error(`${program} could not be started: ${error.message}`));
    });
    child.once("close", (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  }).finally(() => {
    for (const remove of listeners) remove();
  });
}

/** Whether this process has a terminal, which its input may not be. https://man7.org/linux/man-pages/man4/tty.4.html */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}

/** Waits for Ctrl-C or another request to end; resolves to the exit code. */
export function untilStopped(): Promise<number> {
  // A pending promise does not keep a process alive, but the emulator's server does.
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        resolve(signal === "SIGINT" ? 0 : 128 + constants.signals[signal]);
      });
    }
  });
}

/**
 * The lines that set variables in a POSIX shell; undefined unsets one.
 *
 * @param current variables of the shell: those with the same value are left out. @default - all variables are set
 */
export function exportLines(variables: Environment, current?: Environment): string[] {
  return Object.entries(variables)
    .filter(([name, value]) => current === undefined || current[name] !== value)
    .map(([name, value]) => (value === undefined ? `unset ${name}` : `export ${name}=${quoted(value)}`));
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
