import { stackName, stageFile, type StageConfig } from "../schema";

import { withoutExcepted } from "./exceptions";
import type { AcceptedFinding, Finding } from "./finding";
import { PolicyStack, type Rule, type Rules, type Violation } from "./rule";

/** The result of checking stacks. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Violations for which a field of the stage file decides. */
  readonly accepted: readonly AcceptedFinding[];
}

/** Checks the synthesized Terraform of a stack against the rules, with the decisions and exceptions of its stage. */
export function checkStack(stage: StageConfig, synthesized: unknown, rules: Rules): CheckResult {
  const origin = { stack: stackName(stage), file: stageFile(stage) };
  const stack = new PolicyStack(synthesized, stage);
  const results = violatedRules(stack, rules).map(({ id, rule, violation }) => ({
    ...origin,
    rule: id,
    severity: rule.severity,
    resource: violation.resource,
    message: `${violation.problem}; ${rule.remediation}`,
    source: rule.source,
    field: rule.acceptedBy?.(stage, violation, stack),
  }));
  const findings = results.flatMap(({ field, ...finding }): Finding[] => (field === undefined ? [finding] : []));
  const accepted = results.flatMap(({ field, ...finding }): AcceptedFinding[] =>
    field === undefined ? [] : [{ ...finding, field }],
  );
  return { findings: withoutExcepted(findings, stage.exceptions, origin), accepted };
}

/** The violations of a stack, without those that another rule supersedes. */
export function violatedRules(
  stack: PolicyStack,
  rules: Rules,
): readonly { readonly id: string; readonly rule: Rule; readonly violation: Violation }[] {
  const all = Object.entries(rules)
    .filter(([, { appliesTo }]) => appliesTo === undefined || stack.inProduction)
    .flatMap(([id, rule]) => rule.check(stack).map((violation) => ({ id, rule, violation })));
  return all.filter(({ id, violation: { resource } }) =>
    all.every(({ rule, violation }) => violation.resource !== resource || rule.supersedes?.includes(id) !== true),
  );
}
