import { object, text, type JsonValue } from "../wire/json";
import type { ModelledCall } from "./call";
import { scalarsAt } from "./request-keys";

/** Condition keys with the member that has their value. */
const members: Readonly<Record<string, string>> = {
  BypassPolicyLockoutSafetyCheck: "BypassPolicyLockoutSafetyCheck",
  CustomerMasterKeySpec: "CustomerMasterKeySpec",
  DataKeyPairSpec: "KeyPairSpec",
  ExpirationModel: "ExpirationModel",
  GrantOperations: "Operations",
  GranteePrincipal: "GranteePrincipal",
  KeyOrigin: "Origin",
  KeySpec: "KeySpec",
  KeyUsage: "KeyUsage",
  MacAlgorithm: "MacAlgorithm",
  MessageType: "MessageType",
  MultiRegion: "MultiRegion",
  ReplicaRegion: "ReplicaRegion",
  RetiringPrincipal: "RetiringPrincipal",
  RotationPeriodInDays: "RotationPeriodInDays",
  ScheduleKeyDeletionPendingWindowInDays: "PendingWindowInDays",
  SigningAlgorithm: "SigningAlgorithm",
  WrappingAlgorithm: "WrappingAlgorithm",
  WrappingKeySpec: "WrappingKeySpec",
};

/** What a new key has when the request leaves it out. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
const ofNewKey: Readonly<Record<string, string>> = {
  BypassPolicyLockoutSafetyCheck: "false",
  KeyOrigin: "AWS_KMS",
  KeySpec: "SYMMETRIC_DEFAULT",
  KeyUsage: "ENCRYPT_DECRYPT",
  MultiRegion: "false",
};

const encrypting = /^(Encrypt|Decrypt|GenerateDataKey.*|ReEncrypt)$/;

/**
 * The condition keys of AWS KMS that a request states.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function kmsContext({ operation, input }: ModelledCall): Record<string, readonly string[] | undefined> {
  const stated = Object.entries(members).map(([key, member]): [string, readonly string[] | undefined] => {
    const values = scalarsAt(input, member);
    const [byDefault] = operation === "CreateKey" ? [ofNewKey[key]] : [];
    return [`kms:${key}`, values.length > 0 ? values : byDefault === undefined ? undefined : [byDefault]];
  });
  const { Constraints: constraints, EncryptionAlgorithm: algorithm, KeyId: key } = input;
  const types = Object.keys(object(constraints)).filter((each) => each.startsWith("EncryptionContext"));
  return {
    ...Object.fromEntries(stated),
    ...ofEncryptionContext(input.EncryptionContext ?? input.SourceEncryptionContext),
    "kms:EncryptionAlgorithm": encrypting.test(operation) ? [text(algorithm) || "SYMMETRIC_DEFAULT"] : undefined,
    "kms:GrantConstraintType": types.length > 0 ? types : undefined,
    "kms:RequestAlias": text(key).includes("alias/") ? [text(key).replace(/^.*:(?=alias\/)/, "")] : undefined,
  };
}

function ofEncryptionContext(context: JsonValue): Record<string, readonly string[] | undefined> {
  const pairs = Object.entries(object(context)).map(([key, value]): [string, readonly string[]] => [
    key,
    [text(value)],
  ]);
  return {
    ...Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    "kms:EncryptionContextKeys": pairs.length > 0 ? pairs.map(([key]) => key) : undefined,
  };
}
