import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { gte } from "semver";
import { z } from "zod";
import { downloadProgram } from "./download";
import { findProgram } from "./find-program";
import { platform } from "./platform";
import { ToolError } from "./tool-error";

/** The first version that locks a state in S3 without a DynamoDB table (`use_lockfile`). */
const oldest = "1.10.0";
const downloaded = "1.11.4";
const releases = "https://releases.hashicorp.com/terraform";

/** Where a Terraform program may come from. */
export interface TerraformSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where a downloaded program is kept. */
  readonly toolsFolder: string;
  /** Told what takes long. */
  readonly report: (message: string) => void;
}

/**
 * Finds Terraform, or OpenTofu, of a usable version, and downloads Terraform when there is none.
 *
 * TERRAFORM_RELEASES_URL names a mirror of HashiCorp's releases.
 *
 * @throws ToolError that says what to install
 */
export async function findTerraform({ env, toolsFolder, report }: TerraformSources): Promise<string> {
  if (env.TERRAFORM_BINARY_NAME) return chosenTerraform(env.TERRAFORM_BINARY_NAME, env.PATH);

  const rejected: string[] = [];
  const kept = join(toolsFolder, `terraform-${downloaded}`, "terraform");
  for (const file of [findProgram("terraform", env.PATH), findProgram("tofu", env.PATH), findProgram(kept)]) {
    const problem = file === undefined ? undefined : await problemWith(file);
    if (problem !== undefined) rejected.push(problem);
    else if (file !== undefined) return file;
  }

  report(`Downloading Terraform ${downloaded} ...`);
  try {
    await downloadProgram(archive(env.TERRAFORM_RELEASES_URL ?? releases), kept);
    return kept;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(missing([...rejected, error.message]));
  }
}

async function chosenTerraform(name: string, searchPath: string | undefined): Promise<string> {
  const file = findProgram(name, searchPath);
  const problem = file === undefined ? "it was not found" : await problemWith(file);
  if (file !== undefined && problem === undefined) return file;
  throw new ToolError(`TERRAFORM_BINARY_NAME is "${name}", which cannot be used: ${problem ?? ""}`);
}

/** Why a program cannot be used; undefined when it can. */
async function problemWith(file: string): Promise<string | undefined> {
  const version = await versionOf(file);
  if (version === undefined) return `${file} does not run`;
  return gte(version, oldest) ? undefined : `${file} is version ${version}`;
}

const versionOutput = z.object({ terraform_version: z.string() });

async function versionOf(file: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(file, ["version", "-json"]);
    return versionOutput.parse(JSON.parse(stdout)).terraform_version;
  } catch {
    return undefined;
  }
}

function archive(baseUrl: string) {
  const name = `terraform_${downloaded}`;
  return {
    url: `${baseUrl}/${downloaded}/${name}_${platform()}.zip`,
    checksumsUrl: `${baseUrl}/${downloaded}/${name}_SHA256SUMS`,
    program: "terraform",
  };
}

function missing(problems: readonly string[]): string {
  return [
    `Terraform ${oldest} or newer is needed (or OpenTofu): install it from https://developer.hashicorp.com/terraform/install`,
    "so that it is in your PATH, or name it in TERRAFORM_BINARY_NAME.",
    ...problems.map((problem) => `  - ${problem}`),
  ].join("\n");
}
