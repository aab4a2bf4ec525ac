import type { IValidation } from "constructs";
import type { StageConfig } from "../schema";
import type { StageStack } from "../stacks/stage-stack";
import { checkStage } from "./check-stack";
import { refuseUnknownRules } from "./exceptions";
import { PolicyError, type Finding } from "./finding";
import { rules } from "./rules";

/** A stage and the stack that was made of it. */
export interface StagedStack {
  readonly stage: StageConfig;
  readonly stack: StageStack;
}

/**
 * Checks stacks against the policy.
 * @throws ConfigError when a stage excuses what is no rule
 */
export function checkPolicy(stacks: readonly StagedStack[]): Finding[] {
  refuseUnknownRules(
    stacks.map(({ stage }) => stage),
    rules,
  );
  return stacks.flatMap(({ stage, stack }) => checkStage(stage, stack.render(), rules));
}

/** Makes the policy a condition of synthesis: nothing is written while any of the stacks breaks it. */
export function enforcePolicy(stacks: readonly StagedStack[]): void {
  stacks[0]?.stack.node.addValidation(new Policy(stacks));
}

/**
 * Reports all stacks at once, before the first is written: cdktf validates and writes one after the other, and would
 * say no more than what is wrong with the first.
 */
class Policy implements IValidation {
  constructor(private readonly stacks: readonly StagedStack[]) {}

  /** @throws PolicyError that lists the findings of all stacks */
  public validate(): string[] {
    const findings = checkPolicy(this.stacks);
    if (findings.length > 0) throw new PolicyError(findings);
    return [];
  }
}
