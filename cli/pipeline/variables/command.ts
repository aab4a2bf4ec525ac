import { Command } from "commander";
import { loadBootstraps, loadStages } from "../../../config";
import { print } from "../../command-line/terminal";
import { exitWith } from "../../command-line/exit-with";
import { requireVariables } from "./require-variables";

/** `variables` */
export function variablesCommand(): Command {
  return new Command("variables").description("Checks the variables that a person sets in GitLab.").action(() =>
    exitWith(() => {
      const stages = loadStages();
      requireVariables({ environment: process.env, stages, bootstraps: loadBootstraps(stages) });
      print("Every variable is set.");
      return Promise.resolve(0);
    }),
  );
}
