import { Argument, Command } from "commander";
import { exitWith } from "../../../lib/command-line/exit-with";
import { drift, type DriftOptions } from "./drift";

type Flags = Pick<DriftOptions, "markdown" | "junit" | "json">;

/** `drift <stack...>` */
export function driftCommand(): Command {
  return new Command("drift")
    .description(
      "Tells which resources are not as their stack says. Exit code 0: none; 2: some are; 1: a stack could not be looked at.",
    )
    .addArgument(new Argument("<stacks...>", "stacks, as cdktf list shows them"))
    .option("--markdown <file>", "write what a person reads")
    .option("--junit <file>", "write a JUnit report, with a test for each stack")
    .option("--json <file>", "write what a program reads")
    .action((stacks: readonly string[], flags: Flags) => exitWith((signal) => drift({ stacks, ...flags, signal })));
}
