import { existsSync } from "node:fs";
import { join } from "node:path";
import { providerConstraint, stackName, type StageConfig } from "../../../schema";
import { checkAccount, clientsOf, explainAwsError, type Clients } from "../../lib/aws";
import type { ConfigFlags } from "../../lib/command-line";
import { projectFolder } from "../../lib/project";
import { loadStage } from "../../lib/stacks";
import { synthCommand } from "../../lib/synthesis";
import { print } from "../../lib/terminal";
import { Terraform } from "../../lib/terraform";
import { terraformEnvironment } from "../../lib/terraform-environment";
import { ToolError } from "../../lib/tool-error";
import type { Environment } from "../../lib/run";

/** What a job works on. */
export interface SessionOptions extends ConfigFlags {
  readonly stack: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A job's access to the account of a stack. */
export interface Session {
  /** Folder of the stage and account files. */
  readonly config: string;
  readonly stack: string;
  readonly stage: StageConfig;
  readonly clients: Clients;
  readonly signal: AbortSignal;
}

/**
 * Signs in to the account of a stack.
 *
 * @throws ToolError for an unknown stack, a missing variable, and a role that cannot be assumed
 */
export async function openSession({ config, stack, signal }: SessionOptions): Promise<Session> {
  const stage = loadStage(stack, config);
  requireVariables(stage, process.env);
  const clients = clientsOf(stage);
  await signIn(clients, stage);
  return { config, stack, stage, clients, signal };
}

/**
 * Initializes Terraform in the synthesized stack.
 *
 * @param variables of the stack, by name
 * @throws ToolError when the stack was not synthesized, and when its state cannot be reached
 */
export async function openTerraform(
  { config, stack, stage, signal }: Pick<Session, "config" | "stack" | "stage" | "signal">,
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly folder: string; readonly terraform: Terraform }> {
  const folder = synthesizedStackFolder(stack, config);
  const values = new Map(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]));
  // TF_IN_AUTOMATION suppresses the hints on the next command.
  const environment = {
    ...(await terraformEnvironment(undefined, providerConstraint(stage))),
    TF_IN_AUTOMATION: "true",
    ...Object.fromEntries(values),
  };
  const terraform = new Terraform({
    folder,
    environment,
    signal,
    onLine: (line) => {
      print(line);
    },
  });
  await terraform.init();
  return { folder, terraform };
}

/**
 * The folder of a synthesized stack.
 *
 * @param config folder of the stage and account files
 * @throws ToolError when the stack was not synthesized
 */
export function synthesizedStackFolder(stack: string, config: string): string {
  const folder = join(projectFolder, "cdktf.out", "stacks", stack);
  if (existsSync(join(folder, "cdk.tf.json"))) return folder;
  throw new ToolError(`cdktf.out/stacks/${stack} is not synthesized; run: ${synthCommand(config)}`);
}

/**
 * Obtains the credentials for a stage and checks their account.
 *
 * @param role that the environment names. @default - AWS_ROLE_ARN
 * @throws ToolError when the role cannot be assumed, and when the credentials are of another account
 */
export async function signIn(
  clients: Pick<Clients, "sts">,
  stage: StageConfig,
  role: string | undefined = process.env.AWS_ROLE_ARN,
): Promise<void> {
  try {
    await clients.sts.config.credentials();
  } catch (error) {
    throw signInError(error, stage.assumeRoleArn ?? role);
  }
  await checkAccount(clients, stage);
}

/**
 * Checks the environment variables that a job on the stage needs.
 *
 * @throws ToolError that names the missing variables
 */
export function requireVariables(stage: StageConfig, environment: Environment): void {
  const missing = [...stateVariables(stage), ...roleVariables(environment)].filter(({ name }) => !environment[name]);
  if (missing.length > 0) {
    throw new ToolError(missing.map(({ name, remedy }) => `the variable ${name} is not set; ${remedy}`).join("\n"));
  }
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file } = environment;
  if (file && !existsSync(file)) {
    throw new ToolError(
      `AWS_WEB_IDENTITY_TOKEN_FILE names ${file}, which does not exist; write the ID token of the job into it`,
    );
  }
}

function signInError(error: unknown, role: string | undefined): unknown {
  const isRefusal = error instanceof Error && "$fault" in error;
  if (role === undefined || !isRefusal) return explainAwsError("sts:GetCallerIdentity", error);
  return new ToolError(
    `the role ${role} cannot be assumed, and nothing was done; ` +
      `let it trust this project and ref (npm run bootstrap), or name another [${error.name}: ${error.message}]`,
  );
}

interface RequiredVariable {
  readonly name: string;
  readonly remedy: string;
}

/** https://docs.gitlab.com/user/infrastructure/iac/terraform_state/ */
function stateVariables(stage: StageConfig): RequiredVariable[] {
  if (stage.state.backend !== "gitlab") return [];
  const remedy = `the state of ${stackName(stage)} is in GitLab, which requires a user and a token (in a job: gitlab-ci-token and $CI_JOB_TOKEN)`;
  return ["TF_HTTP_USERNAME", "TF_HTTP_PASSWORD"].map((name) => ({ name, remedy }));
}

/** Credentials by a token need both the role and the token. */
function roleVariables({ AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: file }: Environment): RequiredVariable[] {
  if (role && !file)
    return [{ name: "AWS_WEB_IDENTITY_TOKEN_FILE", remedy: `name the file with the ID token for ${role}` }];
  if (file && !role)
    return [{ name: "AWS_ROLE_ARN", remedy: "name the role of the job, which npm run bootstrap prints" }];
  return [];
}
