import type { Synthesis } from "./synthesized";

/** How the stacks differ from those of the target branch. */
export interface Difference {
  /** Stacks that the target branch does not have. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Stacks that only the target branch has. */
  readonly removed: readonly string[];
}

/** Compares two syntheses; without an earlier one, every stack is new. */
export function differenceOf(now: Synthesis, before: Synthesis = new Map<string, string>()): Difference {
  const names = [...now.keys()];
  return {
    added: names.filter((name) => !before.has(name)),
    changed: names.filter((name) => before.has(name) && before.get(name) !== now.get(name)),
    removed: [...before.keys()].filter((name) => !now.has(name)),
  };
}
