import type { Block, ReadStack } from "./read-stack";

/** How bad it is to break a rule, in the words of scanners. */
export type Severity = "high" | "medium" | "low";

/** A place in a stack where a rule does not hold. */
export interface Violation {
  /** Terraform address of the resource that has to change. */
  readonly resource: string;
  /** What is wrong with the resource: reads on after its address. */
  readonly problem: string;
}

/** Something that must hold in every stack; its id is its key among the rules. */
export interface Rule {
  readonly severity: Severity;
  /** One sentence: what the rule guards. */
  readonly why: string;
  /** Check of checkov (`CKV_AWS_n`) or of Security Hub (`ECS.n`), or the page of AWS or Terraform that says so. */
  readonly source: string;
  /** What to do about a violation. */
  readonly mend: string;
  /** `production` for what matters only where people depend on a stage (`productionEnvironments` in schema/stage.ts). @default "everywhere" */
  readonly holds?: "production";
  /** Ids of rules whose findings about the same resource say nothing more than this one's. @default [] */
  readonly covers?: readonly string[];
  /** Finds where the rule is broken: a pure function of the stack. */
  readonly check: (stack: ReadStack) => readonly Violation[];
}

/** Rules by their ids. */
export type Rules = Readonly<Record<string, Rule>>;

type Faults = string | false | undefined | readonly string[];

/** Checks every block of some types by itself: what is wrong with it, if anything is. */
export function each(
  types: string | readonly string[],
  faults: (block: Block, stack: ReadStack) => Faults,
): Rule["check"] {
  return (stack) =>
    stack.all(...[types].flat()).flatMap((block) => {
      const found = faults(block, stack);
      const problems = found === undefined || found === false ? [] : [found].flat();
      return problems.map((problem) => ({ resource: block.address, problem }));
    });
}
