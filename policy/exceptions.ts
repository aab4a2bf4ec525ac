import { ConfigError, type StageConfig } from "../schema";
import type { Finding } from "./finding";
import type { Rule, Rules } from "./rule";

type Exceptions = StageConfig["exceptions"];

/** Id under which an exception is reported that nothing breaks any more. */
export const staleException = "exception-in-use";

/** The rule about exceptions, for reports that list the rules. */
export const exceptionRule: Omit<Rule, "check"> = {
  severity: "low",
  why: "An exception that outlives its cause hides the next one.",
  source: "schema/exceptions.ts",
  mend: "remove it",
};

/** Findings that a stage's exceptions leave, and those exceptions that excuse nothing. */
export function withoutExcused(
  findings: readonly Finding[],
  exceptions: Exceptions,
  { stack, file }: Pick<Finding, "stack" | "file">,
): Finding[] {
  const excuses = exceptions.map((exception) => ({ ...exception, covers: covers(exception) }));
  const stale = excuses.flatMap(({ rule, resource, covers }, index): Finding[] => {
    if (findings.some(covers)) return [];
    return [
      {
        rule: staleException,
        severity: exceptionRule.severity,
        stack,
        file,
        resource: `exceptions[${index}]`,
        message: `excuses nothing: no ${resource} breaks ${rule}; ${exceptionRule.mend}`,
        source: exceptionRule.source,
      },
    ];
  });
  return [...findings.filter((finding) => !excuses.some(({ covers }) => covers(finding))), ...stale];
}

function covers({ rule, resource }: Exceptions[number]): (finding: Finding) => boolean {
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
              message: "is no rule of the policy; write one that npm run policy -- --rules lists",
            },
          ],
    ),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}

/** Path of a stage's file from the project's root, which its content agrees with. */
export function stageFile({ environment, stage, region }: StageConfig): string {
  return `config/${environment}/${stage}/${region}-${stage}.ts`;
}
