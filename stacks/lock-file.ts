import { copyFileSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { TerraformStack } from "cdktf";
import { exactRelease } from "../schema";

/** Programs that apply a stack; each has a registry of its own, which publishes its own builds of the AWS provider. */
export type TerraformProgram = "terraform" | "tofu";

/** The program that a path names: OpenTofu's begins with `tofu`. */
export function programOf(path: string | undefined): TerraformProgram {
  return path !== undefined && basename(path).startsWith("tofu") ? "tofu" : "terraform";
}

/** The lock file of one release of the AWS provider, which need not exist; `npm run provider-lock` writes it. */
export function lockFileOf(release: string, program: TerraformProgram): string {
  return join(__dirname, "provider-locks", `aws-${release}.${program}.lock.hcl`);
}

/**
 * Lets synthesis copy the lock file of the one release that a constraint admits beside the stack's JSON, so that
 * `terraform init` installs the same build everywhere. Without such a file, `terraform init` makes one.
 * https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export function addLockFile(stack: TerraformStack, constraint: string): void {
  const release = exactRelease(constraint);
  if (release === undefined) return;
  // eslint-disable-next-line no-restricted-properties -- which program is installed differs between machines, not stages
  const lockFile = lockFileOf(release, programOf(process.env.TERRAFORM_BINARY_NAME));
  if (!existsSync(lockFile)) return;
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      synthesizer.synthesize(session);
      const { workingDirectory } = session.manifest.forStack(stack);
      copyFileSync(lockFile, join(session.outdir, workingDirectory, ".terraform.lock.hcl"));
    },
  };
}
