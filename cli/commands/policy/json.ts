import type { Report } from "./report";

/** The findings as JSON. */
export function json({ stacks, findings, accepted }: Report): string {
  return JSON.stringify({ stacks, findings, accepted }, undefined, 2);
}
