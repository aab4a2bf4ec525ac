import { Command } from "commander";
import { print } from "../../../lib/command-line/terminal";
import { exitWith } from "../../../lib/command-line/exit-with";
import { base } from "./base";

/** `base <folder>` */
export function baseCommand(): Command {
  return new Command("base")
    .description("Synthesizes the commit that a pipeline compares with: of the target branch, or of what ran before.")
    .argument("<folder>", "where its stacks go")
    .action((folder: string) =>
      exitWith(async (signal) => {
        print(await base(folder, process.env, signal));
        return 0;
      }),
    );
}
