import type { Aws, Scope } from "../../models/aws";
import { object, objects, parseJson, scalarText, text, type JsonObject } from "../../wire/json";
import type { Variables } from "./commands";
import type { Container } from "./container";
import { parameterName, secretId } from "./secret-reference";

/** The port of a container, and the port of this machine on which its process listens. */
export interface PortMapping {
  readonly container: number;
  readonly local: number;
}

/**
 * The environment of a container: its variables, its secrets and the credentials of its task's role.
 *
 * @param port sets PORT. @default - the process does not listen
 * @throws Error when a secret does not exist, as ECS does not start such a task
 */
export async function containerEnvironment(aws: Aws, container: Container, port?: PortMapping): Promise<Variables> {
  const { definition, scope } = container;
  const variables = objects(definition.environment).map(({ name, value }) => [text(name), text(value)] as const);
  const secrets = await Promise.all(
    objects(definition.secrets).map(
      async ({ name, valueFrom }) => [text(name), await secret(aws, scope, text(valueFrom))] as const,
    ),
  );
  const own: Variables = Object.fromEntries([...variables, ...secrets]);
  // A container that names another port listens on several, and its program knows which.
  const isPort = port && (own.PORT === undefined || own.PORT === String(port.container));
  return { ...own, ...(isPort && { PORT: String(port.local) }), ...(await credentials(aws, container)) };
}

/**
 * The value that `valueFrom` of a secret refers to.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */
async function secret(aws: Aws, scope: Scope, valueFrom: string): Promise<string> {
  const [, , service, region = scope.region] = valueFrom.split(":");
  const value =
    service === "secretsmanager"
      ? await secretValue(aws, { ...scope, region }, valueFrom)
      : await parameterValue(aws, { ...scope, region: region === "" ? scope.region : region }, valueFrom);
  if (value === "") {
    throw new Error(`ResourceInitializationError: unable to pull secrets or registry auth: no value of ${valueFrom}`);
  }
  return value;
}

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
async function secretValue(aws: Aws, scope: Scope, valueFrom: string): Promise<string> {
  const [key = "", stage = "", version = ""] = valueFrom.split(":").slice(7);
  const input: JsonObject = {
    SecretId: secretId(valueFrom),
    ...(stage !== "" && { VersionStage: stage }),
    ...(version !== "" && { VersionId: version }),
  };
  const { SecretString } = await aws.ask(scope, "secretsmanager", "GetSecretValue", input);
  const whole = text(SecretString);
  return key === "" ? whole : scalarText(parsed(whole)[key]);
}

async function parameterValue(aws: Aws, scope: Scope, valueFrom: string): Promise<string> {
  const name = parameterName(valueFrom);
  for (const Name of [name, name.replace(/^\//, "")]) {
    const { Parameter } = await aws.ask(scope, "ssm", "GetParameter", { Name, WithDecryption: true });
    if (Parameter !== undefined) return text(object(Parameter).Value);
  }
  return "";
}

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
async function credentials(aws: Aws, { scope, taskRoleArn, name }: Container): Promise<Variables> {
  if (taskRoleArn === undefined) return {};
  const input = { RoleArn: taskRoleArn, RoleSessionName: `task-${name}`.slice(0, 64) };
  const { AccessKeyId, SecretAccessKey, SessionToken } = object(
    (await aws.ask(scope, "sts", "AssumeRole", input)).Credentials,
  );
  if (AccessKeyId === undefined) return {};
  return {
    AWS_ACCESS_KEY_ID: text(AccessKeyId),
    AWS_SECRET_ACCESS_KEY: text(SecretAccessKey),
    AWS_SESSION_TOKEN: text(SessionToken),
  };
}

function parsed(value: string): JsonObject {
  try {
    return parseJson(value);
  } catch {
    return {};
  }
}
