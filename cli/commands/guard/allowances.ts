import { ToolError } from "../../lib/tool-error";

/** A resource whose data may be lost. */
export interface Allowance {
  /** @default - the stack of the plan, whichever it is */
  readonly stack?: string;
  readonly address: string;
}

/** An allowance as it is written. */
export function allowanceText({ stack, address }: Allowance): string {
  return stack === undefined ? address : `${stack}:${address}`;
}

/** Reads `stack:address`, or an address alone. A stack has no dot before its colon, as every address has. */
export function allowanceOf(text: string): Allowance {
  const [, stack, address] = /^([a-z0-9-]+):(.+)$/i.exec(text) ?? [];
  return stack === undefined || address === undefined ? { address: text } : { stack, address };
}

/**
 * Reads the allowances of a variable, which apply to the plans of several stacks.
 *
 * @param variable its name in messages
 * @throws ToolError for an address without stack, which would be ambiguous
 */
export function allowancesOf(texts: readonly string[], variable: string): readonly Allowance[] {
  const allowances = texts.map(allowanceOf);
  const ambiguous = allowances.filter(({ stack }) => stack === undefined).map(({ address }) => address);
  if (ambiguous.length > 0) {
    throw new ToolError(
      `${variable} applies to the plans of all stacks, and ${ambiguous.join(", ")} names none; write <stack>:<address>`,
    );
  }
  return allowances;
}

/**
 * The allowances for the plan of a stack; those of other stacks are left out.
 *
 * @param stack of the plan. @default - it is not known
 * @throws ToolError when an allowance names a stack, and the stack of the plan is not known
 */
export function allowancesFor(allowances: readonly Allowance[], stack: string | undefined): readonly Allowance[] {
  const [named] = allowances.filter((allowance) => allowance.stack !== undefined);
  if (stack === undefined && named !== undefined) {
    throw new ToolError(
      `--allow ${allowanceText(named)} names a stack, and the stack of the plan is not known; add --stack <name>`,
    );
  }
  return allowances.filter((allowance) => allowance.stack === undefined || allowance.stack === stack);
}
