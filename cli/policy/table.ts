import Table from "cli-table3";
import type { Report, ReportedRule } from "./report";

/** Findings for people, a block for each stack. */
export function table({ rules, stacks, findings }: Report): string {
  const summary =
    `${findings.length} finding${findings.length === 1 ? "" : "s"} of ${rules.length} rules ` +
    `in ${stacks.length} stack${stacks.length === 1 ? "" : "s"}`;
  if (findings.length === 0) return summary;
  const lines = wrapping(["severity", "rule", "finding"], [10, 30]);
  for (const { name, file } of stacks) {
    const own = findings.filter(({ stack }) => stack === name);
    if (own.length > 0) lines.push([{ colSpan: 3, content: `${name} (${file})` }]);
    for (const { severity, rule, resource, message, source } of own) {
      lines.push([severity, rule, `${resource}\n${message} (${source})`]);
    }
  }
  return `${lines.toString()}\n${summary}`;
}

/** The rules for people. */
export function rulesTable(rules: readonly ReportedRule[]): string {
  const lines = wrapping(["severity", "rule", "why, and what to do"], [10, 30]);
  for (const { severity, id, why, mend, source, holds } of rules) {
    const where = holds === undefined ? "" : ` In production.`;
    lines.push([severity, id, `${why}${where}\n${mend} (${source})`]);
  }
  return lines.toString();
}

/** A table whose last column takes what is left of the terminal's width, or of 120 characters. */
function wrapping(head: string[], widths: readonly number[]): Table.Table {
  const width = process.stdout.isTTY ? process.stdout.columns : 120;
  const left = width - widths.reduce((sum, each) => sum + each, 0) - widths.length - 2;
  return new Table({
    head,
    colWidths: [...widths, Math.max(40, left)],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
}
