import { dataProtectionOutput } from "../../../stacks/naming";
import { shellQuote } from "../../lib/shell";
import { ToolError } from "../../lib/tool-error";
import { lossesOf, type Loss } from "./losses";
import { readPlan, type Plan } from "./plan";

/** The data losses of a plan, by whether they are allowed. */
export interface GuardResult {
  readonly refused: readonly Loss[];
  /** Allowed by `--allow`. */
  readonly overridden: readonly Loss[];
  /** Allowed by the stage. */
  readonly unprotected: readonly Loss[];
}

/** The exit code for a plan that would lose data; 1 is reserved for invalid input. */
export const refusedExitCode = 2;

/**
 * Checks the plan in a file and prints the result; returns the exit code.
 *
 * @param allowed addresses of resources whose data may be lost
 * @throws ToolError when the file is not a plan, or an address in `allowed` has no effect
 */
export function guard(file: string, allowed: readonly string[], print: (text: string) => void): number {
  const result = guardPlan(readPlan(file), allowed);
  print(guardReport(result));
  return result.refused.length === 0 ? 0 : refusedExitCode;
}

/**
 * Checks a plan for data losses. Whether the stage allows them is read from the outputs of the last apply: a plan that
 * lifts the protection cannot use that yet.
 *
 * @param allowed addresses of resources whose data may be lost
 * @throws ToolError when one of them loses no data by this plan: a typing error, or an override that is no longer needed
 */
export function guardPlan(plan: Plan, allowed: readonly string[]): GuardResult {
  const losses = lossesOf(plan);
  if (plan.prior_state.values.outputs[dataProtectionOutput]?.value === "off") {
    return { refused: [], overridden: [], unprotected: losses };
  }
  const unused = allowed.filter((address) => !losses.some((loss) => loss.address === address));
  if (unused.length > 0) throw new ToolError(unused.map((address) => unusedMessage(plan, losses, address)).join("\n"));
  return {
    refused: losses.filter(({ address }) => !allowed.includes(address)),
    overridden: losses.filter(({ address }) => allowed.includes(address)),
    unprotected: [],
  };
}

/** The result as text, with the remedy for refused losses. */
export function guardReport({ refused, overridden, unprotected }: GuardResult): string {
  const allowed = [
    ...overridden.map((loss) => `Allowed by --allow: ${sentence(loss)}`),
    ...unprotected.map((loss) => `Allowed on this stage: ${sentence(loss)}`),
  ];
  if (refused.length === 0) {
    return [...allowed, allowed.length > 0 ? "The plan may be applied." : "The plan loses no data."].join("\n");
  }
  return [
    ...allowed,
    `Refused: the plan would lose data of ${refused.length} resource${refused.length === 1 ? "" : "s"}.`,
    "",
    ...refused.map((loss) => `  ${sentence(loss)}`),
    "",
    "If this is not intended, undo the change that causes it, and plan again.",
    "If it is intended, save the data (a snapshot, an export), and run the guard again with:",
    ...[...new Set(refused.map(({ address }) => address))].map((address) => `  --allow ${shellQuote(address)}`),
    "Or set allowDataLoss: true in the stage file, and deploy that change first.",
  ].join("\n");
}

function sentence({ name, effect, cause, data }: Loss): string {
  return `${name} ${effect}, as it ${cause}. It holds ${data}.`;
}

function unusedMessage(plan: Plan, losses: readonly Loss[], address: string): string {
  const isPlanned = plan.resource_changes.some((resource) => resource.address === address);
  const problem = isPlanned ? "loses no data by this plan" : "is not in this plan";
  const candidates = [...new Set(losses.map((loss) => loss.address))].join(", ");
  const remedy = candidates === "" ? "remove it, as the plan loses no data" : `remove it, or use one of ${candidates}`;
  return `--allow ${address} ${problem}; ${remedy}`;
}
