import { Command } from "commander";
import { exitWith, minutes, serviceArgument, stackArgument } from "../lib/command-line";
import { exitCodeHelp } from "./rollout/outcome";
import { verdict } from "./rollout/rollout";

interface Flags {
  readonly timeout: number;
  readonly junit?: string;
  readonly markdown?: string;
}

void new Command("npm run rollout --")
  .description("Waits for the rollout of a stack's services, and tells what became of it.")
  .addArgument(stackArgument())
  .addArgument(serviceArgument())
  .option("--timeout <minutes>", "how long to wait", minutes, 30)
  .option("--junit <file>", "write a JUnit report, with a test for each service")
  .option("--markdown <file>", "write a note for a merge request")
  .addHelpText("after", exitCodeHelp)
  .action((name: string, only: string | undefined, { timeout, ...reports }: Flags) =>
    exitWith(
      (signal) => verdict({ stack: name, service: only, timeoutMinutes: timeout, ...reports, signal }),
      "the rollout itself goes on",
    ),
  )
  .parseAsync();
