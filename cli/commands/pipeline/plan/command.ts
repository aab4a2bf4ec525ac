import { Command, Option } from "commander";
import { exitWith } from "../../../lib/command-line/exit-with";
import { stack as stackArgument } from "../../../lib/command-line/options";
import { plan } from "./plan";

interface Flags {
  readonly allow: readonly string[];
}

/** `plan <stack>` */
export function planCommand(): Command {
  return new Command("plan")
    .description(
      "Plans a stack with the images that run now, and leaves plan, summary and counts in pipeline/<stack>/. " +
        "Exit code 0: may be applied; 2: refused, as data would be lost; 1: no plan.",
    )
    .addArgument(stackArgument())
    .addOption(
      new Option("--allow <address>", "resource whose data may be lost; may be given several times")
        .env("ALLOW_LOSS_OF")
        .argParser(collect)
        .default([]),
    )
    .action((stack: string, { allow }: Flags) => exitWith((signal) => plan({ stack, allow, signal })));
}

/** A variable of the environment holds several, with spaces between them. */
function collect(addresses: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, ...addresses.split(/\s+/).filter((address) => address !== "")];
}
