import { Command } from "commander";
import { loadAccounts, loadStages } from "../../../../schema";
import { print } from "../../../lib/command-line/terminal";
import { exitWith } from "../../../lib/command-line/exit-with";
import { requireVariables } from "./require-variables";

/** `variables` */
export function variablesCommand(): Command {
  return new Command("variables").description("Checks the variables that a person sets in GitLab.").action(() =>
    exitWith(() => {
      const stages = loadStages();
      requireVariables({ environment: process.env, stages, accounts: loadAccounts(stages) });
      print("Every variable is set.");
      return Promise.resolve(0);
    }),
  );
}
