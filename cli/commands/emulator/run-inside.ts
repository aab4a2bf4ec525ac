import { spawn } from "node:child_process";
import { constants } from "node:os";

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGWINCH"] as const;

/** Runs a command in an environment laid over this process's; gives its exit code, or 128 and the signal's number. */
export function runInside(
  environment: Readonly<Record<string, string | undefined>>,
  program: string,
  args: readonly string[],
): Promise<number> {
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, ...environment } });
  const listeners = passedOn.map((signal) => {
    // A terminal sends Ctrl-C to the command too; this process only has to outlive it.
    const listener = (): void => {
      if (!(signal === "SIGINT" && process.stdin.isTTY)) child.kill(signal);
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
