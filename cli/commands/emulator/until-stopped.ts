import { constants } from "node:os";

/** Waits for Ctrl-C or another request to end; gives the exit code that says which. */
export function untilStopped(): Promise<number> {
  // A pending promise does not keep a process alive; the emulator's server does.
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        resolve(signal === "SIGINT" ? 0 : 128 + constants.signals[signal]);
      });
    }
  });
}
