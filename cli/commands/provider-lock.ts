import { homedir } from "node:os";
import { basename, relative } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { admits, testedProvider } from "../../schema";
import { lockFileOf, programOf } from "../../stacks/lock-file";
import { exitWith } from "../lib/command-line";
import { projectFolder, toolsFolder } from "../lib/project";
import { findProviderMirror } from "../lib/provider-mirror";
import { print } from "../lib/terminal";
import { findTerraform, platform } from "../lib/terraform-program";
import { lockProvider } from "./provider-lock/lock";

interface Flags {
  readonly platform: readonly string[];
  readonly release: string;
}

const flags = new Command("npm run provider-lock --")
  .description(
    "Writes the lock file of a release of the AWS provider, which synthesis copies into each stack that uses exactly that release. " +
      "TERRAFORM_BINARY_NAME=tofu writes the one of OpenTofu. Exit code 0: all platforms are locked; 1: some are not, or an error.",
  )
  .option(
    "--platform <os_arch>",
    "platform on which the team or its pipeline runs Terraform; repeat it for others (default: this machine's)",
    (value: string, previous: readonly string[]) => [...previous, platformName(value)],
    [],
  )
  .option("--release <version>", "release of the AWS provider", release, testedProvider)
  .parse()
  .opts<Flags>();

void exitWith(async (signal) => {
  const { release, platform: named } = flags;
  const platforms = named.length > 0 ? named : [platform()];
  const program = await findTerraform({ env: process.env, toolsFolder, report: print });
  const machine = { env: process.env, home: homedir(), projectFolder, toolsFolder, platform: platform() };
  const mirror = findProviderMirror({ ...machine, program: programOf(program), constraint: release });
  const lockFile = lockFileOf(release, programOf(program));
  const environment = { CHECKPOINT_DISABLE: "1" };
  const { missing } = await lockProvider({ program, environment, mirror, release, platforms, lockFile, signal });
  const locked = platforms.filter((each) => !missing.includes(each));
  print(`${relative(projectFolder, lockFile)} has the checksums of ${release} for ${locked.join(", ")}.`);
  if (missing.length === 0) return 0;
  print(
    `Nothing was added for ${missing.join(", ")}: the provider's registry does not answer, and the mirror on this machine holds no package for it.`,
    `${basename(program)} init fails there unless the file has its checksums already; run this command again where the registry answers.`,
  );
  return 1;
}, "the lock file is as it was");

function platformName(text: string): string {
  if (/^[a-z]+_[a-z0-9]+$/.test(text)) return text;
  throw new InvalidArgumentError("Write an operating system and an architecture, such as linux_amd64 or darwin_arm64.");
}

function release(text: string): string {
  if (/^\d+\.\d+\.\d+$/.test(text) && admits(`>= ${testedProvider}, < 7.0.0`, text)) return text;
  throw new InvalidArgumentError(`Write a release from ${testedProvider} to below 7.0.0, such as 6.25.0.`);
}
