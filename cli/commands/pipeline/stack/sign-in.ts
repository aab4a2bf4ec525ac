import type { StageConfig } from "../../../../schema";
import { ToolError } from "../../../lib/toolchain";
import { checkAccount, type Clients, explainAwsError } from "../../../lib/aws";

/**
 * Becomes who works on the stage.
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
    throw problemOf(error, stage.assumeRoleArn ?? role);
  }
  await checkAccount(clients, stage);
}

function problemOf(error: unknown, role: string | undefined): unknown {
  const isRefusal = error instanceof Error && "$fault" in error;
  if (role === undefined || !isRefusal) return explainAwsError("sts:GetCallerIdentity", error);
  return new ToolError(
    `the role ${role} cannot be assumed, and nothing was done; ` +
      `let it trust this project and ref (npm run bootstrap), or name another [${error.name}: ${error.message}]`,
  );
}
