import type { Severity } from "./rule";

/** A rule that is broken somewhere, in words that need no look at the rule. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** Name of the stack. */
  readonly stack: string;
  /** Stage file of the stack, from the project's root. */
  readonly file: string;
  /** Terraform address, or the field of the stage file. */
  readonly resource: string;
  /** What is wrong, and after a semicolon what to do. */
  readonly message: string;
  readonly source: string;
}

/** Everything that breaks the policy, in one error. */
export class PolicyError extends Error {
  public override readonly name = "PolicyError";

  constructor(public readonly findings: readonly Finding[]) {
    super(report(findings));
  }
}

function report(findings: readonly Finding[]): string {
  const blocks = [...new Set(findings.map(({ stack }) => stack))].map((stack) => {
    const own = findings.filter((finding) => finding.stack === stack);
    return [`${stack} (${own[0]?.file ?? ""})`, ...own.map(line)].join("\n");
  });
  const count = `${findings.length} finding${findings.length === 1 ? "" : "s"} of the policy`;
  return [count, ...blocks, remedy].join("\n\n");
}

function line({ resource, message, rule, severity, source }: Finding): string {
  return `  ${resource}: ${message} (${rule}, ${severity}, ${source})`;
}

const remedy = "Where a rule may be broken, say why in the stage file: exceptions: [{ rule, resource, reason }]";
