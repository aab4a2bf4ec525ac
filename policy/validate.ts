import type { IConstruct, IValidation } from "constructs";
import type { StageConfig } from "../schema";
import { checkStack, type CheckResult } from "./check-stack";
import { refuseUnknownRules } from "./exceptions";
import { PolicyError } from "./finding";
import { rules } from "./rules";

/** A stack of CDKTF that can be rendered before it is written. */
export interface RenderedStack extends IConstruct {
  /** The JSON that Terraform reads. */
  render(): unknown;
}

/** A stage and its stack. */
export interface StageWithStack {
  readonly stage: StageConfig;
  readonly stack: RenderedStack;
}

/**
 * Checks stacks against the policy.
 * @throws ConfigError when a stage has an exception from a rule that does not exist
 */
export function checkPolicy(stacks: readonly StageWithStack[]): CheckResult {
  refuseUnknownRules(
    stacks.map(({ stage }) => stage),
    rules,
  );
  const results = stacks.map(({ stage, stack }) => checkStack(stage, stack.render(), rules));
  return {
    findings: results.flatMap(({ findings }) => findings),
    accepted: results.flatMap(({ accepted }) => accepted),
  };
}

/** Makes the policy a condition of synthesis: no stack is written while one has a finding. */
export function enforcePolicy(stacks: readonly StageWithStack[]): void {
  stacks[0]?.stack.node.addValidation(new PolicyValidation(stacks));
}

/** Validates all stacks together: cdktf would stop at the first stack that fails its validation. */
class PolicyValidation implements IValidation {
  constructor(private readonly stacks: readonly StageWithStack[]) {}

  /** @throws PolicyError that lists the findings of all stacks */
  public validate(): string[] {
    const { findings } = checkPolicy(this.stacks);
    if (findings.length > 0) throw new PolicyError(findings);
    return [];
  }
}
