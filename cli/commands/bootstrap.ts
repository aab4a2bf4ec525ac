import { Command } from "commander";
import { bootstrap } from "./bootstrap/bootstrap";
import { exitWith } from "../lib/command-line/exit-with";

void new Command("npm run bootstrap --")
  .description(
    "Creates what an account needs before its first stage: the state bucket, and the roles of the pipelines.",
  )
  .argument("<name>", "stack of the bootstrap, as cdktf list shows it")
  .action((name: string) =>
    exitWith(async (signal) => {
      await bootstrap({ name, signal });
      return 0;
    }, "run it again to finish"),
  )
  .parseAsync();
