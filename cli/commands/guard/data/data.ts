import type { Allowance } from "../allowances";
import { dataProtectionOutput } from "../../../../stacks/naming";
import type { Plan } from "../plan";
import { deletionsOf } from "./deletions";
import type { Loss } from "./loss";
import { divideByService } from "./removed-services";
import { valueChangesOf } from "./value-changes";

/** What a plan does with data, by whether it is allowed. */
export interface DataForecast {
  readonly refused: readonly Loss[];
  /** Allowed by `--allow`. */
  readonly overridden: readonly Loss[];
  /** Allowed by the stage. */
  readonly unprotected: readonly Loss[];
  /** Removed together with the service that they belong to. */
  readonly withService: readonly Loss[];
  /** Protections that are removed: nothing is lost yet. */
  readonly protections: readonly Loss[];
  /** Allowances that name no loss of the plan. */
  readonly unused: readonly Allowance[];
}

/**
 * Finds the data losses of a plan. Whether the stage allows them is read from the outputs of the last apply: a plan that
 * lifts the protection cannot use that yet.
 *
 * @param allowances for the stack of the plan
 */
export function dataForecast(plan: Plan, allowances: readonly Allowance[]): DataForecast {
  const { withService, others } = divideByService(deletionsOf(plan), plan);
  const { losses, protections } = valueChangesOf(plan);
  const all = [...others, ...losses];
  const isAllowed = ({ address }: Loss) => allowances.some((allowance) => allowance.address === address);
  const isStageUnprotected = plan.prior_state.values.outputs[dataProtectionOutput]?.value === "off";
  return {
    refused: isStageUnprotected ? [] : all.filter((loss) => !isAllowed(loss)),
    overridden: isStageUnprotected ? [] : all.filter(isAllowed),
    unprotected: isStageUnprotected ? all : [],
    withService,
    protections,
    unused: allowances.filter(({ address }) => ![...all, ...withService].some((loss) => loss.address === address)),
  };
}
