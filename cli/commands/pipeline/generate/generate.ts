import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { loadAccounts, loadStages } from "../../../../schema";
import { ToolError } from "../../../lib/toolchain";
import { readComparison } from "../base/comparison";
import { differenceOf } from "./difference";
import { documentsOf } from "./documents";
import { occasionOf } from "./occasion";
import { partsOf } from "./parts";
import { report } from "./report";
import { pipelineStacks } from "./stacks";
import { workOn } from "./steps";
import { readSynthesis } from "./synthesized";
import { requireWithinLimits } from "./within-limits";

/** What the caller chose. */
export interface GenerateOptions {
  /** Where `cdktf synth` wrote. */
  readonly synthesis: string;
  /** The same of the target branch. @default - every stack is affected */
  readonly base?: string;
  /** Where the files go; what is there already is removed. */
  readonly output: string;
  /** Whether the images that are built here are others, whatever the base says. */
  readonly imageChanged?: boolean;
  /** Whether to look for drift of every stack instead. */
  readonly drift?: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes the pipelines of the stacks that differ from the target branch; returns what to print.
 *
 * @throws ToolError for bad input, and when GitLab would refuse the files
 */
export function generate({ synthesis, base, output, ...options }: GenerateOptions): string {
  const occasion = occasionOf(options.environment, options.drift ?? false);
  const stages = loadStages();
  const stacks = pipelineStacks(stages, loadAccounts(stages));
  const comparison = base === undefined ? undefined : readComparison(base);
  const synthesized = readSynthesis(synthesis);
  const missing = stacks.find(({ name }) => !synthesized.has(name));
  if (missing !== undefined) throw new ToolError(`${synthesis} lacks ${missing.name}; run npm run synth again`);
  const difference = differenceOf(synthesized, comparison?.synthesis);
  const image = options.imageChanged === true || comparison === undefined || comparison.imageChanged;
  const parts = partsOf(workOn(stacks, { ...difference, image }, occasion));
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
  return report(parts, difference);
}
