import { Command } from "commander";
import { guard } from "./guard/guard";
import { programNameIn } from "../lib/terraform-program";

interface Flags {
  readonly allow: readonly string[];
}

new Command("npm run guard --")
  .description(
    "Refuses a plan that would delete or replace resources with data, before it is applied. " +
      "Exit code 0: may be applied; 2: refused; 1: invalid input.",
  )
  .argument("<plan.json>", `the plan, in the format of ${programNameIn(process.env)} show -json`)
  .option("--allow <address>", "resource whose data may be lost; may be given several times", collect, [])
  .action((file: string, { allow }: Flags) => {
    try {
      process.exitCode = guard(file, allow, (text) => process.stdout.write(`${text}\n`));
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  })
  .parse();

function collect(address: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, address];
}
