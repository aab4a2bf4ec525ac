import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ToolError } from "../../../lib/tool-error";

/** The synthesized JSON of each stack, by name, without comments. */
export type Synthesis = ReadonlyMap<string, string>;

/** The stacks that differ between the baseline and now. */
export interface StackChanges {
  /** Stacks that the baseline does not have. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Stacks that only the baseline has. */
  readonly removed: readonly string[];
}

const baselineFile = "baseline.json";

const baselineShape = z.strictObject({
  /** The commit that was synthesized, or null when there is none to compare with. */
  commit: z.string().nullable(),
  /** Whether the sources of the images differ. */
  imageChanged: z.boolean(),
});

/**
 * Reads the output of `cdktf synth`.
 *
 * @throws ToolError when the folder contains no synthesized stacks
 */
export function readSynthesis(folder: string): Synthesis {
  const stacks = join(folder, "stacks");
  if (!existsSync(stacks)) throw new ToolError(`${folder} contains no synthesized stacks; run npm run synth first`);
  return new Map(
    readdirSync(stacks)
      .sort()
      .map((name) => [name, contentOf(join(stacks, name, "cdk.tf.json"))]),
  );
}

/** Writes the description of a baseline beside its synthesized stacks. */
export function writeBaseline(folder: string, baseline: z.output<typeof baselineShape>): void {
  writeFileSync(join(folder, baselineFile), `${JSON.stringify(baseline, null, 2)}\n`);
}

/**
 * Reads a folder that `pipeline baseline` wrote, or one that contains only synthesized stacks; undefined when there is
 * nothing to compare with.
 *
 * @throws ToolError when it is neither
 */
export function readBaseline(folder: string): { synthesis: Synthesis; imageChanged: boolean } | undefined {
  const file = join(folder, baselineFile);
  if (!existsSync(file)) return { synthesis: readSynthesis(folder), imageChanged: false };
  const { commit, imageChanged } = baselineShape.parse(readJson(file, "npm run pipeline -- baseline"));
  return commit === null ? undefined : { synthesis: readSynthesis(folder), imageChanged };
}

/** Compares two syntheses; without a baseline, every stack is new. */
export function stackChanges(now: Synthesis, baseline: Synthesis = new Map<string, string>()): StackChanges {
  const names = [...now.keys()];
  return {
    added: names.filter((name) => !baseline.has(name)),
    changed: names.filter((name) => baseline.has(name) && baseline.get(name) !== now.get(name)),
    removed: [...baseline.keys()].filter((name) => !now.has(name)),
  };
}

/** The content without the comments, which contain the version of cdktf and the paths of constructs. */
function contentOf(file: string): string {
  return JSON.stringify(readJson(file, "npm run synth"), (key, value: unknown) => (key === "//" ? undefined : value));
}

function readJson(file: string, command: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`${file} cannot be read (${reason}); run ${command} again`);
  }
}
