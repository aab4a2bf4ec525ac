import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient, type ECSClientConfig } from "@aws-sdk/client-ecs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { stackName, type StageConfig } from "../../schema";
import { ToolError } from "./tool-error";

/** Clients of the AWS services that the commands call. */
export interface Clients {
  readonly ecr: ECRClient;
  readonly ecs: ECSClient;
  readonly logs: CloudWatchLogsClient;
  readonly sts: STSClient;
}

/** Clients for a stage's region, with the credentials that Terraform uses: those of the stage's role when it names one. */
export function clientsOf(
  { region, assumeRoleArn }: Pick<StageConfig, "region" | "assumeRoleArn">,
  options: Pick<ECSClientConfig, "credentials" | "endpoint"> = {},
): Clients {
  const role = assumeRoleArn === undefined ? {} : { credentials: roleCredentials(assumeRoleArn, region) };
  // A command that polls for many minutes has to survive throttling and short network failures.
  const config = { region, maxAttempts: 8, ...role, ...options };
  return {
    ecr: new ECRClient(config),
    ecs: new ECSClient(config),
    logs: new CloudWatchLogsClient(config),
    sts: new STSClient(config),
  };
}

/**
 * Checks that the credentials belong to the stage's account, as Terraform does.
 *
 * @throws ToolError when they belong to another account, or when there are none
 */
export async function checkAccount({ sts }: Pick<Clients, "sts">, stage: StageConfig): Promise<void> {
  const { Account } = await callAws("sts:GetCallerIdentity", sts.send(new GetCallerIdentityCommand()));
  if (Account === stage.accountId) return;
  throw new ToolError(
    `the AWS credentials are of account ${Account ?? "unknown"}, and ${stackName(stage)} is in ${stage.accountId}; ` +
      `use credentials of ${stage.accountId}`,
  );
}

/**
 * Waits for the response of an AWS operation.
 *
 * @param action IAM action of the operation, for messages
 * @throws ToolError with the remedy when AWS refuses the call or cannot be reached
 */
export async function callAws<T>(action: string, response: Promise<T>): Promise<T> {
  try {
    return await response;
  } catch (error) {
    throw explainAwsError(action, error);
  }
}

/** A ToolError with the remedy for errors of AWS and of the network; other errors are returned unchanged. */
export function explainAwsError(action: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ToolError) return error;
  const { name, message } = error;
  const problem = credentialProblems[name];
  if (problem !== undefined) {
    const remedy = "log in again (aws sso login), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    return new ToolError(`${problem}; ${remedy} [${action}: ${message}]`);
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : name;
  if (networkErrors.has(code)) return new ToolError(`AWS cannot be reached; check the network [${action}: ${message}]`);
  if (name.startsWith("AccessDenied")) return new ToolError(`these credentials may not call ${action}; ${message}`);
  if ("$fault" in error) return new ToolError(`AWS refused ${action}: ${name}: ${message}`);
  return error;
}

/** Errors whose remedy is other credentials. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html */
const credentialProblems: Readonly<Record<string, string>> = {
  CredentialsProviderError: "there are no AWS credentials",
  ExpiredToken: "the AWS credentials have expired",
  ExpiredTokenException: "the AWS credentials have expired",
  InvalidClientTokenId: "AWS does not know these credentials",
  InvalidSignatureException: "AWS refuses the signature of these credentials",
  SignatureDoesNotMatch: "AWS refuses the signature of these credentials",
  UnrecognizedClientException: "AWS does not know these credentials",
};

const networkErrors = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "TimeoutError"]);

const roleCredentials = (RoleArn: string, region: string) =>
  fromTemporaryCredentials({ params: { RoleArn, RoleSessionName: "rollout" }, clientConfig: { region } });
