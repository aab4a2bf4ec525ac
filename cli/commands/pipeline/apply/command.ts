import { Command } from "commander";
import { exitWith } from "../../../lib/command-line/exit-with";
import { lockTimeout, positive, stack, type LockFlags } from "../../../lib/command-line/options";
import { apply } from "./apply";

interface Flags extends LockFlags {
  readonly maxAge: number;
}

/** `apply <stack>` */
export function applyCommand(): Command {
  return new Command("apply")
    .description("Applies the plan that the plan command left in pipeline/<stack>/, exactly that one.")
    .addArgument(stack())
    .option("--max-age <hours>", "age at which a plan has expired", positive, 24)
    .addOption(lockTimeout())
    .action((name: string, flags: Flags) =>
      exitWith((signal) => apply({ stack: name, maximumHours: flags.maxAge, lockTimeout: flags.lockTimeout, signal })),
    );
}
