import { refusedByMoto } from "./refused-by-moto";
import type { DocumentedRule, RuleSet } from "./rule";

/** The rules, and those that moto keeps, as rows of a Markdown table by service. */
export function ruleTable(sets: readonly RuleSet[]): string {
  const rules: readonly DocumentedRule[] = [...sets.flatMap((set) => set.rules), ...refusedByMoto];
  const rows = rules.toSorted((a, b) => a.service.localeCompare(b.service) || a.name.localeCompare(b.name)).map(row);
  return [
    "| Service | Operations | Rule | Error code | Source | Name |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function row({ service, operations, rule, code, source, name }: DocumentedRule): string {
  return `| ${service} | ${shown(operations)} | ${rule} | \`${code}\` | [AWS](${source}) | \`${name}\` |`;
}

/** All operations of a rule, or the first three of more than six. */
function shown(operations: readonly string[]): string {
  if (operations.length <= 6) return operations.join(", ");
  return `${operations.slice(0, 3).join(", ")} and ${operations.length - 3} more`;
}
