import { Command } from "commander";
import { exitWith } from "../../../lib/command-line/exit-with";
import { lockTimeout, stack, type LockFlags } from "../../../lib/command-line/options";
import { destroy } from "./destroy";

interface Flags extends LockFlags {
  readonly confirm?: string;
}

/** `destroy <stack>` */
export function destroyCommand(): Command {
  return new Command("destroy")
    .description("Destroys a short-lived stack; one that keeps its data, or is of prod, only when it is named twice.")
    .addArgument(stack())
    .option("--confirm <stack>", "the stack once more")
    .addOption(lockTimeout())
    .action((name: string, flags: Flags) => exitWith((signal) => destroy({ stack: name, ...flags, signal })));
}
