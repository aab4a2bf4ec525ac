import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Command, Option } from "commander";
import { ConfigError } from "../../schema";
import { createReport } from "./policy/create-report";
import { json } from "./policy/json";
import { junit } from "./policy/junit";
import { reportedRules, type Report } from "./policy/report";
import { sarif } from "./policy/sarif";
import { rulesTable, table } from "./policy/table";
import { ToolError } from "../lib/tool-error";

const formats: Readonly<Record<string, (report: Report) => string>> = { table, json, sarif, junit };

interface Flags {
  readonly format: string;
  readonly output?: string;
  readonly rules?: true;
}

/** Prints what the policy says; returns the exit code, 1 when there is a finding. */
function main({ format, output, rules }: Flags): number {
  if (rules !== undefined) {
    console.log(rulesTable(reportedRules));
    return 0;
  }
  const report = createReport();
  const text = (formats[format] ?? table)(report);
  if (output === undefined) console.log(text);
  else write(output, `${text.trimEnd()}\n`);
  return report.findings.length === 0 ? 0 : 1;
}

/** @throws ToolError when the file cannot be written */
function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`--output: ${file} cannot be written (${reason}); name another file`);
  }
}

const flags = new Command("npm run policy --")
  .description(
    "Checks the synthesized Terraform of every stage against the policy; exit code 1 when there is a finding.",
  )
  .addOption(new Option("--format <name>", "how to show the findings").choices(Object.keys(formats)).default("table"))
  .option("--output <file>", "write them to a file")
  .addOption(new Option("--rules", "list the rules instead").conflicts(["format", "output"]))
  .parse()
  .opts<Flags>();

try {
  process.exitCode = main(flags);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof ToolError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
