import { Command } from "commander";
import {
  configOption,
  exitWith,
  lockTimeoutOption,
  positive,
  stackArgument,
  type ConfigFlags,
  type LockFlags,
} from "../../lib/command-line";
import { currentCommit } from "../../lib/git";
import { loadStage } from "../../lib/stacks";
import { print } from "../../lib/terminal";
import { PlanFile } from "./plan-file";
import { openSession, openTerraform, synthesizedStackFolder, type SessionOptions } from "./session";

export interface ApplyOptions extends SessionOptions {
  /** Age after which a plan has expired. */
  readonly maximumHours: number;
  /** How long to wait for the lock of the state, in Terraform's notation. */
  readonly lockTimeout: string;
}

interface Flags extends ConfigFlags, LockFlags {
  readonly maxAge: number;
}

/** `apply <stack>` */
export function applyCommand(): Command {
  return new Command("apply")
    .description("Applies the plan that the plan command saved in pipeline/<stack>/, and nothing else.")
    .addArgument(stackArgument())
    .addOption(configOption())
    .option("--max-age <hours>", "age after which a plan has expired", positive, 24)
    .addOption(lockTimeoutOption())
    .action((stack: string, { config, maxAge, lockTimeout }: Flags) =>
      exitWith((signal) => apply({ config, stack, maximumHours: maxAge, lockTimeout, signal })),
    );
}

/**
 * Applies the saved plan of a stack.
 *
 * @throws ToolError when the plan is of another commit or has expired, and when AWS or Terraform reports an error
 */
export async function apply({ config, stack, maximumHours, lockTimeout, signal }: ApplyOptions): Promise<number> {
  const file = new PlanFile(stack);
  loadStage(stack, config);
  file.verify({ stack, commit: await currentCommit(), now: new Date(), maximumHours });
  const session = await openSession({ config, stack, signal });
  file.restoreProviders(synthesizedStackFolder(stack, config));
  const { terraform } = await openTerraform(session);
  print(await terraform.apply(file.path, `-lock-timeout=${lockTimeout}`));
  return 0;
}
