import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { stringify } from "yaml";
import { loadConfiguration } from "../../../schema";
import { configOption, exitWith, type ConfigFlags } from "../../lib/command-line";
import { print } from "../../lib/terminal";
import { ToolError } from "../../lib/tool-error";
import { documentsOf, partsOf, requireWithinLimits, type Part } from "./generate/documents";
import { pipelineStacks } from "./generate/stacks";
import { readBaseline, readSynthesis, stackChanges, type StackChanges } from "./generate/synthesis";
import { triggerOf, workOn } from "./generate/work";
import type { Environment } from "../../lib/run";

export interface GenerateOptions extends ConfigFlags {
  /** Output folder of `cdktf synth`. */
  readonly synthesis: string;
  /** Output folder of the baseline command. @default - every stack counts as changed */
  readonly baseline?: string;
  /** Where the files are written; existing ones are removed. */
  readonly output: string;
  /** Whether to build new images although the baseline has the same sources. */
  readonly imageChanged?: boolean;
  /** Whether to check every stack for drift instead. */
  readonly drift?: boolean;
  readonly environment: Environment;
}

type Flags = Pick<GenerateOptions, "config" | "baseline" | "output" | "imageChanged" | "drift">;

/** `generate` */
export function generateCommand(): Command {
  return new Command("generate")
    .description("Writes GitLab pipelines for the stacks that differ from the baseline.")
    .addOption(configOption())
    .option("--baseline <folder>", "output of the baseline command (default: every stack counts as changed)")
    .option("--output <folder>", "where the files are written", "pipeline/children")
    .option("--image-changed", "build new images although the baseline has the same sources")
    .option("--drift", "check every stack for drift instead")
    .action((flags: Flags) =>
      exitWith(() => {
        print(generate({ ...flags, synthesis: "cdktf.out", environment: process.env }));
        return Promise.resolve(0);
      }),
    );
}

/**
 * Writes the pipelines of the stacks that differ from the baseline; returns the text to print.
 *
 * @throws ToolError for bad input, and when the files exceed GitLab's limits
 */
export function generate({ config, synthesis, baseline, output, ...options }: GenerateOptions): string {
  const trigger = triggerOf(options.environment, options.drift ?? false);
  const { stages, accounts } = loadConfiguration(config);
  const stacks = pipelineStacks(stages, accounts);
  const before = baseline === undefined ? undefined : readBaseline(baseline);
  const synthesized = readSynthesis(synthesis);
  const missing = stacks.find(({ name }) => !synthesized.has(name));
  if (missing !== undefined) throw new ToolError(`${synthesis} lacks ${missing.name}; run npm run synth again`);
  const changes = stackChanges(synthesized, before?.synthesis);
  const image = options.imageChanged === true || before === undefined || before.imageChanged;
  const parts = partsOf(workOn(stacks, { ...changes, image }, trigger));
  const files = new Map(
    [...documentsOf(parts, output)].map(([name, document]) => [
      name,
      stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 }),
    ]),
  );
  requireWithinLimits(files);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(output, name), text);
  return describe(parts, changes);
}

const accountPrefix = "account-";

/** The stacks with their steps, and the changes that need a manual step. */
function describe(parts: readonly Part[], changes: StackChanges): string {
  const isStage = (name: string) => !name.startsWith(accountPrefix);
  const work = parts.flatMap((part) => part.work);
  const accounts = changes.changed.filter((name) => !isStage(name));
  return [
    work.length === 0
      ? "No stack is affected."
      : `${counted(work.length, "stack")} in ${counted(parts.length, "part")}:`,
    ...work.map(({ stack, steps }) => `  ${stack.name}: ${steps.join(", ")}`),
    ...changes.removed
      .filter(isStage)
      .map((name) => `${name} no longer has a stage file, and still exists: destroy it from the commit before.`),
    ...accounts.map((name) => `${name} differs: an administrator runs npm run bootstrap -- ${name}.`),
  ].join("\n");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
