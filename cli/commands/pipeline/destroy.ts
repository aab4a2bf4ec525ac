import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import {
  configOption,
  exitWith,
  lockTimeoutOption,
  stackArgument,
  type ConfigFlags,
  type LockFlags,
} from "../../lib/command-line";
import { loadStage } from "../../lib/stacks";
import { print } from "../../lib/terminal";
import { ToolError } from "../../lib/tool-error";
import { protections } from "./protection";
import { openSession, openTerraform, type SessionOptions } from "./session";

export interface DestroyOptions extends SessionOptions {
  /** The stack once more, which a stack that is not short-lived requires. @default - not given */
  readonly confirm?: string;
  /** How long to wait for the lock of the state, in Terraform's notation. */
  readonly lockTimeout: string;
}

type Flags = ConfigFlags & LockFlags & Pick<DestroyOptions, "confirm">;

/** `destroy <stack>` */
export function destroyCommand(): Command {
  return new Command("destroy")
    .description(
      "Destroys a short-lived stack with all its data. A stack that keeps data, or is in production, requires --confirm.",
    )
    .addArgument(stackArgument())
    .addOption(configOption())
    .option("--confirm <stack>", "the stack once more")
    .addOption(lockTimeoutOption())
    .action((stack: string, flags: Flags) => exitWith((signal) => destroy({ stack, ...flags, signal })));
}

/**
 * Destroys a stack with all its data.
 *
 * @throws ToolError when the stack is not short-lived and not confirmed
 */
export async function destroy({ config, stack, confirm, lockTimeout, signal }: DestroyOptions): Promise<number> {
  const reasons = protections(loadStage(stack, config));
  if (confirm !== undefined && confirm !== stack) {
    throw new ToolError(`--confirm names ${confirm}, and the stack is ${stack}; nothing was destroyed`);
  }
  if (reasons.length > 0 && confirm === undefined) {
    throw new ToolError(
      `${stack} is not a short-lived stack, and nothing was destroyed: ${reasons.join("; ")}. To destroy it with its data, add --confirm ${stack}`,
    );
  }
  const { terraform } = await openTerraform(await openSession({ config, stack, signal }));
  const folder = mkdtempSync(join(tmpdir(), "destroy-"));
  try {
    const file = join(folder, "destroy.tfplan");
    const lock = `-lock-timeout=${lockTimeout}`;
    const hasResources = await terraform.plan(file, "-destroy", lock);
    print(hasResources ? await terraform.apply(file, lock) : `${stack} has no resources.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}
