import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { programOf } from "../../../stacks/lock-file";
import { platformsIn } from "../../lib/provider-mirror";
import { run, type Environment, type RunResult } from "../../lib/run";
import { ToolFailure } from "../../lib/tool-error";

export interface LockRequest {
  /** The path of Terraform or OpenTofu. */
  readonly program: string;
  /** Added to the environment of this process. */
  readonly environment: Environment;
  /** A folder of this machine that holds the release. @default - none */
  readonly mirror?: string | undefined;
  /** Release of the AWS provider. */
  readonly release: string;
  /** Such as `linux_amd64`. */
  readonly platforms: readonly string[];
  /** Extended when it exists. */
  readonly lockFile: string;
  readonly signal: AbortSignal;
}

/** Platforms whose packages neither the registry nor the mirror has. */
export interface LockResult {
  readonly missing: readonly string[];
}

/**
 * Writes the checksums of a release into its lock file, by `terraform providers lock`: those that the provider's registry
 * publishes, or, where it does not answer, those of the packages that the mirror on this machine holds.
 * https://developer.hashicorp.com/terraform/cli/commands/providers/lock
 *
 * @throws ToolError when the checksums of no platform can be had; the lock file is then as it was
 */
export async function lockProvider(request: LockRequest): Promise<LockResult> {
  const { program, release, platforms, lockFile } = request;
  const folder = mkdtempSync(join(tmpdir(), "provider-lock-"));
  const result = join(folder, ".terraform.lock.hcl");
  try {
    const required_providers = { aws: { source: "hashicorp/aws", version: release } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
    if (existsSync(lockFile)) copyFileSync(lockFile, result);

    const published = await providersLock(request, folder, platforms);
    const available = published.exitCode === 0 ? platforms : mirrored(request);
    const { exitCode, tail } =
      published.exitCode === 0 || available.length === 0
        ? published
        : await providersLock(request, folder, available, `-fs-mirror=${request.mirror ?? ""}`);
    if (exitCode !== 0) throw new ToolFailure(`${basename(program)} providers lock`, exitCode, tail);
    copyFileSync(result, lockFile);
    return { missing: platforms.filter((each) => !available.includes(each)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The platforms whose packages the mirror holds. */
function mirrored({ program, mirror, release, platforms }: LockRequest): readonly string[] {
  if (mirror === undefined) return [];
  const held = platformsIn(mirror, programOf(program), release);
  return platforms.filter((each) => held.includes(each));
}

function providersLock(
  { program, environment, signal }: LockRequest,
  folder: string,
  platforms: readonly string[],
  ...flags: readonly string[]
): Promise<RunResult> {
  const args = ["providers", "lock", ...flags, ...platforms.map((each) => `-platform=${each}`)];
  // Otherwise a machine without a connection waits for minutes.
  const env = { TF_REGISTRY_DISCOVERY_RETRY: "0", ...environment };
  return run(program, [`-chdir=${folder}`, ...args], { env, signal });
}
