import { constants } from "node:os";
import { ToolError } from "../toolchain";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The wish of whoever started this process that it ends. */
export class Interruption extends ToolError {
  constructor(private readonly received: (typeof signals)[number]) {
    super(`stopped by ${received}`);
  }

  /** What a shell expects of a process that a signal ended. */
  public get exitCode(): number {
    return 128 + constants.signals[this.received];
  }
}

/** A signal that is aborted with an Interruption; further signals change nothing, so that all can end in order. */
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
