import type { ModelledCall } from "../../iam/call";
import type { Aws, Scope } from "../../models/aws";
import { object, objects, text } from "../../wire/json";

/** A secret or parameter. */
export interface SecretReference {
  readonly service: "secretsmanager" | "ssm";
  /** ARN of the secret, or name of the parameter. */
  readonly id: string;
}

/** The key of a secret, and what the service passes to AWS KMS to bind the text to the secret. */
interface Encryption {
  readonly keyId: string;
  readonly context: Readonly<Record<string, string>>;
}

/**
 * The call of kms:Decrypt that Secrets Manager and Parameter Store make with the permissions of their caller; undefined when
 * AWS manages the key of the secret.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
 */
export async function decryptionOf(aws: Aws, secret: SecretReference, scope: Scope): Promise<ModelledCall | undefined> {
  const { keyId, context } = await encryptionOf(aws, secret, scope);
  if (keyId === "") return undefined;
  const key = object((await aws.ask(scope, "kms", "DescribeKey", { KeyId: keyId })).KeyMetadata);
  if (key.KeyManager !== "CUSTOMER") return undefined;
  const input = { KeyId: text(key.Arn), EncryptionContext: context };
  const via = `${secret.service}.amazonaws.com`;
  return {
    service: "kms",
    model: "kms",
    protocol: "json",
    operation: "Decrypt",
    method: "POST",
    path: "/",
    input,
    via,
    ...scope,
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
