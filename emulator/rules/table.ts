import type { Rule, RuleSet } from "./rule";

/** The rules as rows of a Markdown table, by service: operations, error code, rule, source and name. */
export function ruleTable(sets: readonly RuleSet[]): string {
  const rules = sets.flatMap((set) => set.rules);
  const rows = rules.toSorted((a, b) => a.service.localeCompare(b.service) || a.name.localeCompare(b.name)).map(row);
  return [
    "| Service | Operations | Rule | Error code | Source | Name |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function row({ service, operations, rule, code, source, name }: Rule): string {
  return `| ${service} | ${operations.join(", ")} | ${rule} | \`${code}\` | [AWS](${source}) | \`${name}\` |`;
}
