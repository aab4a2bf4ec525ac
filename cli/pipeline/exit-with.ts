import { Interruption, interruptions } from "../demo/interruption";
import { paint } from "../demo/terminal";

/** Does the work of a command, and ends with its exit code; what went wrong is told in words, with exit code 1. */
export async function exitWith(work: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const signal = interruptions(() => {
    process.stderr.write("\nStopping; Terraform ends what it has begun.\n");
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
