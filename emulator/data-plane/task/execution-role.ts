import type { ModelledCall, Principal, Refusal } from "../../iam/authorize";
import { objects, text, type JsonObject } from "../../wire/json";
import type { Container } from "./container";
import { parameterName, secretId } from "./secret-reference";
import { loggerFailure, type LogTarget } from "./log";

/** Evaluates a call of a role's session: the error that AWS would answer with; undefined when it is allowed. */
export type Authorize = (call: ModelledCall, principal: Principal) => Promise<Refusal | undefined>;

type Evaluate = (service: string, operation: string, input: JsonObject) => Promise<string | undefined>;

const retrieval =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";
const retried = "service call has been retried 1 time(s):";

/**
 * Whether the execution role of a task allows what ECS does before a container starts: reading its secrets, and pulling its
 * image from Amazon ECR. A task without an execution role is not checked: its container instance has a role instead.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 *
 * @throws Error with the reason with which ECS stops such a task
 */
export async function checkExecutionRole(container: Container, taskId: string, authorize: Authorize): Promise<void> {
  const { definition, scope } = container;
  await checkImage(text(definition.image), container, taskId, authorize);
  for (const { valueFrom } of objects(definition.secrets)) {
    const reference = text(valueFrom);
    const [, , service, region = ""] = reference.split(":");
    const evaluate = evaluating(container, taskId, authorize, { ...scope, region: region || scope.region });
    if (service === "secretsmanager") {
      const SecretId = secretId(reference);
      const refusal = await evaluate("secretsmanager", "GetSecretValue", { SecretId });
      if (refusal === undefined) continue;
      throw new Error(
        `${retrieval} unable to retrieve secret from asm: ${retried} failed to fetch secret ${SecretId} from secrets manager: ${refusal}`,
      );
    }
    const refusal = await evaluate("ssm", "GetParameters", { Names: [parameterName(reference)] });
    if (refusal !== undefined)
      throw new Error(`${retrieval} unable to retrieve secrets from ssm: ${retried} ${refusal}`);
  }
}

/**
 * Whether the execution role allows to write to a log stream: the reason why it does not, which ends no task.
 *
 * @throws Error with the reason with which ECS stops a task whose log stream may not be created
 */
export async function allowsLogs(
  container: Container,
  { scope, logGroupName, logStreamName, createsGroup }: LogTarget,
  taskId: string,
  authorize: Authorize,
): Promise<string | undefined> {
  const evaluate = evaluating(container, taskId, authorize, scope);
  const refusal =
    (createsGroup ? await evaluate("logs", "CreateLogGroup", { logGroupName }) : undefined) ??
    (await evaluate("logs", "CreateLogStream", { logGroupName, logStreamName }));
  if (refusal !== undefined) throw loggerFailure(refusal);
  return evaluate("logs", "PutLogEvents", { logGroupName, logStreamName });
}

async function checkImage(image: string, container: Container, taskId: string, authorize: Authorize): Promise<void> {
  const [, host = "", account = "", region = "", repositoryName = "", reference = ""] =
    /^((\d{12})\.dkr\.ecr(?:-fips)?\.([\w-]+)\.amazonaws\.com(?:\.cn)?)\/([^:@]+)[:@]?(.*)$/.exec(image) ?? [];
  if (repositoryName === "") return;
  const evaluate = evaluating(container, taskId, authorize, { account, region });
  const denied = await evaluate("ecr", "GetAuthorizationToken", {});
  if (denied !== undefined) throw new Error(`${retrieval} unable to retrieve ecr registry auth: ${retried} ${denied}`);
  const input = { registryId: account, repositoryName };
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html
  const refusal =
    (await evaluate("ecr", "BatchGetImage", { ...input, imageIds: [{ imageTag: reference }] })) ??
    (await evaluate("ecr", "GetDownloadUrlForLayer", input));
  if (refusal === undefined) return;
  throw new Error(
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: unexpected status from HEAD request to https://${host}/v2/${repositoryName}/manifests/${reference || "latest"}: 403 Forbidden: ${refusal}`,
  );
}

/** Evaluates calls with the session of a task's execution role. */
function evaluating(
  { executionRoleArn }: Container,
  taskId: string,
  authorize: Authorize,
  scope: Container["scope"],
): Evaluate {
  const [, account = "", role = ""] =
    /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(executionRoleArn ?? "") ?? [];
  return async (service, operation, input) => {
    if (role === "") return undefined;
    const call = { service, model: service, protocol: "json", operation, input, method: "POST", path: "/" } as const;
    const arn = `arn:aws:sts::${account}:assumed-role/${role}/${taskId}`;
    const refusal = await authorize({ ...call, ...scope }, { arn });
    return refusal && `${refusal.code}: ${refusal.message}`;
  };
}
