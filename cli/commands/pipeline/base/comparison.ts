import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ToolError } from "../../../lib/toolchain";
import { readSynthesis, type Synthesis } from "../generate/synthesized";

/** File beside the synthesized stacks of the target branch. */
export const comparisonFile = "comparison.json";

const comparisonShape = z.strictObject({
  /** Commit that was synthesized, or null when there is none to compare with. */
  commit: z.string().nullable(),
  /** Whether what images are built from differs. */
  imageChanged: z.boolean(),
});

/** What a comparison says of the target branch. */
export type Comparison = z.output<typeof comparisonShape>;

/**
 * Reads a folder that `pipeline base` wrote, or one with synthesized stacks only; undefined when there is nothing to
 * compare with.
 *
 * @throws ToolError when it is neither
 */
export function readComparison(folder: string): { synthesis: Synthesis; imageChanged: boolean } | undefined {
  const file = join(folder, comparisonFile);
  if (!existsSync(file)) return { synthesis: readSynthesis(folder), imageChanged: false };
  const { commit, imageChanged } = comparisonShape.parse(parsed(file));
  return commit === null ? undefined : { synthesis: readSynthesis(folder), imageChanged };
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`${file} cannot be read (${reason}); run npm run pipeline -- base again`);
  }
}
