import { App } from "cdktf";
import { loadStages, stackName } from "../../config";
import { productionEnvironments } from "../../config/production";
import { exceptionRule, staleException, stageFile } from "../../stacks/policy/exceptions";
import type { Finding } from "../../stacks/policy/finding";
import type { Rule } from "../../stacks/policy/rule";
import { rules } from "../../stacks/policy/rules";
import { checkPolicy } from "../../stacks/policy/validate";
import { StageStack } from "../../stacks/stage-stack";
import { skipTokenTraces } from "../../stacks/token-traces";

/** A rule as reports show it. */
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

/** What the policy says of all stacks: every format shows the same. */
export interface Report {
  readonly rules: readonly ReportedRule[];
  readonly stacks: readonly CheckedStack[];
  readonly findings: readonly Finding[];
}

/** The rules, and the one about their exceptions. */
export const reportedRules: readonly ReportedRule[] = [
  ...Object.entries(rules).map(([id, rule]) => ({ id, ...rule })),
  { id: staleException, ...exceptionRule },
];

/**
 * Synthesizes every stage in memory, and checks it.
 * @throws ConfigError when the configuration cannot be synthesized
 */
export function createReport(): Report {
  const stages = loadStages();
  skipTokenTraces();
  const app = new App();
  const stacks = stages.map((stage) => ({ stage, stack: new StageStack(app, stage) }));
  for (const { stack } of stacks) stack.prepareStack();
  return {
    rules: reportedRules,
    stacks: stages.map((stage) => ({
      name: stackName(stage),
      file: stageFile(stage),
      inProduction: productionEnvironments.includes(stage.environment),
    })),
    findings: checkPolicy(stacks),
  };
}
