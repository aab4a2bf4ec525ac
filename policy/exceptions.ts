import { ConfigError, stageFile, type StageConfig } from "../schema";
import type { Finding } from "./finding";
import type { Rule, Rules } from "./rule";

type Exceptions = StageConfig["exceptions"];

/** Id of the rule about exceptions. */
export const exceptionRuleId = "exception-unused";

/** The rule about exceptions, for reports that list the rules. */
export const exceptionRule: Omit<Rule, "check"> = {
  severity: "low",
  rationale: "An exception that is no longer needed permits the next violation of its rule.",
  source: "schema/stage.ts",
  remediation: "remove it from `exceptions`",
};

/** Findings that the exceptions of a stage do not permit, and a finding for each exception that permits none. */
export function withoutExcepted(
  findings: readonly Finding[],
  exceptions: Exceptions,
  { stack, file }: Pick<Finding, "stack" | "file">,
): Finding[] {
  const matchers = exceptions.map((exception) => ({ ...exception, matches: matcher(exception) }));
  const unused = matchers.flatMap(({ rule, resource, matches }, index): Finding[] => {
    if (findings.some(matches)) return [];
    return [
      {
        rule: exceptionRuleId,
        severity: exceptionRule.severity,
        stack,
        file,
        resource: `exceptions[${index}]`,
        message: `is not needed: ${rule} has no finding for ${resource}; ${exceptionRule.remediation}`,
        source: exceptionRule.source,
      },
    ];
  });
  return [...findings.filter((finding) => !matchers.some(({ matches }) => matches(finding))), ...unused];
}

function matcher({ rule, resource }: Exceptions[number]): (finding: Finding) => boolean {
  const address = new RegExp(`^${resource.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
  return (finding) => finding.rule === rule && address.test(finding.resource);
}

/**
 * Refuses exceptions from rules that do not exist.
 * @throws ConfigError that lists all of them
 */
export function refuseUnknownRules(stages: readonly StageConfig[], rules: Rules): void {
  const problems = stages.flatMap((stage) =>
    stage.exceptions.flatMap(({ rule }, index) =>
      rule in rules
        ? []
        : [
            {
              file: stageFile(stage),
              field: `exceptions[${index}].rule`,
              value: rule,
              message: "is not a rule of the policy; write the id of one that npm run policy -- --rules lists",
            },
          ],
    ),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}
