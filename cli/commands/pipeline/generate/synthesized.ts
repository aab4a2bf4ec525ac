import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../../lib/toolchain";

/** What a synthesis wrote for each stack, without what is the same for Terraform. */
export type Synthesis = ReadonlyMap<string, string>;

/**
 * Reads what `cdktf synth` wrote into a folder.
 *
 * @throws ToolError when the folder holds no synthesis
 */
export function readSynthesis(folder: string): Synthesis {
  const stacks = join(folder, "stacks");
  if (!existsSync(stacks)) throw new ToolError(`${folder} holds no synthesized stacks; run npm run synth first`);
  return new Map(
    readdirSync(stacks)
      .sort()
      .map((name) => [name, meaningOf(join(stacks, name, "cdk.tf.json"))]),
  );
}

/** The content without the comments, in which cdktf tells its own version and the paths of constructs. */
function meaningOf(file: string): string {
  try {
    return JSON.stringify(JSON.parse(readFileSync(file, "utf8")), (key, value: unknown) =>
      key === "//" ? undefined : value,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`${file} cannot be read (${reason}); run npm run synth again`);
  }
}
