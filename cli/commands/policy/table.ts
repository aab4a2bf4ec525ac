import Table from "cli-table3";
import type { Report, ReportedRule } from "./report";

/** The findings as a table, with a block for each stack. */
export function table({ rules, stacks, findings, accepted }: Report): string {
  const summary =
    `${findings.length} finding${findings.length === 1 ? "" : "s"} of ${rules.length} rules ` +
    `in ${stacks.length} stack${stacks.length === 1 ? "" : "s"}` +
    (accepted.length === 0 ? "" : `, ${accepted.length} accepted by fields of stage files`);
  if (findings.length + accepted.length === 0) return summary;
  const { lines, fitted } = wrapping("finding");
  for (const { name, file } of stacks) {
    const own = findings.filter(({ stack }) => stack === name);
    const permitted = accepted.filter(({ stack }) => stack === name);
    if (own.length + permitted.length > 0) lines.push([{ colSpan: 3, content: `${name} (${file})` }]);
    for (const { severity, rule, resource, message, source } of own) {
      lines.push([severity, rule, fitted(`${resource}\n${message} (${source})`)]);
    }
    for (const { rule, resource, field } of permitted) {
      lines.push(["accepted", rule, fitted(`${resource}\naccepted by ${field}`)]);
    }
  }
  return `${lines.toString()}\n${summary}`;
}

/** The rules as a table. */
export function rulesTable(rules: readonly ReportedRule[]): string {
  const { lines, fitted } = wrapping("rationale and remediation");
  for (const { severity, id, rationale, remediation, source, appliesTo } of rules) {
    const where = appliesTo === undefined ? "" : " Applies to production.";
    lines.push([severity, id, fitted(`${rationale}${where}\n${remediation} (${source})`)]);
  }
  return lines.toString();
}

/** A table whose last column takes the remaining width of the terminal, or of 120 characters. */
function wrapping(last: string) {
  const width = Math.max(80, process.stdout.isTTY ? process.stdout.columns : 120);
  const colWidths = [10, 30, width - 44];
  const head = ["severity", "rule", last];
  const lines = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [] } });
  // The table truncates a word that is longer than its column, such as an address.
  const tooLong = new RegExp(`\\S{${width - 46}}(?=\\S)`, "g");
  return { lines, fitted: (text: string) => text.replace(tooLong, "$&\n") };
}
