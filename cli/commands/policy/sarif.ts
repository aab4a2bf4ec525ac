import { version } from "../../../package.json";
import type { Finding } from "../../../policy/finding";
import type { Severity } from "../../../policy/rule";
import type { Report, ReportedRule } from "./report";

const levels: Readonly<Record<Severity, string>> = { high: "error", medium: "warning", low: "note" };

/** By which GitHub sorts. https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const scores: Readonly<Record<Severity, string>> = { high: "8.0", medium: "5.0", low: "2.0" };

/** SARIF 2.1.0, which code scanning of GitHub, GitLab and editors reads. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif({ rules, findings }: Report): string {
  const ids = rules.map(({ id }) => id);
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "policy", version, rules: rules.map(descriptor) } },
          results: findings.map((finding) => result(finding, ids.indexOf(finding.rule))),
        },
      ],
    },
    undefined,
    2,
  );
}

function descriptor({ id, why, mend, severity, source }: ReportedRule) {
  return {
    id,
    shortDescription: { text: why },
    help: { text: `To mend it, ${mend}. Source: ${source}` },
    ...(source.startsWith("https://") && { helpUri: source }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["security", source], "security-severity": scores[severity] },
  };
}

/** Stage files are typed by hand: the resource that they became is the place to look for. */
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
    // A finding stays the same one while files change around it.
    partialFingerprints: { "ruleAndResource/v1": `${rule} ${name}` },
  };
}
