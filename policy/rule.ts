import type { StageConfig } from "../schema";
import { reachabilityFindings, type PathFinding } from "./reachability/findings";
import { connectionsOfCalls } from "./reachability/workload-connections";
import { SynthesizedStack, type Block } from "./terraform/stack";

/** How bad it is to violate a rule, in the words of scanners. */
export type Severity = "high" | "medium" | "low";

/** A resource that violates a rule. */
export interface Violation {
  /** Terraform address of the resource that has to change. */
  readonly resource: string;
  /** Predicate of a sentence whose subject is the address. */
  readonly problem: string;
  /** Name of the part of the resource that violates the rule, such as a container. @default - the whole resource */
  readonly part?: string | undefined;
}

/** A condition that every stack must fulfil; its id is its key among the rules. */
export interface Rule {
  readonly severity: Severity;
  /** One sentence: the fact that makes the rule necessary. */
  readonly rationale: string;
  /** Control of checkov (`CKV_AWS_n`) or of Security Hub (`ECS.n`), or the page of AWS or Terraform that documents it. */
  readonly source: string;
  /** How to resolve a violation: the field of the stage file, and the attribute of Terraform. */
  readonly remediation: string;
  /** `production` for a rule that applies to stages with `production: true` only. @default "everywhere" */
  readonly appliesTo?: "production";
  /** Ids of rules whose findings about the same resource are omitted beside this rule's. @default [] */
  readonly supersedes?: readonly string[];
  /**
   * Field of the stage file that decides against the rule for a violation, undefined when no field does.
   * @default - only an exception permits a violation
   */
  readonly acceptedBy?: (stage: StageConfig, violation: Violation, stack: PolicyStack) => string | undefined;
  /** Finds the violations: a pure function of the stack. */
  readonly check: (stack: PolicyStack) => readonly Violation[];
}

/** Rules by their ids. */
export type Rules = Readonly<Record<string, Rule>>;

/** A stack as the rules read it. */
export class PolicyStack extends SynthesizedStack {
  private findings: readonly PathFinding[] | undefined;

  /** @param stage says whether it is a production stage, and which calls it declares. @default - production, no calls */
  constructor(
    synthesized: unknown,
    private readonly stage?: StageConfig,
  ) {
    super(synthesized);
  }

  /** Whether the rules for production apply. */
  public get inProduction(): boolean {
    return this.stage?.production ?? true;
  }

  /** Results of the reachability analysis, which runs once for all rules. */
  public get reachability(): readonly PathFinding[] {
    const calls = this.stage === undefined ? [] : connectionsOfCalls(this.stage, this);
    return (this.findings ??= reachabilityFindings(this, calls));
  }
}

/** Problems of a block: none, one, or several, each of which may name the part that has it. */
export type Problems = string | false | undefined | readonly (string | Omit<Violation, "resource">)[];

/** Checks each block of some types on its own. */
export function each(
  types: string | readonly string[],
  problemsOf: (block: Block, stack: PolicyStack) => Problems,
): Rule["check"] {
  return (stack) =>
    stack.all(...[types].flat()).flatMap((block) => {
      const problems = problemsOf(block, stack);
      if (problems === undefined || problems === false) return [];
      return [problems]
        .flat()
        .map((problem) => ({ resource: block.address, ...(typeof problem === "string" ? { problem } : problem) }));
    });
}
