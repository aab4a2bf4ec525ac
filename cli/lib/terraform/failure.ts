import { relative } from "node:path";
import { ToolFailure } from "../tool-failure";
import { projectFolder } from "../toolchain/project";
import type { RunResult } from "../toolchain/run";
import { ToolError } from "../toolchain/tool-error";

/** What a failure of Terraform means, where a person can do something about it; else what Terraform said. */
export function failureOf(command: string, folder: string, { exitCode, tail }: RunResult): ToolError {
  const output = tail.map((line) => line.replace(/^\s*│ ?/, "").trimEnd());
  const known = lockOf(output, folder) ?? staleness(output) ?? roleProblem(output);
  return known === undefined ? new ToolFailure(`terraform ${command}`, exitCode, tail) : new ToolError(known);
}

function lockOf(output: readonly string[], folder: string): string | undefined {
  if (!output.some((line) => line.includes("Error acquiring the state lock"))) return undefined;
  const field = (name: string) =>
    output.map((line) => new RegExp(`^\\s*${name}:\\s+(\\S.*)$`).exec(line)?.[1]).find((value) => value !== undefined);
  const id = field("ID") ?? output.map((line) => /\bID=(\S+)/.exec(line)?.[1]).find((value) => value !== undefined);
  if (id === undefined) return undefined;
  const [who = "somebody", since = "an unknown time"] = [field("Who"), field("Created")];
  return (
    `the state is locked by ${who} since ${since} (${field("Operation") ?? "operation unknown"}), and nothing was done; ` +
    `wait for it, or, when that process is gone for good: ` +
    `terraform -chdir=${relative(projectFolder, folder)} force-unlock ${id}`
  );
}

function staleness(output: readonly string[]): string | undefined {
  if (!output.some((line) => line.includes("Saved plan is stale"))) return undefined;
  return "the plan is stale: the state has changed since, and nothing was applied; plan again, and apply that plan";
}

/** https://developer.hashicorp.com/terraform/language/backend/s3#assume-role-configuration, and the same of the provider. */
function roleProblem(output: readonly string[]): string | undefined {
  const text = output.join(" ").replace(/\s+/g, " ");
  if (!/AssumeRole|Cannot assume IAM Role/.test(text) || !/AccessDenied|InvalidIdentityToken|ExpiredToken/.test(text)) {
    return undefined;
  }
  const role = /arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(text)?.[0] ?? process.env.AWS_ROLE_ARN;
  const reason = /api error (\w+: [^[│╵]+?)(?= Error:| on | with |$)/.exec(text)?.[1] ?? "AWS denies it";
  return `the role ${role ?? "of this job"} cannot be assumed, and nothing was done; let it trust this project and ref (npm run bootstrap) [${reason}]`;
}
