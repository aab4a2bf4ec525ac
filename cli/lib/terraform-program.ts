import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { isNativeError } from "node:util/types";
import { unzipSync } from "fflate";
import { gte } from "semver";
import which from "which";
import { z } from "zod";
import { ToolError } from "./tool-error";
import type { Environment } from "./run";

/** The first version, of Terraform as of OpenTofu, that locks a state in S3 without a DynamoDB table (`use_lockfile`). */
const oldest = "1.10.0";
const downloaded = "1.11.4";
const releases = "https://releases.hashicorp.com/terraform";
const timeoutMs = 300_000;

/** The program that an environment chooses, as a name or a path: what TERRAFORM_BINARY_NAME names, or Terraform. */
export function programIn({ TERRAFORM_BINARY_NAME: chosen }: Environment): string {
  return chosen === undefined || chosen === "" ? "terraform" : chosen;
}

/** The name of that program, as one types it. */
export function programNameIn(environment: Environment): string {
  return basename(programIn(environment));
}

/** Where Terraform is looked for. */
export interface TerraformSources {
  readonly env: Environment;
  /** Where a downloaded program is kept. */
  readonly toolsFolder: string;
  /** Called before a download, which takes long. */
  readonly report: (message: string) => void;
}

/** A zip file on a web server, next to the list of checksums that names it. */
export interface Archive {
  readonly url: string;
  readonly checksumsUrl: string;
  /** The program within the archive. */
  readonly program: string;
}

/**
 * Finds Terraform, or OpenTofu, of a usable version, and downloads Terraform when there is none.
 *
 * TERRAFORM_RELEASES_URL names a mirror of HashiCorp's releases.
 *
 * @throws ToolError that names the programs to install
 */
export async function findTerraform({ env, toolsFolder, report }: TerraformSources): Promise<string> {
  if (env.TERRAFORM_BINARY_NAME) return chosenTerraform(env.TERRAFORM_BINARY_NAME, env.PATH);

  const rejected: string[] = [];
  const ownCopy = join(toolsFolder, `terraform-${downloaded}`, "terraform");
  for (const name of ["terraform", "tofu", ownCopy]) {
    const file = findProgram(name, env.PATH);
    const problem = file === undefined ? undefined : await problemWith(file);
    if (problem !== undefined) rejected.push(problem);
    else if (file !== undefined) return file;
  }

  report(`Downloading Terraform ${downloaded} ...`);
  try {
    await downloadProgram(archive(env.TERRAFORM_RELEASES_URL ?? releases), ownCopy);
    return ownCopy;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(missing([...rejected, error.message]));
  }
}

/**
 * Downloads a program to `target`; a failed download leaves nothing there.
 *
 * @throws ToolError when the server does not answer, the answer is incomplete, or the archive has another checksum
 */
export async function downloadProgram(archive: Archive, target: string): Promise<void> {
  const [zip, checksums] = await Promise.all([fetchBytes(archive.url), fetchBytes(archive.checksumsUrl)]);
  verify(basename(archive.url), zip, Buffer.from(checksums).toString("utf8"));
  const program = unzipSync(zip, { filter: (file) => file.name === archive.program })[archive.program];
  if (!program) throw new ToolError(`${archive.url} does not contain ${archive.program}`);

  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(`${target}.download-`);
  try {
    const complete = join(folder, archive.program);
    writeFileSync(complete, program);
    chmodSync(complete, 0o755);
    renameSync(complete, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const processors: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** This machine as HashiCorp names it in downloads and provider folders, for example `linux_amd64`. */
export function platform(system: string = process.platform, processor: string = process.arch): string {
  return `${system}_${processors[processor] ?? processor}`;
}

async function chosenTerraform(name: string, searchPath: string | undefined): Promise<string> {
  const file = findProgram(name, searchPath);
  const problem = file === undefined ? "it was not found" : await problemWith(file);
  if (file !== undefined && problem === undefined) return file;
  throw new ToolError(
    `TERRAFORM_BINARY_NAME is "${name}", which cannot be used: ${problem ?? ""}; name one of ${oldest} or newer, or unset it`,
  );
}

/** The absolute path, as Terraform runs in the folder of a stack. */
function findProgram(name: string, searchPath: string | undefined): string | undefined {
  const file = which.sync(name, { path: searchPath, nothrow: true });
  return file === null ? undefined : resolve(file);
}

/** The reason that a program cannot be used; undefined when it can. */
async function problemWith(file: string): Promise<string | undefined> {
  const version = await versionOf(file);
  if (version === undefined) return `${file} does not run`;
  return gte(version, oldest) ? undefined : `${file} is version ${version}`;
}

/** OpenTofu prints its version under the same name. */
const versionOutput = z.object({ terraform_version: z.string() });

async function versionOf(file: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(file, ["version", "-json"]);
    // OpenTofu prints a warning before it, such as that the file of TF_CLI_CONFIG_FILE does not exist.
    return versionOutput.parse(JSON.parse(stdout.slice(stdout.indexOf("{")))).terraform_version;
  } catch {
    return undefined;
  }
}

function archive(baseUrl: string): Archive {
  const name = `terraform_${downloaded}`;
  return {
    url: `${baseUrl}/${downloaded}/${name}_${platform()}.zip`,
    checksumsUrl: `${baseUrl}/${downloaded}/${name}_SHA256SUMS`,
    program: "terraform",
  };
}

function missing(problems: readonly string[]): string {
  return [
    `Terraform or OpenTofu ${oldest} or newer is needed: install it from https://developer.hashicorp.com/terraform/install`,
    "or https://opentofu.org/docs/intro/install so that it is in your PATH, or name it in TERRAFORM_BINARY_NAME.",
    ...problems.map((problem) => `  - ${problem}`),
  ].join("\n");
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new ToolError(`${url} could not be downloaded: ${reasonOf(error)}`, { cause: error });
  }
}

/** The message of a failed fetch is only "fetch failed"; its cause holds the reason. */
function reasonOf(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  return isNativeError(error.cause) ? `${error.message} (${error.cause.message})` : error.message;
}

function verify(name: string, content: Uint8Array, checksums: string): void {
  const expected = checksums
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .find(([, file]) => file === name)?.[0];
  if (expected === undefined) throw new ToolError(`the list of checksums does not name ${name}`);
  const actual = createHash("sha256").update(content).digest("hex");
  if (actual !== expected) throw new ToolError(`${name} has the checksum ${actual}, but ${expected} was published`);
}
