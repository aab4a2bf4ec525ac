import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadStages } from "../../../../schema";
import { print } from "../../../lib/command-line/terminal";
import { stageOfStack } from "../../../lib/chosen";
import { ToolError } from "../../../lib/toolchain";
import { protections } from "../stack/protection";
import { openSession, openWorkplace } from "../stack/session";

/** What the caller chose. */
export interface DestroyOptions {
  readonly stack: string;
  /** The stack once more, for one that keeps its data. @default - not given */
  readonly confirm?: string;
  /** How long to wait for the state's lock, as Terraform writes it. */
  readonly lockTimeout: string;
  readonly signal: AbortSignal;
}

/**
 * Destroys a short-lived stack with all its data.
 *
 * @throws ToolError when the stage promises to keep its data, and the stack is not named twice
 */
export async function destroy({ stack, confirm, lockTimeout, signal }: DestroyOptions): Promise<number> {
  const reasons = protections(stageOfStack(loadStages(), stack));
  if (confirm !== undefined && confirm !== stack) {
    throw new ToolError(`--confirm names ${confirm}, and the stack is ${stack}; nothing was destroyed`);
  }
  if (reasons.length > 0 && confirm === undefined) {
    throw new ToolError(
      `${stack} is no short-lived stack, and nothing was destroyed: ${reasons.join("; ")}. If it is meant, add --confirm ${stack}`,
    );
  }
  const { terraform } = await openWorkplace(await openSession(stack, signal));
  const folder = mkdtempSync(join(tmpdir(), "destroy-"));
  try {
    const file = join(folder, "destroy.tfplan");
    const lock = `-lock-timeout=${lockTimeout}`;
    const isAny = await terraform.plan(file, "-destroy", lock);
    print(isAny ? await terraform.apply(file, lock) : `${stack} holds nothing.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}
