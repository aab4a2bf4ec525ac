import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { z } from "zod";
import { configOption, exitWith, stackArgument, type ConfigFlags } from "../../lib/command-line";
import { currentCommit } from "../../lib/git";
import { print } from "../../lib/terminal";
import { allowanceOf, allowancesOf, type Allowance } from "../guard/allowances";
import { guardPlan } from "../guard/forecast";
import { refusedExitCode } from "../guard/guard";
import { planOf } from "../guard/plan";
import { guardReport } from "../guard/report";
import { PlanFile, reportFolder } from "./plan-file";
import { countsOf, summaryOf } from "./plan-summary";
import { runningImages } from "./running-images";
import { openSession, openTerraform, type SessionOptions } from "./session";

export interface PlanOptions extends SessionOptions {
  /** Resources whose data may be lost. */
  readonly allowances: readonly Allowance[];
}

interface Flags extends ConfigFlags {
  readonly allow: readonly string[];
}

/** The variable of the pipeline with allowances for all its stacks, separated by spaces. */
const allowanceVariable = "ALLOW_LOSS_OF";

/** `plan <stack>` */
export function planCommand(): Command {
  return new Command("plan")
    .description(
      "Plans a stack with the images that run now, and writes plan, summary and counts to pipeline/<stack>/. " +
        "Exit code 0: may be applied; 2: refused, as data would be lost; 1: no plan.",
    )
    .addArgument(stackArgument())
    .addOption(configOption())
    .addOption(
      new Option("--allow <address>", "resource whose data may be lost, alone or as <stack>:<address>; can be repeated")
        .env(allowanceVariable)
        .argParser(collect)
        .default([]),
    )
    .action((stack: string, { config, allow }: Flags, command: Command) =>
      exitWith((signal) => {
        const isVariable = command.getOptionValueSource("allow") === "env";
        const allowances = isVariable ? allowancesOf(allow, allowanceVariable) : allow.map(allowanceOf);
        return plan({ config, stack, allowances, signal });
      }),
    );
}

/** The variable contains several allowances, separated by spaces. */
function collect(allowances: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, ...allowances.split(/\s+/).filter((allowance) => allowance !== "")];
}

const planInfo = z
  .object({ terraform_version: z.string() })
  .transform(({ terraform_version: terraformVersion }) => ({ terraformVersion }));

/**
 * Plans a stack with the images that it runs now, checks the plan with the guard, and saves it for the job that
 * applies it; resolves to the exit code.
 *
 * @throws ToolError for bad input, and when AWS or Terraform reports an error
 */
export async function plan({ config, stack, allowances, signal }: PlanOptions): Promise<number> {
  const file = new PlanFile(stack);
  file.remove();
  const commit = await currentCommit();
  const session = await openSession({ config, stack, signal });
  const images = await runningImages(session.clients, session.stage);
  for (const [variable, image] of Object.entries(images)) print(`${variable} = ${image}, which runs now`);

  const { folder, terraform } = await openTerraform(session, images);
  // Not before the session, which refuses a stack that does not exist.
  mkdirSync(reportFolder(stack), { recursive: true });
  // The plan role may not write, not even a lock. An apply in between makes the plan stale, which Terraform refuses.
  await terraform.plan(file.path, "-lock=false");
  const text = await terraform.text(file.path);
  const json = await terraform.json(file.path);
  const planned = planOf(json, "the plan");
  const guard = guardPlan(planned, { allowances, stack });

  const write = (name: string, content: string) => {
    writeFileSync(join(reportFolder(stack), name), content);
  };
  write("plan.txt", `${text}\n`);
  write("summary.md", summaryOf({ stack, commit, plan: planned, guard }));
  write("terraform-report.json", `${JSON.stringify(countsOf(planned))}\n`);
  print("", text, "", guardReport(guard, stack));
  if (guard.data.refused.length > 0) {
    file.remove();
    return refusedExitCode;
  }
  file.saveProviders(folder);
  file.saveInfo({ stack, commit, createdAt: new Date().toISOString(), ...planInfo.parse(json) });
  return 0;
}
