import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { choosesProviderInstallation, mirrorConfiguration } from "./cli-configuration";
import { findProviderMirror } from "./provider-mirror";

/** What decides where the AWS provider comes from. */
export interface ProviderSources {
  readonly env: Readonly<Record<string, string | undefined>>;
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
 * The variables by which Terraform takes the AWS provider from the nearest place: as the user's own configuration says,
 * else from a folder on this machine, else from the registry with a cache of the project's own.
 */
export function providerEnvironment(sources: ProviderSources): Record<string, string> {
  const { env, toolsFolder } = sources;
  if (choosesProviderInstallation(sources)) return {};

  const registry = basename(sources.program).startsWith("tofu") ? "registry.opentofu.org" : "registry.terraform.io";
  const provider = `${registry}/hashicorp/aws`;
  const mirror = findProviderMirror({ ...sources, provider });
  if (mirror === undefined) return env.TF_PLUGIN_CACHE_DIR ? {} : ownCache(join(toolsFolder, "providers"));

  const file = join(toolsFolder, "terraform.rc");
  writeWhole(file, mirrorConfiguration(mirror, provider));
  return {
    TF_CLI_CONFIG_FILE: file,
    TF_CLI_ARGS_providers_lock: [env.TF_CLI_ARGS_providers_lock, `-fs-mirror=${quoted(mirror)}`].join(" ").trim(),
    // cdktf would copy the provider into a cache in the home folder.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
    // Terraform cannot copy a provider from the cache into the same cache.
    ...(mirror === env.TF_PLUGIN_CACHE_DIR && { TF_PLUGIN_CACHE_DIR: "" }),
  };
}

function ownCache(folder: string): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  // Each synthesis starts without a lock file, for which Terraform would download the provider in spite of the cache.
  return { TF_PLUGIN_CACHE_DIR: folder, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true" };
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** Several commands may start at once, and none may read a half-written file. */
function writeWhole(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === content) return;
  mkdirSync(join(file, ".."), { recursive: true });
  const part = `${file}.${process.pid}`;
  writeFileSync(part, content);
  renameSync(part, file);
}
