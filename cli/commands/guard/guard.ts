import { guardPlan, type GuardOptions } from "./forecast";
import { readPlan } from "./plan";
import { guardReport } from "./report";

/** The exit code for a plan that would lose data; 1 is reserved for invalid input. */
export const refusedExitCode = 2;

/**
 * Checks the plan in a file and prints the result; returns the exit code.
 *
 * @throws ToolError when the file is not a plan, or an allowance names a stack and the plan's is not known
 */
export function guard(file: string, options: GuardOptions, print: (text: string) => void): number {
  const result = guardPlan(readPlan(file), options);
  print(guardReport(result, options.stack));
  return result.data.refused.length === 0 ? 0 : refusedExitCode;
}
