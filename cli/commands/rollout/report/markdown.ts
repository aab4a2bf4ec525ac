import type { Verdict } from "../judge";
import { sectionsOf, type Section } from "./sections";
import { headline } from "./text";

/** A note for a merge request: what came out above, the details to unfold. */
export function markdownOf(stack: string, verdicts: readonly Verdict[]): string {
  return [`## Rollout of ${stack}`, ...verdicts.flatMap(noteOf), ""].join("\n\n").trimEnd() + "\n";
}

function noteOf(verdict: Verdict): string[] {
  const { summary, diagnosis } = verdict;
  return [
    `### ${headline(verdict)}`,
    summary,
    ...(diagnosis === undefined ? [] : ["Look at this first:", fenced([diagnosis])]),
    ...sectionsOf(verdict).map(unfoldable),
  ];
}

const unfoldable = ({ title, lines }: Section) =>
  [`<details><summary>${title}</summary>`, fenced(lines), "</details>"].join("\n\n");

/** What programs wrote must not become Markdown: the fence is longer than any that it holds. */
function fenced(lines: readonly string[]): string {
  const text = lines.join("\n");
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, text, fence].join("\n");
}
