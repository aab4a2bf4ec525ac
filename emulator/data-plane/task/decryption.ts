import type { FindRole } from "../../iam/assumed-role";
import type { ModelledCall } from "../../iam/call";
import { contextOf } from "../../iam/conditions";
import { evaluate } from "../../iam/evaluate";
import { askFor } from "../../iam/layer";
import { refusalOf, type Refusal } from "../../iam/refusal";
import { globalContext, resourceTagContext } from "../../iam/request-context";
import { resourcePolicyOf } from "../../iam/resource-policy";
import type { Aws, Scope } from "../../models/aws";
import { list, object, objects, text } from "../../wire/json";

/** A secret or parameter. */
export interface SecretReference {
  readonly service: "secretsmanager" | "ssm";
  /** ARN of the secret, or name of the parameter. */
  readonly id: string;
}

/** A session of a role. */
export interface RoleSession {
  readonly account: string;
  readonly roleName: string;
  /** As GetCallerIdentity returns it. */
  readonly arn: string;
}

/** Evaluates the decryption of a secret for a session of a role: the error of AWS KMS; undefined when it is allowed. */
export type Decrypt = (secret: SecretReference, session: RoleSession, scope: Scope) => Promise<Refusal | undefined>;

/** The key of a secret, and what the service passes to AWS KMS to bind the text to the secret. */
interface Encryption {
  readonly keyId: string;
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Evaluates the call of kms:Decrypt that Secrets Manager and Parameter Store make with the permissions of their caller. Keys
 * that AWS manages, and grants to the role, allow it.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
 */
export function decryption(aws: Aws, findRole: FindRole): Decrypt {
  return async (secret, { account, roleName, arn }, scope) => {
    const { keyId, context } = await encryptionOf(aws, secret, scope);
    const key = object(keyId && (await aws.ask(scope, "kms", "DescribeKey", { KeyId: keyId })).KeyMetadata);
    if (key.KeyManager !== "CUSTOMER") return undefined;
    const resource = text(key.Arn);
    const role = await findRole({ account, name: roleName });
    const { Grants } = await aws.ask(scope, "kms", "ListGrants", { KeyId: resource });
    const isGranted = objects(Grants).some(
      ({ GranteePrincipal, Operations }) => GranteePrincipal === role?.arn && list(Operations).includes("Decrypt"),
    );
    if (isGranted) return undefined;

    const action = "kms:Decrypt";
    const fixed = {
      service: "kms",
      model: "kms",
      protocol: "json",
      operation: "Decrypt",
      method: "POST",
      path: "/",
    } as const;
    const call: ModelledCall = { ...fixed, input: { KeyId: resource }, ...scope };
    const principal = { arn: role?.arn ?? arn, type: "AssumedRole", userId: role?.id ?? "", account };
    const { Tags } = await aws.ask(scope, "kms", "ListResourceTags", { KeyId: resource });
    const tags = Object.fromEntries(objects(Tags).map(({ TagKey, TagValue }) => [text(TagKey), text(TagValue)]));
    const keys = contextOf({
      ...globalContext(
        call,
        { action, via: `${secret.service}.amazonaws.com` },
        { ...principal, tags: role?.tags ?? {} },
      ),
      ...resourceTagContext(action, tags),
      // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
      "kms:CallerAccount": account,
      "kms:ViaService": `${secret.service}.${scope.region}.amazonaws.com`,
      "kms:EncryptionContextKeys": Object.keys(context),
      ...Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    });
    const permissions = (await role?.permissions()) ?? { identity: [] };
    const policies = { ...permissions, resource: await resourcePolicyOf(call, askFor(scope, aws), findRole) };
    const denial = evaluate({ action, resource, context: keys }, policies, { arn, roleArn: role?.arn });
    return denial && refusalOf("kms", "json", { operation: "Decrypt", caller: arn, action, resource, denial });
  };
}

async function encryptionOf(aws: Aws, { service, id }: SecretReference, scope: Scope): Promise<Encryption> {
  if (service === "secretsmanager") {
    const { KmsKeyId, ARN } = await aws.ask(scope, service, "DescribeSecret", { SecretId: id });
    return { keyId: text(KmsKeyId), context: { SecretARN: text(ARN) } };
  }
  const filter = { Key: "Name", Option: "Equals", Values: [id] };
  const { Parameters } = await aws.ask(scope, service, "DescribeParameters", { ParameterFilters: [filter] });
  const parameter = object(objects(Parameters)[0]);
  const arn = `arn:aws:ssm:${scope.region}:${scope.account}:parameter${id.startsWith("/") ? "" : "/"}${id}`;
  return { keyId: parameter.Type === "SecureString" ? text(parameter.KeyId) : "", context: { PARAMETER_ARN: arn } };
}
