import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { satisfies } from "semver";
import { projectFolder, toolsFolder } from "./project";
import { shellQuote } from "./shell";
import { findTerraform, platform, type TerraformSources } from "./terraform-program";
import type { Environment } from "./run";

/** The versions of the AWS provider that the stacks accept. */
const accepted = ">=5.100.0 <7.0.0";

/** Where the AWS provider is looked for. */
export interface ProviderSources {
  readonly env: Environment;
  readonly home: string;
  readonly projectFolder: string;
  readonly toolsFolder: string;
  /** For example `linux_amd64`. */
  readonly platform: string;
  /** The path of Terraform or OpenTofu. */
  readonly program: string;
  /** @default "/" */
  readonly root?: string;
}

/**
 * The variables, to add to `process.env`, with which Terraform and cdktf run on this machine: the program (Terraform 1.10
 * or newer, or OpenTofu; downloaded when there is none), the source of the AWS provider, and no version checks.
 *
 * @throws ToolError that names the programs to install
 */
export async function terraformEnvironment(
  report: TerraformSources["report"] = (message) => process.stderr.write(`${message}\n`),
): Promise<Readonly<Record<string, string>>> {
  const program = await findTerraform({ env: process.env, toolsFolder, report });
  const searchPath = process.env.PATH?.split(delimiter) ?? [];
  const folder = dirname(program);
  const sources = { env: process.env, home: homedir(), projectFolder, toolsFolder, platform: platform(), program };
  return {
    CHECKPOINT_DISABLE: "1",
    TERRAFORM_BINARY_NAME: program,
    PATH: (searchPath.includes(folder) ? searchPath : [folder, ...searchPath]).join(delimiter),
    ...providerEnvironment(sources),
  };
}

/**
 * The variables that select the source of the AWS provider: the user's own configuration, else a mirror on this machine,
 * else the registry with a cache in the project.
 */
export function providerEnvironment(sources: ProviderSources): Record<string, string> {
  const { env, toolsFolder } = sources;
  if (choosesProviderInstallation(sources)) return {};

  const registry = basename(sources.program).startsWith("tofu") ? "registry.opentofu.org" : "registry.terraform.io";
  const provider = `${registry}/hashicorp/aws`;
  const mirror = findProviderMirror({ ...sources, provider });
  if (mirror === undefined) return env.TF_PLUGIN_CACHE_DIR ? {} : projectCache(join(toolsFolder, "providers"));

  const file = join(toolsFolder, "terraform.rc");
  writeAtomically(file, mirrorConfiguration(mirror, provider));
  return {
    TF_CLI_CONFIG_FILE: file,
    TF_CLI_ARGS_providers_lock: [env.TF_CLI_ARGS_providers_lock, `-fs-mirror=${shellQuote(mirror)}`].join(" ").trim(),
    // cdktf would copy the provider into a cache in the home folder.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
    // Terraform cannot copy a provider from the cache into the same cache.
    ...(mirror === env.TF_PLUGIN_CACHE_DIR && { TF_PLUGIN_CACHE_DIR: "" }),
  };
}

/** What decides where a mirror is looked for. */
export interface MirrorSearch extends Omit<ProviderSources, "toolsFolder" | "program"> {
  /** The AWS provider's address, which differs between Terraform and OpenTofu. */
  readonly provider: string;
}

/** A folder that holds an accepted AWS provider for this machine; undefined when there is none. */
export function findProviderMirror(search: MirrorSearch): string | undefined {
  return mirrorFolders(search).find((folder) => holdsProvider(join(folder, search.provider), search.platform));
}

/** Folders that Terraform searches itself, and folders for the whole machine. https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function mirrorFolders({ env, home, projectFolder, root = "/" }: MirrorSearch): string[] {
  const shared = env.XDG_DATA_DIRS?.split(delimiter) ?? [join(root, "usr/local/share"), join(root, "usr/share")];
  const dataFolders = [env.XDG_DATA_HOME ?? join(home, ".local/share"), ...shared];
  const implied = [
    join(projectFolder, "terraform.d/plugins"),
    join(home, ".terraform.d/plugins"),
    join(home, "Library/Application Support/io.terraform/plugins"),
    ...dataFolders.map((folder) => join(folder, "terraform/plugins")),
  ];
  const systemWide = ["opt", "srv", "usr/local", "usr/local/share", "usr/share", "var/lib"].map((name) =>
    join(root, name),
  );
  return [
    ...(env.TF_PLUGIN_CACHE_DIR ? [env.TF_PLUGIN_CACHE_DIR] : []),
    ...implied,
    ...systemWide.flatMap((folder) => list(folder).map((name) => join(folder, name))),
  ];
}

/** Accepts both layouts of a mirror: `<version>/<platform>/` and `terraform-provider-aws_<version>_<platform>.zip`. */
function holdsProvider(folder: string, platform: string): boolean {
  return list(folder).some((name) => {
    const packed = /^terraform-provider-aws_(.+?)_(.+)\.zip$/.exec(name);
    if (packed) return packed[2] === platform && satisfies(packed[1] ?? "", accepted);
    return satisfies(name, accepted) && list(join(folder, name, platform)).length > 0;
  });
}

/** Whether the user's own Terraform configuration chooses the source of providers; it then stays in force. */
function choosesProviderInstallation(owner: Pick<ProviderSources, "env" | "home">): boolean {
  return configurationFiles(owner).some((file) => /^\s*"?provider_installation"?\s*[:{]/m.test(codeIn(file)));
}

/** As Terraform does: a file named by the environment replaces all others. */
function configurationFiles({ env, home }: Pick<ProviderSources, "env" | "home">): string[] {
  const named = env.TF_CLI_CONFIG_FILE ?? env.TERRAFORM_CONFIG;
  if (named) return [named];
  const folder = join(home, ".terraform.d");
  return [
    join(home, ".terraformrc"),
    join(home, ".tofurc"),
    ...list(folder)
      .filter((name) => /\.tfrc(\.json)?$/.test(name))
      .map((name) => join(folder, name)),
  ];
}

/** The content of a configuration without block comments; empty when the file does not exist. */
function codeIn(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\/\*.*?\*\//gs, "");
  } catch {
    return "";
  }
}

/** Installs the AWS provider from a folder, and every other provider from its registry. */
function mirrorConfiguration(folder: string, provider: string): string {
  const [path, address] = [JSON.stringify(folder), JSON.stringify(provider)];
  return `provider_installation {
  filesystem_mirror {
    path    = ${path}
    include = [${address}]
  }
  direct {
    exclude = [${address}]
  }
}
`;
}

function projectCache(folder: string): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  // Each synthesis starts without a lock file, for which Terraform would download the provider in spite of the cache.
  return { TF_PLUGIN_CACHE_DIR: folder, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true" };
}

/** Commands that start at the same time must not read an incomplete file. */
function writeAtomically(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === content) return;
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}`;
  writeFileSync(part, content);
  renameSync(part, file);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
