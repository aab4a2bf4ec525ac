import { relative } from "node:path";
import { z } from "zod";
import { projectFolder } from "./project";
import { ToolError, ToolFailure } from "./tool-error";
import type { RunResult } from "./run";

const diagnosticShape = z.object({
  severity: z.string(),
  summary: z.string(),
  detail: z.string().default(""),
  /** Address of the resource. */
  address: z.string().optional(),
  range: z.object({ filename: z.string(), start: z.object({ line: z.number() }) }).optional(),
  snippet: z.object({ context: z.string().nullish() }).nullish(),
});

const messageShape = z.object({
  "@message": z.string(),
  /** OpenTofu's `init` leaves it out. */
  type: z.string().optional(),
  diagnostic: diagnosticShape.optional(),
  changes: z.object({ operation: z.string() }).optional(),
  outputs: z.record(z.string(), z.object({ sensitive: z.boolean().default(false), value: z.unknown() })).optional(),
});

/** An error or a warning of Terraform. */
export type Diagnostic = z.output<typeof diagnosticShape>;

/** A line of Terraform's machine-readable output. https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
export type TerraformMessage = z.output<typeof messageShape>;

/** Reads a line that Terraform prints with `-json`; undefined for any other line, such as a crash report. */
export function messageOf(line: string): TerraformMessage | undefined {
  try {
    return messageShape.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** A message as lines of a log. */
export function linesOf({ "@message": text, diagnostic, outputs }: TerraformMessage): string[] {
  if (diagnostic !== undefined) return linesOfDiagnostic(diagnostic);
  const values = Object.entries(outputs ?? {}).filter(([, { sensitive, value }]) => !sensitive && value !== undefined);
  return [...text.split("\n"), ...values.map(([name, { value }]) => `  ${name} = ${JSON.stringify(value)}`)];
}

/** Result of a Terraform command. */
export interface CommandResult extends RunResult {
  readonly messages: readonly TerraformMessage[];
}

const maximumLines = 40;

/** The error of a failed command, such as `tofu plan`: with the remedy for a lock, a stale plan and a refused role, else with Terraform's own errors. */
export function failureOf(command: string, folder: string, { exitCode, tail, messages }: CommandResult): ToolError {
  const errors = messages.flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [diagnostic] : []));
  for (const error of errors) {
    const known = lockProblem(error, command, folder) ?? stalePlanProblem(error) ?? roleProblem(error);
    if (known !== undefined) return new ToolError(known);
  }
  if (errors.length === 0) return new ToolFailure(command, exitCode, tail);
  const lines = errors.flatMap(linesOfDiagnostic).slice(0, maximumLines);
  return new ToolError([`${command} failed with exit code ${exitCode}:`, "", ...lines].join("\n"));
}

function linesOfDiagnostic({ severity, summary, detail, address, range, snippet }: Diagnostic): string[] {
  const title = severity === "error" ? "Error" : "Warning";
  const context = snippet?.context ? `, in ${snippet.context}` : "";
  return [
    `${title}: ${summary}`,
    ...(address === undefined ? [] : [`  with ${address}`]),
    ...(range === undefined ? [] : [`  on ${range.filename} line ${range.start.line}${context}`]),
    ...detail.split("\n"),
  ].filter((line) => line.trim() !== "");
}

function lockProblem({ summary, detail }: Diagnostic, command: string, folder: string): string | undefined {
  if (summary !== "Error acquiring the state lock") return undefined;
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s+(\\S.*)$`, "m").exec(detail)?.[1];
  const id = field("ID") ?? /\bID=(\S+)/.exec(detail)?.[1];
  if (id === undefined) return undefined;
  const [who = "an unknown process", since = "an unknown time"] = [field("Who"), field("Created")];
  return (
    `the state is locked by ${who} since ${since} (${field("Operation") ?? "operation unknown"}), and nothing was done; ` +
    `wait until the lock is released, or, when its process has ended without releasing it, run: ` +
    `${command.split(" ")[0] ?? ""} -chdir=${relative(projectFolder, folder)} force-unlock ${id}`
  );
}

function stalePlanProblem({ summary }: Diagnostic): string | undefined {
  if (summary !== "Saved plan is stale") return undefined;
  return "the plan is stale: the state has changed since, and nothing was applied; plan again, and apply that plan";
}

/** https://developer.hashicorp.com/terraform/language/backend/s3#assume-role-configuration, and the same of the provider. */
function roleProblem({ summary, detail }: Diagnostic): string | undefined {
  const text = `${summary}\n${detail}`;
  if (!/AssumeRole|Cannot assume IAM Role/.test(text) || !/AccessDenied|InvalidIdentityToken|ExpiredToken/.test(text)) {
    return undefined;
  }
  const role = /arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(text)?.[0] ?? process.env.AWS_ROLE_ARN;
  const reason = /api error (\w+: .+)/.exec(text)?.[1] ?? "AWS denies it";
  return `the role ${role ?? "of this job"} cannot be assumed, and nothing was done; let it trust this project and ref (npm run bootstrap) [${reason}]`;
}
