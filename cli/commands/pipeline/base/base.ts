import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { terraformEnvironment, ToolError } from "../../../lib/toolchain";
import { projectFolder, toolsFolder } from "../../../lib/toolchain/project";
import { run } from "../../../lib/toolchain/run";
import { baseCommit } from "./commit";
import { comparisonFile, type Comparison } from "./comparison";
import { Git } from "./git";

/** What images are built from. */
const imageSources = ["app"];

/**
 * Synthesizes the stacks of the commit that the pipeline compares with into a folder; resolves to what to print.
 *
 * @throws ToolError when git fails
 */
export async function base(
  output: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<string> {
  const git = new Git(projectFolder);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const commit = await baseCommit(environment, git);
  if (commit === undefined) return nothingToCompare(output, "There is no commit to compare with");
  const checkout = join(toolsFolder, "base");
  await git.forget(checkout);
  try {
    await git.checkOut(commit, checkout);
    const { exitCode, tail } = await synthesize(checkout, resolve(output), signal);
    // Whoever broke the target branch must be able to mend it.
    if (exitCode !== 0) return nothingToCompare(output, `${commit} cannot be synthesized:\n${tail.join("\n")}\nSo`);
  } finally {
    await git.forget(checkout);
  }
  write(output, { commit, imageChanged: await git.differs(commit, imageSources) });
  return `Synthesized ${commit} to compare with.`;
}

/** Runs the synthesis of the commit, with the packages that the commit asks for. */
async function synthesize(checkout: string, output: string, signal: AbortSignal) {
  const lockFile = (folder: string) => readFileSync(join(folder, "package-lock.json"), "utf8");
  const installed = join(projectFolder, "node_modules");
  const env = await terraformEnvironment();
  if (existsSync(installed) && lockFile(checkout) === lockFile(projectFolder)) {
    symlinkSync(installed, join(checkout, "node_modules"));
  } else {
    const { exitCode } = await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: checkout, env, signal });
    if (exitCode !== 0)
      throw new ToolError(`npm ci failed in ${checkout}; look at the registry, and run the job again`);
  }
  const program = join(checkout, "node_modules/.bin/cdktf");
  return run(program, ["synth", "--output", output], { cwd: checkout, env: { ...env, CI: "true" }, signal });
}

function nothingToCompare(output: string, reason: string): string {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  write(output, { commit: null, imageChanged: true });
  return `${reason}: every stack counts as changed.`;
}

function write(output: string, comparison: Comparison): void {
  writeFileSync(join(output, comparisonFile), `${JSON.stringify(comparison, null, 2)}\n`);
}
