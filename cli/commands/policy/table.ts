import Table from "cli-table3";
import type { Report, ReportedRule } from "./report";

/** Findings for people, a block for each stack. */
export function table({ rules, stacks, findings }: Report): string {
  const summary =
    `${findings.length} finding${findings.length === 1 ? "" : "s"} of ${rules.length} rules ` +
    `in ${stacks.length} stack${stacks.length === 1 ? "" : "s"}`;
  if (findings.length === 0) return summary;
  const { lines, fitted } = wrapping("finding");
  for (const { name, file } of stacks) {
    const own = findings.filter(({ stack }) => stack === name);
    if (own.length > 0) lines.push([{ colSpan: 3, content: `${name} (${file})` }]);
    for (const { severity, rule, resource, message, source } of own) {
      lines.push([severity, rule, fitted(`${resource}\n${message} (${source})`)]);
    }
  }
  return `${lines.toString()}\n${summary}`;
}

/** The rules for people. */
export function rulesTable(rules: readonly ReportedRule[]): string {
  const { lines, fitted } = wrapping("why, and what to do");
  for (const { severity, id, why, mend, source, holds } of rules) {
    const where = holds === undefined ? "" : " In production.";
    lines.push([severity, id, fitted(`${why}${where}\n${mend} (${source})`)]);
  }
  return lines.toString();
}

/** A table whose last column takes what is left of the terminal's width, or of 120 characters. */
function wrapping(last: string) {
  const width = Math.max(80, process.stdout.isTTY ? process.stdout.columns : 120);
  const colWidths = [10, 30, width - 44];
  const head = ["severity", "rule", last];
  const lines = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [] } });
  // The table would cut off a word that is longer than its column, such as an address.
  const tooLong = new RegExp(`\\S{${width - 46}}(?=\\S)`, "g");
  return { lines, fitted: (text: string) => text.replace(tooLong, "$&\n") };
}
