import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { TerraformStack } from "cdktf";
import { admits, exactRelease } from "../schema";

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
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      synthesizer.synthesize(session);
      const { workingDirectory } = session.manifest.forStack(stack);
      writeLockFile(join(session.outdir, workingDirectory), constraint);
    },
  };
}

/** Copies the kept lock file into a stack's folder; without one, removes what an earlier constraint left there. */
function writeLockFile(folder: string, constraint: string): void {
  const target = join(folder, ".terraform.lock.hcl");
  const release = exactRelease(constraint);
  // eslint-disable-next-line no-restricted-properties -- which program is installed differs between machines, not stages
  const program = programOf(process.env.TERRAFORM_BINARY_NAME);
  const kept = release === undefined ? undefined : lockFileOf(release, program);
  if (kept !== undefined && existsSync(kept)) copyFileSync(kept, target);
  else if (existsSync(target) && !admits(constraint, lockedRelease(target))) rmSync(target);
}

function lockedRelease(lockFile: string): string {
  return /^\s*version\s*=\s*"(.+)"/m.exec(readFileSync(lockFile, "utf8"))?.[1] ?? "";
}
