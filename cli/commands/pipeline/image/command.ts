import { Command } from "commander";
import { exitWith } from "../../../lib/command-line/exit-with";
import { service, stack } from "../../../lib/command-line/options";
import { image } from "./image";

interface Flags {
  readonly context?: string;
}

/** `image <stack>` */
export function imageCommand(): Command {
  return new Command("image")
    .description(
      "Builds and pushes the image of every service that this repository makes, tagged with the commit. " +
        "CONTAINER_BUILDER names the program: docker (default), podman or buildah.",
    )
    .addArgument(stack())
    .addArgument(service())
    .option("--context <folder>", "folder with the Dockerfile (default: app)")
    .action((name: string, only: string | undefined, { context }: Flags) =>
      exitWith((signal) => image({ stack: name, service: only, context, signal })),
    );
}
