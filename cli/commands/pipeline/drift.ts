import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Argument, Command } from "commander";
import { loadStages } from "../../../schema";
import { configOption, exitWith, type ConfigFlags } from "../../lib/command-line";
import { writeReport } from "../../lib/report";
import { stageOfStack } from "../../lib/stacks";
import { print } from "../../lib/terminal";
import { driftOf, junitOf, linesOf, markdownOf, type ResourceDrift, type StackDrift } from "./drift-report";
import { runningImages } from "./running-images";
import { openSession, openTerraform, type SessionOptions } from "./session";

export interface DriftOptions extends ConfigFlags {
  readonly stacks: readonly string[];
  /** Files of the reports. @default - none */
  readonly markdown?: string;
  readonly junit?: string;
  readonly json?: string;
  readonly signal: AbortSignal;
}

type Flags = ConfigFlags & Pick<DriftOptions, "markdown" | "junit" | "json">;

const driftExitCode = 2;

/** `drift <stack...>` */
export function driftCommand(): Command {
  return new Command("drift")
    .description(
      "Lists the resources that differ from their stack. Exit code 0: none; 2: some; 1: a stack could not be checked.",
    )
    .addArgument(new Argument("<stacks...>", "stacks, as cdktf list shows them"))
    .addOption(configOption())
    .option("--markdown <file>", "write a Markdown report")
    .option("--junit <file>", "write a JUnit report, with a test case for each stack")
    .option("--json <file>", "write a JSON report")
    .action((stacks: readonly string[], flags: Flags) => exitWith((signal) => drift({ stacks, ...flags, signal })));
}

/**
 * Lists the resources that differ from their stacks; resolves to the exit code.
 *
 * @throws ToolError for an unknown stack
 */
export async function drift({ config, stacks, markdown, junit, json, signal }: DriftOptions): Promise<number> {
  const stages = loadStages(config);
  for (const stack of stacks) stageOfStack(stages, stack);
  const results: StackDrift[] = [];
  // An error of one stack must not hide the drift of the next.
  for (const stack of stacks) results.push(await stackDrift({ config, stack, signal }));

  for (const { stack, resources, error } of results) {
    print("", error === undefined ? `${stack}: ${resources.length} drifted` : `${stack}: ${error}`);
    print(...resources.flatMap(linesOf).map((line) => `  ${line}`));
  }
  if (markdown !== undefined) writeReport("--markdown", markdown, markdownOf(results));
  if (junit !== undefined) writeReport("--junit", junit, junitOf(results));
  if (json !== undefined) writeReport("--json", json, `${JSON.stringify(results, undefined, 2)}\n`);
  if (results.some(({ error }) => error !== undefined)) return 1;
  return results.some(({ resources }) => resources.length > 0) ? driftExitCode : 0;
}

async function stackDrift(options: SessionOptions): Promise<StackDrift> {
  const { stack, signal } = options;
  try {
    return { stack, resources: await planDrift(options) };
  } catch (error) {
    signal.throwIfAborted();
    return { stack, resources: [], error: error instanceof Error ? error.message : String(error) };
  }
}

async function planDrift(options: SessionOptions): Promise<ResourceDrift[]> {
  const session = await openSession(options);
  const { terraform } = await openTerraform(session, await runningImages(session.clients, session.stage));
  const folder = mkdtempSync(join(tmpdir(), "drift-"));
  try {
    const file = join(folder, "drift.tfplan");
    const differs = await terraform.plan(file, "-lock=false");
    return differs ? driftOf(await terraform.json(file)) : [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
