import { Command, InvalidArgumentError } from "commander";
import { Interruption, interruptions } from "./demo/interruption";
import { paint } from "./demo/terminal";
import { exitCodeHelp } from "./verdict/outcome";
import { verdict } from "./verdict/verdict";

interface Flags {
  readonly timeout: number;
  readonly junit?: string;
  readonly markdown?: string;
}

/** Gives the verdict; resolves to the exit code. */
async function main(stack: string, service: string | undefined, { timeout, ...reports }: Flags): Promise<number> {
  const signal = interruptions(() => {
    process.stderr.write("\nStopping; the rollout itself goes on.\n");
  });
  try {
    return await verdict({ stack, service, timeoutMinutes: timeout, ...reports, signal });
  } catch (error) {
    if (signal.reason instanceof Interruption) return signal.reason.exitCode;
    process.stderr.write(`${paint("red", error instanceof Error ? error.message : String(error))}\n`);
    return 1;
  }
}

function minutes(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 24 * 60)) throw new InvalidArgumentError("Write minutes, from above 0 to 1440.");
  return value;
}

// Which Node the project runs on is its own matter, and no part of a verdict.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

new Command("npm run verdict --")
  .description("Waits for the rollout of a stack's services, and tells what became of it.")
  .argument("<stack>", "stack, as cdktf list shows it")
  .argument("[service]", "one service of the stack; all of them when left out")
  .option("--timeout <minutes>", "how long to wait", minutes, 30)
  .option("--junit <file>", "write a JUnit report, with a test for each service")
  .option("--markdown <file>", "write a note for a merge request")
  .addHelpText("after", exitCodeHelp)
  .action(async (stack: string, service: string | undefined, flags: Flags) => {
    process.exitCode = await main(stack, service, flags);
  })
  .parse();
