import { InputError } from "../schema";
import type { Severity } from "./rule";

/** A violation of a rule, with what a reader needs to know of the rule. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** Name of the stack. */
  readonly stack: string;
  /** Stage file of the stack, relative to the project's root. */
  readonly file: string;
  /** Terraform address, or the field of the stage file. */
  readonly resource: string;
  /** What is wrong, and after a semicolon what to do. */
  readonly message: string;
  readonly source: string;
}

/** A violation that the stage file permits. */
export interface AcceptedFinding extends Finding {
  /** Field of the stage file that decides against the rule, such as `images.tags`. */
  readonly field: string;
}

/** All findings of the policy in one error. */
export class PolicyError extends InputError {
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
  return [count, ...blocks, advice].join("\n\n");
}

function line({ resource, message, rule, severity, source }: Finding): string {
  return `  ${resource}: ${message} (${rule}, ${severity}, ${source})`;
}

const advice = "To permit a violation, give the reason in the stage file: exceptions: [{ rule, resource, reason }]";
