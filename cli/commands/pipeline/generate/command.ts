import { Command } from "commander";
import { print } from "../../../lib/command-line/terminal";
import { exitWith } from "../../../lib/command-line/exit-with";
import { generate } from "./generate";

interface Flags {
  readonly base?: string;
  readonly output: string;
  readonly imageChanged?: boolean;
  readonly drift?: boolean;
}

/** `generate` */
export function generateCommand(): Command {
  return new Command("generate")
    .description("Writes the pipelines of the stacks that differ from the target branch, as GitLab reads them.")
    .option("--base <folder>", "what the base command wrote; without it, every stack counts as changed")
    .option("--output <folder>", "where the files go", "pipeline/children")
    .option("--image-changed", "build new images, whatever the base says")
    .option("--drift", "look for drift of every stack instead")
    .action((flags: Flags) =>
      exitWith(() => {
        print(generate({ ...flags, synthesis: "cdktf.out", environment: process.env }));
        return Promise.resolve(0);
      }),
    );
}
