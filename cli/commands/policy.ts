import { App } from "cdktf";
import { Command, Option } from "commander";
import { checkPolicy } from "../../policy/validate";
import { InputError, loadStages, stackName, stageFile } from "../../schema";
import { StageStack } from "../../stacks/stage-stack";
import { configOption, type ConfigFlags } from "../lib/command-line";
import { writeReport } from "../lib/report";
import { ToolError } from "../lib/tool-error";
import { json, junit, rulesTable, sarif, table } from "./policy/formats";
import { reportedRules, type Report } from "./policy/report";

const formats: Readonly<Record<string, (report: Report) => string>> = { table, json, sarif, junit };

interface Flags extends ConfigFlags {
  readonly format: string;
  readonly output?: string;
  readonly stack?: string;
  readonly rules?: true;
}

const flags = new Command("npm run policy --")
  .description(
    "Checks the synthesized Terraform of every stage against the policy. Exit code 0: no finding; 1: findings, or an error.",
  )
  .addOption(configOption())
  .option("--stack <name>", "stack to check, as cdktf list shows it (default: every stage)")
  .addOption(new Option("--format <name>", "format of the findings").choices(Object.keys(formats)).default("table"))
  .option("--output <file>", "write the findings to a file")
  .addOption(new Option("--rules", "list the rules instead").conflicts(["format", "output", "stack"]))
  .parse()
  .opts<Flags>();

try {
  process.exitCode = policy(flags);
} catch (error) {
  if (!(error instanceof InputError || error instanceof ToolError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/**
 * Prints or writes the findings of the policy, or its rules; returns the exit code.
 *
 * @throws InputError when the configuration cannot be synthesized
 * @throws ToolError when the file cannot be written
 */
function policy({ config, stack, format, output, rules }: Flags): number {
  if (rules !== undefined) {
    console.log(rulesTable(reportedRules));
    return 0;
  }
  const report = createReport(config, stack);
  const text = (formats[format] ?? table)(report);
  if (output === undefined) console.log(text);
  else writeReport("--output", output, `${text.trimEnd()}\n`);
  return report.findings.length === 0 ? 0 : 1;
}

/** Synthesizes every stage in memory, or the one of a stack, and checks it. */
function createReport(config: string, stack: string | undefined): Report {
  const stages = loadStages(config, { stacks: stack === undefined ? undefined : [stack] });
  const app = new App();
  const stacks = stages.map((stage) => ({ stage, stack: new StageStack(app, stage) }));
  for (const { stack } of stacks) stack.prepareStack();
  return {
    rules: reportedRules,
    stacks: stages.map((stage) => ({
      name: stackName(stage),
      file: stageFile(stage),
      inProduction: stage.production,
    })),
    ...checkPolicy(stacks),
  };
}
