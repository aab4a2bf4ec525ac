import Table from "cli-table3";
import { version } from "../../../package.json";
import type { Finding } from "../../../policy/finding";
import type { Severity } from "../../../policy/rule";
import { junitReport, type JunitTest } from "../../lib/report";
import type { CheckedStack, Report, ReportedRule } from "./report";

/** The findings as text, with a block for each stack. */
export function table({ rules, stacks, findings }: Report): string {
  const summary =
    `${findings.length} finding${findings.length === 1 ? "" : "s"} of ${rules.length} rules ` +
    `in ${stacks.length} stack${stacks.length === 1 ? "" : "s"}`;
  if (findings.length === 0) return summary;
  const { lines, fit } = wrappedTable("finding");
  for (const { name, file } of stacks) {
    const own = findings.filter(({ stack }) => stack === name);
    if (own.length > 0) lines.push([{ colSpan: 3, content: `${name} (${file})` }]);
    for (const { severity, rule, resource, message, source } of own) {
      lines.push([severity, rule, fit(`${resource}\n${message} (${source})`)]);
    }
  }
  return `${lines.toString()}\n${summary}`;
}

/** The rules as text. */
export function rulesTable(rules: readonly ReportedRule[]): string {
  const { lines, fit } = wrappedTable("rationale and remediation");
  for (const { severity, id, why, mend, source, holds } of rules) {
    const scope = holds === undefined ? "" : " Applies in production.";
    lines.push([severity, id, fit(`${why}${scope}\n${mend} (${source})`)]);
  }
  return lines.toString();
}

/** The findings as JSON. */
export function json({ stacks, findings }: Report): string {
  return JSON.stringify({ stacks, findings }, undefined, 2);
}

/** The findings as a JUnit report with a suite for each stack and a test for each rule. */
export function junit({ rules, stacks, findings }: Report): string {
  return junitReport(
    stacks.map((stack) => ({ name: stack.name, tests: rules.map((rule) => junitTest(rule, stack, findings)) })),
  );
}

/** The findings as SARIF 2.1.0, the format of code scanning in GitHub and GitLab. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif({ rules, findings }: Report): string {
  const ids = rules.map(({ id }) => id);
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "policy", version, rules: rules.map(sarifRule) } },
          results: findings.map((finding) => sarifResult(finding, ids.indexOf(finding.rule))),
        },
      ],
    },
    undefined,
    2,
  );
}

/** A table whose last column has the remaining width of the terminal, or of 120 characters. */
function wrappedTable(lastColumn: string) {
  const width = Math.max(80, process.stdout.isTTY ? process.stdout.columns : 120);
  const colWidths = [10, 30, width - 44];
  const head = ["severity", "rule", lastColumn];
  const lines = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [] } });
  // The table truncates words that are longer than their column, such as addresses.
  const tooLong = new RegExp(`\\S{${width - 46}}(?=\\S)`, "g");
  return { lines, fit: (text: string) => text.replace(tooLong, "$&\n") };
}

function junitTest(
  { id, holds, why }: ReportedRule,
  { name, file, inProduction }: CheckedStack,
  findings: readonly Finding[],
): JunitTest {
  const own = findings.filter(({ rule, stack }) => rule === id && stack === name);
  return {
    name: id,
    file,
    ...(own.length > 0 && {
      // A test has one failure, which lists every finding.
      failure: {
        type: own[0]?.severity,
        message: why,
        details: own.map(({ resource, message }) => `${resource}: ${message}`).join("\n"),
      },
    }),
    ...(holds === "production" && !inProduction && { skipped: "applies in production" }),
  };
}

const sarifLevels: Readonly<Record<Severity, string>> = { high: "error", medium: "warning", low: "note" };

/** GitHub sorts by the score. https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const sarifScores: Readonly<Record<Severity, string>> = { high: "8.0", medium: "5.0", low: "2.0" };

function sarifRule({ id, why, mend, severity, source }: ReportedRule) {
  return {
    id,
    shortDescription: { text: why },
    help: { text: `Remediation: ${mend}. Source: ${source}` },
    ...(source.startsWith("https://") && { helpUri: source }),
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: { tags: ["security", source], "security-severity": sarifScores[severity] },
  };
}

/** The location is the first line of the stage file, and the resource. */
function sarifResult({ rule, severity, stack, file, resource, message }: Finding, ruleIndex: number) {
  const name = `${stack}/${resource}`;
  return {
    ruleId: rule,
    ruleIndex,
    level: sarifLevels[severity],
    message: { text: `${resource} ${message}.` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } },
        logicalLocations: [{ name: resource, fullyQualifiedName: name, kind: "resource" }],
      },
    ],
    // Identifies the finding when the files change.
    partialFingerprints: { "ruleAndResource/v1": `${rule} ${name}` },
  };
}
