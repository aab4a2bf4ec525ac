import { dataProtectionOutput } from "../../../stacks/naming";
import { ToolError } from "../../lib/tool-error";
import { lossesOf, type Loss } from "./losses";
import type { Plan } from "./plan";

/** What a plan would lose, by why it may. */
export interface Verdict {
  readonly refused: readonly Loss[];
  readonly overridden: readonly Loss[];
  /** What a stage loses whose data may be lost. */
  readonly unprotected: readonly Loss[];
}

/**
 * Judges a plan. Whether its stage protects data is what was applied last: a plan that lifts the protection cannot use
 * it yet.
 *
 * @param allowed addresses of resources that may be lost
 * @throws ToolError when one of them would not be lost: a typo, or an override that has done its work
 */
export function judge(plan: Plan, allowed: readonly string[]): Verdict {
  const losses = lossesOf(plan);
  if (plan.prior_state.values.outputs[dataProtectionOutput]?.value === "off") {
    return { refused: [], overridden: [], unprotected: losses };
  }
  const useless = allowed.filter((address) => !losses.some((loss) => loss.address === address));
  if (useless.length > 0) throw new ToolError(useless.map((address) => uselessness(plan, losses, address)).join("\n"));
  return {
    refused: losses.filter(({ address }) => !allowed.includes(address)),
    overridden: losses.filter(({ address }) => allowed.includes(address)),
    unprotected: [],
  };
}

function uselessness(plan: Plan, losses: readonly Loss[], address: string): string {
  const isPlanned = plan.resource_changes.some((resource) => resource.address === address);
  const problem = isPlanned ? "would lose no data by this plan" : "is not in this plan";
  const candidates = [...new Set(losses.map((loss) => loss.address))].join(", ");
  const remedy =
    candidates === "" ? "remove it: the plan needs no override" : `remove it, or name one of ${candidates}`;
  return `--allow ${address} ${problem}; ${remedy}`;
}
