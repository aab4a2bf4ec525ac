import { Command } from "commander";
import { exitWith } from "../../../lib/command-line/exit-with";
import { minutes, service, stack } from "../../../lib/command-line/options";
import { migrate } from "./migrate";

interface Flags {
  readonly timeout: number;
}

/** `migrate <stack>` */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("Runs the task `migrate` of every service that declares one, with its new image, before the release.")
    .addArgument(stack())
    .addArgument(service())
    .option("--timeout <minutes>", "how long each may take", minutes, 30)
    .action((name: string, only: string | undefined, { timeout }: Flags) =>
      exitWith((signal) => migrate({ stack: name, service: only, timeoutMinutes: timeout, signal })),
    );
}
