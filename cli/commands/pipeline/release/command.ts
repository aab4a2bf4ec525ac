import { Command } from "commander";
import { exitWith } from "../../../lib/command-line/exit-with";
import { lockTimeout, service, stack, type LockFlags } from "../../../lib/command-line/options";
import { release } from "./release";

interface Flags extends LockFlags {
  readonly tag?: string;
}

/** `release <stack>` */
export function releaseCommand(): Command {
  return new Command("release")
    .description("Lets the services of a stack run the images of this commit, and changes nothing else.")
    .addArgument(stack())
    .addArgument(service())
    .option("--tag <tag>", "release the images of this tag, such as an earlier commit (default: the commit)")
    .addOption(lockTimeout())
    .action((name: string, only: string | undefined, flags: Flags) =>
      exitWith((signal) => release({ stack: name, service: only, ...flags, signal })),
    );
}
