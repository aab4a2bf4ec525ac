import { basename, dirname, resolve } from "node:path";
import { Command } from "commander";
import { allowanceOf, type Allowance } from "./guard/allowances";
import { guard } from "./guard/guard";
import { programNameIn } from "../lib/terraform-program";

interface Flags {
  readonly allow: readonly Allowance[];
  readonly stack?: string;
}

new Command("npm run guard --")
  .description(
    "Forecasts what a plan does before it is applied: data that would be lost, which is refused, and, as information, " +
      "outages, access that is opened, and addresses that change. " +
      "Exit code 0: may be applied; 2: refused; 1: invalid input.",
  )
  .argument("<plan.json>", `the plan, in the format of ${programNameIn(process.env)} show -json`)
  .option(
    "--allow <address>",
    "resource whose data may be lost, alone or as <stack>:<address>; may be given several times",
    collect,
    [],
  )
  .option("--stack <name>", "stack of the plan (default: its folder, in cdktf.out/stacks/ and pipeline/)")
  .action((file: string, { allow: allowances, stack = stackOf(file) }: Flags) => {
    try {
      const options = { allowances, ...(stack !== undefined && { stack }) };
      process.exitCode = guard(file, options, (text) => process.stdout.write(`${text}\n`));
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  })
  .parse();

function collect(text: string, earlier: readonly Allowance[]): readonly Allowance[] {
  return [...earlier, allowanceOf(text)];
}

/** The stack of a plan that is in the folder of a stack: a plan does not contain its name. */
function stackOf(file: string): string | undefined {
  const folder = dirname(resolve(file));
  return ["stacks", "pipeline"].includes(basename(dirname(folder))) ? basename(folder) : undefined;
}
