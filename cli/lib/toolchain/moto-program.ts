import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { coerce, gte } from "semver";
import { findProgram } from "./find-program";
import { run } from "./run";
import { ToolError } from "./tool-error";

const oldest = "5.0.0";
const installed = "moto[server]==5.2.1";

/** Where moto may come from. */
export interface MotoSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where moto is installed when the machine has none. */
  readonly toolsFolder: string;
  /** Told what takes long. */
  readonly report: (message: string) => void;
}

/**
 * Finds moto_server of a usable version, and installs it into a Python environment of its own when there is none.
 *
 * @throws ToolError that says what to install
 */
export async function findMotoServer({ env, toolsFolder, report }: MotoSources): Promise<string> {
  const rejected: string[] = [];
  for (const file of [findProgram("moto_server", env.PATH), findProgram(join(toolsFolder, "moto/bin/moto_server"))]) {
    if (file === undefined) continue;
    const version = await versionOf(file, env);
    if (version !== undefined && gte(version, oldest)) return file;
    rejected.push(version === undefined ? `${file} does not run` : `${file} is version ${version}`);
  }

  report(`Installing ${installed} ...`);
  try {
    return await install(toolsFolder, env);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(missing([...rejected, error.message]));
  }
}

/** moto_server does not tell its version: the Python that runs it does. */
async function versionOf(file: string, env: MotoSources["env"]): Promise<string | undefined> {
  const interpreter = /^#!(\S*python[\d.]*)\s*$/.exec(readFileSync(file, "utf8").split("\n", 1)[0] ?? "")?.[1];
  const question = "import importlib.metadata as m; print(m.version('moto'))";
  try {
    const { stdout } = await promisify(execFile)(interpreter ?? "python3", ["-c", question], { env });
    return coerce(stdout)?.version;
  } catch {
    return undefined;
  }
}

/** The environment cannot be moved once made, so a link is put at its name when it is complete. */
async function install(toolsFolder: string, env: MotoSources["env"]): Promise<string> {
  mkdirSync(toolsFolder, { recursive: true });
  const folder = mkdtempSync(join(toolsFolder, "moto-5.2.1-"));
  try {
    await must("python3", ["-m", "venv", folder], env);
    await must(join(folder, "bin/pip"), ["install", "--disable-pip-version-check", installed], env);
    symlinkSync(folder, `${folder}.link`);
    renameSync(`${folder}.link`, join(toolsFolder, "moto"));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return join(toolsFolder, "moto/bin/moto_server");
}

async function must(program: string, args: readonly string[], env: MotoSources["env"]): Promise<void> {
  const { exitCode, tail } = await run(program, args, { env });
  if (exitCode === 0) return;
  // pip repeats every attempt to reach its index as a warning.
  const errors = tail.filter((line) => line.startsWith("ERROR:"));
  const reason = errors.length > 0 ? errors : tail.slice(-8);
  throw new ToolError([`${program} ${args.join(" ")} failed:`, ...reason].join("\n    "));
}

function missing(problems: readonly string[]): string {
  return [
    `moto_server ${oldest} or newer is needed: install it with \`pip install 'moto[server]'\` (or pipx), so that it is in your PATH.`,
    ...problems.map((problem) => `  - ${problem}`),
  ].join("\n");
}
