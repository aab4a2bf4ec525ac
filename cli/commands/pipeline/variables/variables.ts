import type { StageConfig, AccountConfig } from "../../../../schema";

/** Variables of a pipeline, as GitLab hands them to a job. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What decides what a variable may hold. */
export interface Circumstances {
  readonly environment: Environment;
  readonly stages: readonly StageConfig[];
  readonly accounts: readonly AccountConfig[];
}

/** A variable that a person may set in GitLab. */
export interface PipelineVariable {
  readonly name: string;
  readonly example: string;
  readonly meaning: string;
  /** What holds when nobody sets it. @default - somebody must */
  readonly fallback?: string;
  /** What is wrong with it; undefined when nothing is. */
  readonly problem: (value: string | undefined, circumstances: Circumstances) => string | undefined;
}

const missing = "is not set";

/** Every variable that a person may have to set. */
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
    meaning: "Image that the jobs run in: Node.js 20 and git, and the container builder",
    fallback: "node:20-bookworm",
    problem: () => undefined,
  },
  {
    name: "AWS_TOKEN_AUDIENCE",
    example: "https://gitlab.example.com",
    meaning: "The audience of the tokens, as config/accounts/ names it",
    fallback: "the address of GitLab",
    problem: (value, { accounts, environment }) => {
      // Classic credentials ask for no token.
      if (environment.AWS_ASSUME_ROLE_ARN) return undefined;
      const wanted = new Set(accounts.map(({ gitlab }) => gitlab.audience ?? gitlab.url));
      if (wanted.size === 0 || (value !== undefined && wanted.has(value))) return undefined;
      return `is ${JSON.stringify(value ?? "")}, and config/accounts/ says ${[...wanted].join(" or ")}`;
    },
  },
  {
    name: "AWS_ASSUME_ROLE_ARN",
    example: "arn:aws:iam::111122223333:role/appname-deploy",
    meaning: "Role that every job assumes with the credentials of the runner, instead of its own role by a token",
    fallback: "roles of config/accounts/",
    problem: (value, { stages, accounts }) => {
      if (value) {
        return /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(value) ? undefined : `is "${value}", no ARN of a role`;
      }
      return stages.length > 0 && accounts.length === 0
        ? `${missing}, and config/accounts/ has no file that makes roles`
        : undefined;
    },
  },
  {
    name: "TF_HTTP_USERNAME",
    example: "project_42_bot",
    meaning: "Who reads and writes state that GitLab keeps",
    fallback: "gitlab-ci-token",
    problem: ifGitlabState,
  },
  {
    name: "TF_HTTP_PASSWORD",
    example: "glpat-...",
    meaning: "Token of that user; mask it",
    fallback: "the token of the job",
    problem: ifGitlabState,
  },
];

function ifGitlabState(value: string | undefined, { stages }: Circumstances): string | undefined {
  return value || stages.every(({ state }) => state.backend !== "gitlab") ? undefined : missing;
}
