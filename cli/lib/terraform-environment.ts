import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { testedProvider } from "../../schema";
import { programOf } from "../../stacks/lock-file";
import { projectFolder, toolsFolder } from "./project";
import { findProviderMirror, namesIn, providerAddress } from "./provider-mirror";
import { shellQuote } from "./shell";
import { findTerraform, platform, type TerraformSources } from "./terraform-program";
import type { Environment } from "./run";

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
  /** Constraint on the releases of the AWS provider that the stack accepts. */
  readonly constraint: string;
  /** @default "/" */
  readonly root?: string;
}

/**
 * The variables, to add to `process.env`, with which Terraform and cdktf run on this machine: the program (Terraform or
 * OpenTofu 1.10 or newer; Terraform is downloaded when there is neither), the source of the AWS provider, and no version checks.
 *
 * @param constraint on the releases of the AWS provider that the stack accepts. @default - the tested release
 * @throws ToolError that names the programs to install
 */
export async function terraformEnvironment(
  report: TerraformSources["report"] = (message) => process.stderr.write(`${message}\n`),
  constraint: string = testedProvider,
): Promise<Readonly<Record<string, string>>> {
  const program = await findTerraform({ env: process.env, toolsFolder, report });
  const searchPath = process.env.PATH?.split(delimiter) ?? [];
  const folder = dirname(program);
  const machine = { env: process.env, home: homedir(), projectFolder, toolsFolder, platform: platform() };
  return {
    CHECKPOINT_DISABLE: "1",
    TERRAFORM_BINARY_NAME: program,
    PATH: (searchPath.includes(folder) ? searchPath : [folder, ...searchPath]).join(delimiter),
    ...providerEnvironment({ ...machine, program, constraint }),
  };
}

/**
 * The variables that select the source of the AWS provider: the user's own configuration, else a mirror on this machine,
 * else the registry with a cache in the project.
 */
export function providerEnvironment(sources: ProviderSources): Record<string, string> {
  const { env, toolsFolder } = sources;
  if (choosesProviderInstallation(sources)) return {};

  const program = programOf(sources.program);
  const mirror = findProviderMirror({ ...sources, program });
  if (mirror === undefined) return env.TF_PLUGIN_CACHE_DIR ? {} : projectCache(join(toolsFolder, "providers"));

  const file = join(toolsFolder, `${program}.rc`);
  writeAtomically(file, mirrorConfiguration(mirror, providerAddress(program)));
  return {
    TF_CLI_CONFIG_FILE: file,
    TF_CLI_ARGS_providers_lock: [env.TF_CLI_ARGS_providers_lock, `-fs-mirror=${shellQuote(mirror)}`].join(" ").trim(),
    // cdktf would copy the provider into a cache in the home folder.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
    // Terraform cannot copy a provider from the cache into the same cache.
    ...(mirror === env.TF_PLUGIN_CACHE_DIR && { TF_PLUGIN_CACHE_DIR: "" }),
  };
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
    ...namesIn(folder)
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
  // Terraform takes a provider from the cache when the stack's lock file has its checksum, and downloads it otherwise.
  return { TF_PLUGIN_CACHE_DIR: folder };
}

/** Commands that start at the same time must not read an incomplete file. */
function writeAtomically(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === content) return;
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}`;
  writeFileSync(part, content);
  renameSync(part, file);
}
