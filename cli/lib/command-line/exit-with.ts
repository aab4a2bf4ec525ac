import { Interruption, interruptions } from "./interruption";
import { paint } from "./terminal";

/**
 * Does the work of a command, and ends with its exit code; what went wrong is told in words, with exit code 1.
 *
 * @param onStop what becomes of it when a person stops it. @default - Terraform ends what it has begun
 */
export async function exitWith(
  work: (signal: AbortSignal) => Promise<number>,
  onStop = "Terraform ends what it has begun",
): Promise<void> {
  // Which Node the project runs on is its own matter, and no part of what a command tells.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
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
