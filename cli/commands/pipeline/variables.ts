import { Command } from "commander";
import { loadConfiguration, type AccountConfig, type StageConfig } from "../../../schema";
import { configOption, exitWith, type ConfigFlags } from "../../lib/command-line";
import { print } from "../../lib/terminal";
import { ToolError } from "../../lib/tool-error";
import type { Environment } from "../../lib/run";

/** What the valid values of the variables depend on. */
export interface VariableContext {
  readonly environment: Environment;
  readonly stages: readonly StageConfig[];
  readonly accounts: readonly AccountConfig[];
}

/** A CI/CD variable that is set in GitLab's settings. */
export interface PipelineVariable {
  readonly name: string;
  readonly example: string;
  readonly meaning: string;
  /** The value when the variable is not set. @default - the variable is required */
  readonly fallback?: string;
  /** The reason that a value is not valid; undefined for a valid value. */
  readonly problem: (value: string | undefined, context: VariableContext) => string | undefined;
}

const missing = "is not set";

/** All variables that the pipeline reads. */
export const pipelineVariables: readonly PipelineVariable[] = [
  {
    name: "CONTAINER_BUILDER",
    example: "docker",
    meaning: "Program that builds and pushes images on your runners",
    problem: (value) => (value ? undefined : missing),
  },
  {
    name: "JOB_IMAGE",
    example: "registry.example.com/node:20-bookworm",
    meaning: "Image of the jobs, with Node.js 20, git and the container builder",
    fallback: "node:20-bookworm",
    problem: () => undefined,
  },
  {
    name: "AWS_TOKEN_AUDIENCE",
    example: "https://gitlab.example.com",
    meaning: "The audience of the ID tokens, as in the account files",
    fallback: "the address of GitLab",
    problem: (value, { accounts, environment }) => {
      // AWS_ASSUME_ROLE_ARN uses the credentials of the runner instead of a token.
      if (environment.AWS_ASSUME_ROLE_ARN) return undefined;
      const audiences = new Set(accounts.map(({ gitlab }) => gitlab.audience ?? gitlab.url));
      if (audiences.size === 0 || (value !== undefined && audiences.has(value))) return undefined;
      return `is ${JSON.stringify(value ?? "")}, and the account files have ${[...audiences].join(" or ")}`;
    },
  },
  {
    name: "AWS_ASSUME_ROLE_ARN",
    example: "arn:aws:iam::111122223333:role/appname-deploy",
    meaning: "Role that every job assumes with the credentials of the runner, instead of its own role by a token",
    fallback: "roles of the account files",
    problem: (value, { stages, accounts }) => {
      if (value) {
        return /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(value)
          ? undefined
          : `is "${value}", which is not the ARN of a role`;
      }
      return stages.length > 0 && accounts.length === 0
        ? `${missing}, and no account file describes the roles`
        : undefined;
    },
  },
  {
    name: "TF_HTTP_USERNAME",
    example: "project_42_bot",
    meaning: "User that reads and writes state in GitLab",
    fallback: "gitlab-ci-token",
    problem: requiredForGitlabState,
  },
  {
    name: "TF_HTTP_PASSWORD",
    example: "glpat-...",
    meaning: "Token of that user; mask it",
    fallback: "the token of the job",
    problem: requiredForGitlabState,
  },
];

/** `variables` */
export function variablesCommand(): Command {
  return new Command("variables")
    .description("Checks the CI/CD variables that are set in GitLab.")
    .addOption(configOption())
    .action(({ config }: ConfigFlags) =>
      exitWith(() => {
        checkVariables({ environment: process.env, ...loadConfiguration(config) });
        print("Every variable is set.");
        return Promise.resolve(0);
      }),
    );
}

/**
 * Checks the variables of the pipeline.
 *
 * @throws ToolError with every problem, where to set the variable, and an example
 */
export function checkVariables(context: VariableContext): void {
  const problems = pipelineVariables.flatMap(({ name, example, meaning, problem }) => {
    const reason = problem(context.environment[name], context);
    return reason === undefined ? [] : [`${name} ${reason}. ${meaning}, such as ${example}`];
  });
  if (problems.length === 0) return;
  throw new ToolError(
    [
      "The pipeline cannot start; set in GitLab, in Settings > CI/CD > Variables:",
      ...problems.map((problem) => `  ${problem}`),
    ].join("\n"),
  );
}

function requiredForGitlabState(value: string | undefined, { stages }: VariableContext): string | undefined {
  return value || stages.every(({ state }) => state.backend !== "gitlab") ? undefined : missing;
}
