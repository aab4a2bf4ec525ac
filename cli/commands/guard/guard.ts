import { readPlan } from "./plan";
import { report } from "./report";
import { judge } from "./verdict";

/** The exit code for a plan that would lose data; 1 is for input that cannot be judged. */
export const refusedExitCode = 2;

/**
 * Judges the plan in a file, and says so; returns the exit code.
 *
 * @param allowed addresses of resources that may be lost
 * @throws ToolError when the file or an address cannot be judged
 */
export function guard(file: string, allowed: readonly string[], say: (text: string) => void): number {
  const verdict = judge(readPlan(file), allowed);
  say(report(verdict));
  return verdict.refused.length === 0 ? 0 : refusedExitCode;
}
