import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { Command } from "commander";
import { configOption, exitWith, type ConfigFlags } from "../../lib/command-line";
import { Git } from "../../lib/git";
import { projectFolder, toolsFolder } from "../../lib/project";
import { run, type Environment } from "../../lib/run";
import { appArguments } from "../../lib/synthesis";
import { print } from "../../lib/terminal";
import { terraformEnvironment } from "../../lib/terraform-environment";
import { ToolError } from "../../lib/tool-error";
import { writeBaseline } from "./generate/synthesis";

/** Folders that images are built from. */
const imageSources = ["app"];

/** What is synthesized, and where it is written. */
export interface BaselineOptions extends ConfigFlags {
  readonly output: string;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

/** `baseline <folder>` */
export function baselineCommand(): Command {
  return new Command("baseline")
    .description(
      "Synthesizes the baseline, the commit that the pipeline compares with: of the target branch, before the push, or of the release before.",
    )
    .argument("<folder>", "where the synthesized stacks are written")
    .addOption(configOption())
    .action((output: string, { config }: ConfigFlags) =>
      exitWith(async (signal) => {
        print(await baseline({ config, output, environment: process.env, signal }));
        return 0;
      }),
    );
}

/**
 * Synthesizes the stacks of the baseline into a folder; resolves to the text to print.
 *
 * @throws ToolError when git fails, and for a configuration folder that is not part of the repository
 */
export async function baseline({ config, output, environment, signal }: BaselineOptions): Promise<string> {
  const configPath = relative(projectFolder, config);
  if (configPath.startsWith("..") || isAbsolute(configPath)) {
    throw new ToolError(
      `${config} is not in ${projectFolder}, so no earlier commit contains it; name a folder of the repository`,
    );
  }
  const git = new Git(projectFolder);
  emptyFolder(output);
  const commit = await baselineCommit(environment, git);
  if (commit === undefined) return writeNoBaseline(output, "There is no commit to compare with");
  const checkout = join(toolsFolder, "baseline");
  await git.removeWorktree(checkout);
  try {
    await git.addWorktree(checkout, commit);
    const { exitCode, tail } = await synthesize(checkout, {
      config: join(checkout, configPath),
      output: resolve(output),
      signal,
    });
    // A target branch that does not synthesize must not stop the commit that repairs it.
    if (exitCode !== 0)
      return writeNoBaseline(output, `${commit} cannot be synthesized:\n${tail.join("\n")}\nTherefore`);
  } finally {
    await git.removeWorktree(checkout);
  }
  writeBaseline(output, { commit, imageChanged: await git.differs(commit, imageSources) });
  return `Synthesized ${commit} as the baseline.`;
}

const noCommit = /^0+$/;

/** The commit to compare with, from GitLab's variables; undefined when every stack counts as changed. */
export async function baselineCommit(environment: Environment, git: Git): Promise<string | undefined> {
  const revision = await baselineRevision(environment, git);
  if (revision === undefined || noCommit.test(revision)) return undefined;
  // The commit before a forced push no longer exists.
  return git.commitOf(revision);
}

async function baselineRevision(environment: Environment, git: Git): Promise<string | undefined> {
  const { CI_MERGE_REQUEST_DIFF_BASE_SHA: diffBase, CI_COMMIT_TAG: tag, CI_PIPELINE_SOURCE: source } = environment;
  if (diffBase) return diffBase;
  if (tag) return git.tagBefore(tag);
  // A pipeline that is started manually completes what an earlier one did not finish.
  return source === "push" ? environment.CI_COMMIT_BEFORE_SHA : undefined;
}

/** Runs the synthesis of the commit with the packages of its lock file. */
async function synthesize(
  checkout: string,
  { config, output, signal }: Pick<BaselineOptions, "config" | "output" | "signal">,
) {
  const lockFile = (folder: string) => readFileSync(join(folder, "package-lock.json"), "utf8");
  const installed = join(projectFolder, "node_modules");
  const env = await terraformEnvironment();
  if (existsSync(installed) && lockFile(checkout) === lockFile(projectFolder)) {
    symlinkSync(installed, join(checkout, "node_modules"));
  } else {
    const { exitCode } = await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: checkout, env, signal });
    if (exitCode !== 0)
      throw new ToolError(`npm ci failed in ${checkout}; check the npm registry, and run the job again`);
  }
  const program = join(checkout, "node_modules/.bin/cdktf");
  return run(program, ["synth", ...appArguments(config, checkout), "--output", output], {
    cwd: checkout,
    env: { ...env, CI: "true" },
    signal,
  });
}

function writeNoBaseline(output: string, reason: string): string {
  emptyFolder(output);
  writeBaseline(output, { commit: null, imageChanged: true });
  return `${reason}: every stack counts as changed.`;
}

function emptyFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
