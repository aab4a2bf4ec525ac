import { loadStages } from "../../../../schema";
import { print } from "../../../lib/command-line/terminal";
import { stageOfStack } from "../../../lib/chosen";
import { currentCommit } from "../stack/commit";
import { PlanFile } from "../stack/plan-file";
import { openSession, openWorkplace, stackFolder } from "../stack/session";

/** What the caller chose. */
export interface ApplyOptions {
  readonly stack: string;
  /** Age at which a plan has expired. */
  readonly maximumHours: number;
  /** How long to wait for the state's lock, as Terraform writes it. */
  readonly lockTimeout: string;
  readonly signal: AbortSignal;
}

/**
 * Applies the saved plan of a stack, exactly that one.
 *
 * @throws ToolError when it is not the plan of this commit, and when AWS or Terraform refuses
 */
export async function apply({ stack, maximumHours, lockTimeout, signal }: ApplyOptions): Promise<number> {
  const file = new PlanFile(stack);
  stageOfStack(loadStages(), stack);
  file.accept({ stack, commit: await currentCommit(), now: new Date(), maximumHours });
  const session = await openSession(stack, signal);
  file.restoreProviders(stackFolder(stack));
  const { terraform } = await openWorkplace(session);
  print(await terraform.apply(file.path, `-lock-timeout=${lockTimeout}`));
  return 0;
}
