import { authorize, type ModelledCall, type Principal, type Refusal } from "../../iam/authorize";
import { askFor } from "../../iam/layer";
import { roleNameOf, type Roles } from "../../iam/roles";
import type { Aws, Scope } from "../../models/aws";
import { objects, text, type JsonObject } from "../../wire/json";
import type { Container } from "./container";
import { decryptionOf, type SecretReference } from "./decryption";
import { loggerFailure, type LogTarget } from "./log";
import { parameterName, secretId } from "./secret-reference";

/** Evaluates a call of a role's session: the error that AWS would answer with; undefined when the call is allowed. */
export type Authorize = (call: ModelledCall, principal: Principal) => Promise<Refusal | undefined>;

/** Evaluates calls by the policies of roles, as they are in effect. */
export function authorizeBy(aws: Aws, roles: Roles): Authorize {
  const findRole = roles.inEffect.bind(roles);
  return (call, principal) => authorize(call, principal, askFor(call, aws), { findRole });
}

const retrieval =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";
const retried = "service call has been retried 1 time(s):";

/** The session of a task's execution role, with which ECS prepares its containers. */
export class ExecutionRole {
  /** ARN of the session; undefined when the task has no execution role. */
  private readonly session: string | undefined;

  constructor(
    private readonly aws: Aws,
    private readonly container: Container,
    taskId: string,
    private readonly authorize: Authorize,
  ) {
    const role = roleNameOf(container.executionRoleArn ?? "");
    this.session = role && `arn:aws:sts::${role.account}:assumed-role/${role.name}/${taskId}`;
  }

  /**
   * Checks what ECS does before a container starts: reading its secrets, and pulling its image from Amazon ECR.
   *
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
   *
   * @throws Error with the reason with which ECS stops a task whose role does not allow it
   */
  async check(): Promise<void> {
    const { definition } = this.container;
    // The container instance has a role instead.
    if (this.session === undefined) return;
    await this.checkImage(text(definition.image));
    for (const { valueFrom } of objects(definition.secrets)) await this.checkSecret(text(valueFrom));
  }

  /**
   * Whether the role allows to write to a log stream: the reason why it does not, which ends no task.
   *
   * @throws Error with the reason with which ECS stops a task whose log stream may not be created
   */
  async checkLogs({ scope, logGroupName, logStreamName, createsGroup }: LogTarget): Promise<string | undefined> {
    if (this.session === undefined) return undefined;
    const names = { logGroupName, logStreamName };
    const refusal =
      (createsGroup ? await this.refusal(scope, "logs", "CreateLogGroup", { logGroupName }) : undefined) ??
      (await this.refusal(scope, "logs", "CreateLogStream", names));
    if (refusal !== undefined) throw loggerFailure(refusal);
    return this.refusal(scope, "logs", "PutLogEvents", names);
  }

  private async checkSecret(valueFrom: string): Promise<void> {
    const [, , service, region = ""] = valueFrom.split(":");
    const scope = { ...this.container.scope, ...(region !== "" && { region }) };
    if (service === "secretsmanager") {
      const id = secretId(valueFrom);
      const refusal =
        (await this.refusal(scope, service, "GetSecretValue", { SecretId: id })) ??
        ((await this.decryptionRefusal({ service, id }, scope)) &&
          "AccessDeniedException: Access to KMS is not allowed");
      if (refusal === undefined) return;
      throw new Error(
        `${retrieval} unable to retrieve secret from asm: ${retried} failed to fetch secret ${id} from secrets manager: ${refusal}`,
      );
    }
    const id = parameterName(valueFrom);
    const refusal =
      (await this.refusal(scope, "ssm", "GetParameters", { Names: [id] })) ??
      (await this.decryptionRefusal({ service: "ssm", id }, scope));
    if (refusal !== undefined)
      throw new Error(`${retrieval} unable to retrieve secrets from ssm: ${retried} ${refusal}`);
  }

  private async checkImage(image: string): Promise<void> {
    const [, host = "", account = "", region = "", repositoryName = "", tag = ""] =
      /^((\d{12})\.dkr\.ecr(?:-fips)?\.([\w-]+)\.amazonaws\.com(?:\.cn)?)\/([^:@]+)[:@]?(.*)$/.exec(image) ?? [];
    if (repositoryName === "") return;
    const scope = { account, region };
    const denied = await this.refusal(scope, "ecr", "GetAuthorizationToken", {});
    if (denied !== undefined)
      throw new Error(`${retrieval} unable to retrieve ecr registry auth: ${retried} ${denied}`);
    const input = { registryId: account, repositoryName };
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html
    const refusal =
      (await this.refusal(scope, "ecr", "BatchGetImage", { ...input, imageIds: [{ imageTag: tag }] })) ??
      (await this.refusal(scope, "ecr", "GetDownloadUrlForLayer", input));
    if (refusal === undefined) return;
    throw new Error(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: unexpected status from HEAD request to https://${host}/v2/${repositoryName}/manifests/${tag || "latest"}: 403 Forbidden: ${refusal}`,
    );
  }

  private async decryptionRefusal(secret: SecretReference, scope: Scope): Promise<string | undefined> {
    const call = await decryptionOf(this.aws, secret, scope);
    return call && this.refusalOf(call);
  }

  private refusal(scope: Scope, service: string, operation: string, input: JsonObject): Promise<string | undefined> {
    const call = { service, model: service, protocol: "json", operation, input, method: "POST", path: "/" } as const;
    return this.refusalOf({ ...call, ...scope });
  }

  private async refusalOf(call: ModelledCall): Promise<string | undefined> {
    const refusal = this.session === undefined ? undefined : await this.authorize(call, { arn: this.session });
    return refusal && `${refusal.code}: ${refusal.message}`;
  }
}
