import { exceptionRule, exceptionRuleId } from "../../../policy/exceptions";
import type { AcceptedFinding, Finding } from "../../../policy/finding";
import type { Rule } from "../../../policy/rule";
import { rules } from "../../../policy/rules";

/** A rule as reports show it. */
export interface ReportedRule extends Omit<Rule, "check" | "acceptedBy"> {
  readonly id: string;
}

/** A stack that was checked. */
export interface CheckedStack {
  readonly name: string;
  /** Stage file of the stack, from the project's root. */
  readonly file: string;
  readonly inProduction: boolean;
}

/** The result of the policy for all stacks, which every format shows. */
export interface Report {
  readonly rules: readonly ReportedRule[];
  readonly stacks: readonly CheckedStack[];
  readonly findings: readonly Finding[];
  /** Violations for which a field of the stage file decides. */
  readonly accepted: readonly AcceptedFinding[];
}

/** The rules of the policy, and the rule about exceptions to them. */
export const reportedRules: readonly ReportedRule[] = [
  ...Object.entries(rules).map(([id, rule]) => ({ id, ...rule })),
  { id: exceptionRuleId, ...exceptionRule },
];
