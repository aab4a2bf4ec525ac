import { version } from "../../../package.json";
import type { AcceptedFinding, Finding } from "../../../policy/finding";
import type { Severity } from "../../../policy/rule";
import type { Report, ReportedRule } from "./report";

const levels: Readonly<Record<Severity, string>> = { high: "error", medium: "warning", low: "note" };

/** By which GitHub sorts. https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const scores: Readonly<Record<Severity, string>> = { high: "8.0", medium: "5.0", low: "2.0" };

/** SARIF 2.1.0, which code scanning of GitHub, GitLab and editors reads. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif({ rules, findings, accepted }: Report): string {
  const ids = rules.map(({ id }) => id);
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "policy", version, rules: rules.map(descriptor) } },
          results: [
            ...findings.map((finding) => result(finding, ids.indexOf(finding.rule))),
            ...accepted.map((finding) => suppressed(finding, ids.indexOf(finding.rule))),
          ],
        },
      ],
    },
    undefined,
    2,
  );
}

function descriptor({ id, rationale, remediation, severity, source }: ReportedRule) {
  return {
    id,
    shortDescription: { text: rationale },
    help: { text: `Remediation: ${remediation}. Source: ${source}` },
    ...(source.startsWith("https://") && { helpUri: source }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["security", source], "security-severity": scores[severity] },
  };
}

/** The location is the stage file, whose lines are not known, and the address of the resource. */
function result({ rule, severity, stack, file, resource, message }: Finding, ruleIndex: number) {
  const name = `${stack}/${resource}`;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: `${resource} ${message}.` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } },
        logicalLocations: [{ name: resource, fullyQualifiedName: name, kind: "resource" }],
      },
    ],
    // Identifies the finding when lines of the stage file change.
    partialFingerprints: { "ruleAndResource/v1": `${rule} ${name}` },
  };
}

/** A violation that the stage file permits, which viewers show as suppressed. */
function suppressed(finding: AcceptedFinding, ruleIndex: number) {
  const justification = `accepted by ${finding.field}`;
  return { ...result(finding, ruleIndex), suppressions: [{ kind: "inSource", status: "accepted", justification }] };
}
