import { existsSync } from "node:fs";
import { stackName, type StageConfig } from "../../../../schema";
import { ToolError } from "../../../lib/toolchain";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Makes sure that the variables are set without which a job on the stage could only fail later.
 *
 * @throws ToolError that names those that are missing
 */
export function requireVariables(stage: StageConfig, environment: Environment): void {
  const missing = [...stateVariables(stage), ...roleVariables(environment)].filter(({ name }) => !environment[name]);
  if (missing.length > 0) {
    throw new ToolError(missing.map(({ name, why }) => `the variable ${name} is not set; ${why}`).join("\n"));
  }
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file } = environment;
  if (file && !existsSync(file)) {
    throw new ToolError(
      `AWS_WEB_IDENTITY_TOKEN_FILE names ${file}, which is no file; write the job's id token into it`,
    );
  }
}

interface Needed {
  readonly name: string;
  readonly why: string;
}

/** https://docs.gitlab.com/user/infrastructure/iac/terraform_state/ */
function stateVariables(stage: StageConfig): Needed[] {
  if (stage.state.backend !== "gitlab") return [];
  const why = `the state of ${stackName(stage)} is in GitLab, which wants a name and a token (gitlab-ci-token and $CI_JOB_TOKEN in a job)`;
  return ["TF_HTTP_USERNAME", "TF_HTTP_PASSWORD"].map((name) => ({ name, why }));
}

/** A role and a token make credentials; either alone makes none. */
function roleVariables({ AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: file }: Environment): Needed[] {
  if (role && !file)
    return [{ name: "AWS_WEB_IDENTITY_TOKEN_FILE", why: `name the file with the id token for ${role}` }];
  if (file && !role) return [{ name: "AWS_ROLE_ARN", why: "name the role of the job: npm run bootstrap prints it" }];
  return [];
}
