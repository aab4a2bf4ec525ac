import { Command } from "commander";
import { exitWith } from "../exit-with";
import { positive, stack } from "../options";
import { migrate } from "./migrate";

interface Flags {
  readonly timeout: number;
}

/** `migrate <stack>` */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("Runs the task `migrate` of every service that declares one, with its new image, before the release.")
    .addArgument(stack())
    .option("--timeout <minutes>", "how long each may take", positive, 30)
    .action((name: string, { timeout }: Flags) =>
      exitWith((signal) => migrate({ stack: name, timeoutMinutes: timeout, signal })),
    );
}
