import { exceptionRule, staleException } from "../../../policy/exceptions";
import type { Finding } from "../../../policy/finding";
import type { Rule } from "../../../policy/rule";
import { rules } from "../../../policy/rules";

/** A rule with its id, without its check. */
export interface ReportedRule extends Omit<Rule, "check"> {
  readonly id: string;
}

/** A stack that was checked. */
export interface CheckedStack {
  readonly name: string;
  /** Stage file of the stack, from the project's root. */
  readonly file: string;
  readonly inProduction: boolean;
}

/** The findings of the policy in all stacks, which every format shows. */
export interface Report {
  readonly rules: readonly ReportedRule[];
  readonly stacks: readonly CheckedStack[];
  readonly findings: readonly Finding[];
}

/** The rules of the policy, and the rule about exceptions to them. */
export const reportedRules: readonly ReportedRule[] = [
  ...Object.entries(rules).map(([id, rule]) => ({ id, ...rule })),
  { id: staleException, ...exceptionRule },
];
