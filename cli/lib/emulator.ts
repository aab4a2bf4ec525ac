import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { coerce, gte } from "semver";
import which from "which";
import type { EmulatorOptions } from "emulated-aws";
import type { StageConfig } from "../../schema";
import { toolsFolder } from "./project";
import { run, type Environment } from "./run";
import { ToolError } from "./tool-error";

const oldest = "5.0.0";
const installed = "moto[server]==5.2.1";

/** Where moto_server is looked for. */
export interface MotoSources {
  readonly env: Environment;
  /** Where moto is installed when the machine has none. */
  readonly toolsFolder: string;
  /** Called before an installation, which takes long. */
  readonly report: (message: string) => void;
}

/** Options of an emulated AWS for stages: the account and region of one, and what all of them require to exist. */
export function emulatorOptions(stages: readonly StageConfig[], { accountId, region }: StageConfig): EmulatorOptions {
  const buckets = new Map(
    stages.flatMap(({ state }) =>
      state.backend === "s3" ? [[state.bucket, { name: state.bucket, region: state.region }]] : [],
    ),
  );
  const roles = new Set(
    stages.flatMap(({ assumeRoleArn, state }) => [
      ...(assumeRoleArn === undefined ? [] : [assumeRoleArn]),
      ...(state.backend === "s3" && state.assumeRoleArn !== undefined ? [state.assumeRoleArn] : []),
    ]),
  );
  const hostedZones = new Set(stages.flatMap(({ ingress: { domain } }) => (domain ? [domain.hostedZone] : [])));
  // The account stack sets the role in AWS.
  const withRestApi = stages.filter(({ ingress }) => ingress.kind === "rest-api");
  return {
    accountId,
    region,
    buckets: [...buckets.values()],
    hostedZones: [...hostedZones],
    roles: [...roles].map((arn) => ({ arn })),
    policies: [...new Set(stages.flatMap(({ permissionsBoundaryArn: arn }) => (arn === undefined ? [] : [arn])))],
    apiGatewayLogRegions: [...new Set(withRestApi.map((stage) => stage.region))],
  };
}

/**
 * The path of moto_server 5 or newer, installed when this machine has none.
 *
 * @throws ToolError that names the programs to install
 */
export function motoServer(
  report: MotoSources["report"] = (message) => process.stderr.write(`${message}\n`),
): Promise<string> {
  return findMotoServer({ env: process.env, toolsFolder, report });
}

/**
 * Finds moto_server of a usable version, or installs it into a Python environment of its own.
 *
 * @throws ToolError that names the programs to install
 */
export async function findMotoServer({ env, toolsFolder, report }: MotoSources): Promise<string> {
  const rejected: string[] = [];
  for (const name of ["moto_server", join(toolsFolder, "moto/bin/moto_server")]) {
    const file = which.sync(name, { path: env.PATH, nothrow: true });
    if (file === null) continue;
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

/** The version of the moto package, from the Python that runs moto_server: the program itself does not print it. */
async function versionOf(file: string, env: MotoSources["env"]): Promise<string | undefined> {
  const interpreter = /^#!(\S*python[\d.]*)\s*$/.exec(readFileSync(file, "utf8").split("\n", 1)[0] ?? "")?.[1];
  const script = "import importlib.metadata as m; print(m.version('moto'))";
  try {
    const { stdout } = await promisify(execFile)(interpreter ?? "python3", ["-c", script], { env });
    return coerce(stdout)?.version;
  } catch {
    return undefined;
  }
}

/** A Python environment cannot be moved after its creation, so a link is put at the final path when it is complete. */
async function install(toolsFolder: string, env: MotoSources["env"]): Promise<string> {
  mkdirSync(toolsFolder, { recursive: true });
  const folder = mkdtempSync(join(toolsFolder, "moto-5.2.1-"));
  try {
    await runOrThrow("python3", ["-m", "venv", folder], env);
    await runOrThrow(join(folder, "bin/pip"), ["install", "--disable-pip-version-check", installed], env);
    symlinkSync(folder, `${folder}.link`);
    renameSync(`${folder}.link`, join(toolsFolder, "moto"));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return join(toolsFolder, "moto/bin/moto_server");
}

async function runOrThrow(program: string, args: readonly string[], env: MotoSources["env"]): Promise<void> {
  const { exitCode, tail } = await run(program, args, { env });
  if (exitCode === 0) return;
  // pip repeats each failed attempt to reach its index as a warning.
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
