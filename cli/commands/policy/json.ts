import type { Report } from "./report";

/** Findings as they are, for programs. */
export function json({ stacks, findings }: Report): string {
  return JSON.stringify({ stacks, findings }, undefined, 2);
}
