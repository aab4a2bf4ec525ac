import { accessForecast, type AccessForecast } from "./access/access";
import { addressForecast, type AddressChange } from "./addresses/changes";
import { allowancesFor, type Allowance } from "./allowances";
import { availabilityForecast } from "./availability/availability";
import type { Outage } from "./availability/outage";
import { dataForecast, type DataForecast } from "./data/data";
import type { Plan } from "./plan";

/** What a plan does to those who use the stage. Only a loss of data is refused. */
export interface GuardResult {
  readonly data: DataForecast;
  readonly availability: readonly Outage[];
  readonly access: AccessForecast;
  readonly addresses: readonly AddressChange[];
}

/** How a plan is checked. */
export interface GuardOptions {
  /** Resources whose data may be lost. */
  readonly allowances: readonly Allowance[];
  /** The stack of the plan. @default - not known, and no allowance may name one */
  readonly stack?: string;
}

/**
 * Checks a plan.
 *
 * @throws ToolError when an allowance names a stack and the plan's is not known
 */
export function guardPlan(plan: Plan, { allowances, stack }: GuardOptions): GuardResult {
  return {
    data: dataForecast(plan, allowancesFor(allowances, stack)),
    availability: availabilityForecast(plan),
    access: accessForecast(plan),
    addresses: addressForecast(plan),
  };
}
