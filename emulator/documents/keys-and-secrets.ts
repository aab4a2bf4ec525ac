import { object, objects, text, type JsonObject } from "../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "./document";
import { invalidParameter as invalid } from "./refusals";
import { isCronExpression } from "./events/schedule-expression";
import { isOutside, isSet, numberOf } from "./values";

/** The days that a KMS key waits to be deleted. */
export const keyDeletion: DocumentCheck = {
  service: "kms",
  operations: ["ScheduleKeyDeletion"],
  source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html",
  check: ({ PendingWindowInDays: days }) =>
    isOutside(days, 7, 30)
      ? {
          code: "ValidationException",
          message: `1 validation error detected: Value '${numberOf(days) ?? ""}' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value ${isOutside(days, 7, Infinity) ? "greater than or equal to 7" : "less than or equal to 30"}`,
        }
      : undefined,
};

/** What a new KMS key is used for, which its kind decides. */
export const newKeys: DocumentCheck = {
  service: "kms",
  operations: ["CreateKey"],
  source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html",
  check: ({ KeySpec, CustomerMasterKeySpec, KeyUsage, Tags }) => {
    const spec = text(KeySpec) || text(CustomerMasterKeySpec) || "SYMMETRIC_DEFAULT";
    if (spec !== "SYMMETRIC_DEFAULT" && text(KeyUsage) === "") {
      return { code: "ValidationException", message: "You must specify a KeyUsage value for an asymmetric CMK." };
    }
    const usage = text(KeyUsage) || "ENCRYPT_DECRYPT";
    const known = usages.find(([specs]) => specs.test(spec));
    const allowed: readonly string[] = known?.[1] ?? [usage];
    if (!allowed.includes(usage)) {
      return { code: "ValidationException", message: `KeyUsage ${usage} is not compatible with KeySpec ${spec}` };
    }
    return firstDuplicate(objects(Tags).map(({ TagKey }) => text(TagKey))) === undefined
      ? undefined
      : { code: "TagException", message: "Duplicate tag keys" };
  },
};

/** Names of aliases that AWS has for its own keys. */
export const aliases: DocumentCheck = {
  service: "kms",
  operations: ["CreateAlias"],
  source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
  check: ({ AliasName }) =>
    text(AliasName).startsWith("alias/aws/")
      ? { code: "NotAuthorizedException", message: "The alias name cannot begin with alias/aws/." }
      : undefined,
};

const usages = [
  [/^SYMMETRIC_DEFAULT$/, ["ENCRYPT_DECRYPT"]],
  [/^HMAC_/, ["GENERATE_VERIFY_MAC"]],
  [/^RSA_/, ["ENCRYPT_DECRYPT", "SIGN_VERIFY"]],
  [/^ECC_(NIST_P|SECG)/, ["SIGN_VERIFY", "KEY_AGREEMENT"]],
  [/^ML_DSA_/, ["SIGN_VERIFY"]],
] as const;

/** The value of a new version of a secret. */
export const secretValues: DocumentCheck = {
  service: "secretsmanager",
  operations: ["PutSecretValue", "UpdateSecret"],
  source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html",
  check: ({ SecretString, SecretBinary }) =>
    isSet(SecretString) && isSet(SecretBinary)
      ? invalid("You can't specify both a binary secret value and a string secret value in the same secret.")
      : undefined,
};

/** The name of a secret. */
export const secretNames: DocumentCheck = {
  service: "secretsmanager",
  operations: ["CreateSecret"],
  source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html",
  check: ({ Name, SecretString, SecretBinary }) => {
    if (!/^[\w/+=.@!-]{1,512}$/.test(text(Name))) {
      return {
        code: "ValidationException",
        message:
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
      };
    }
    return isSet(SecretString) && isSet(SecretBinary)
      ? {
          code: "InvalidParameterException",
          message: "You can't specify both a binary secret value and a string secret value in the same secret.",
        }
      : undefined;
  },
};

/** When a secret is rotated. */
export const rotations: DocumentCheck = {
  service: "secretsmanager",
  operations: ["RotateSecret"],
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html",
  check: ({ RotationRules }) => firstRefusal([either, schedule, duration], object(RotationRules)),
};

function either({ AutomaticallyAfterDays, ScheduleExpression }: JsonObject): Refusal | undefined {
  return isSet(AutomaticallyAfterDays) && text(ScheduleExpression) !== ""
    ? invalid("You can't specify both AutomaticallyAfterDays and ScheduleExpression.")
    : undefined;
}

function schedule({ ScheduleExpression }: JsonObject): Refusal | undefined {
  const written = text(ScheduleExpression);
  if (written === "") return undefined;
  const [, count, unit = ""] = /^rate\((\d+) (hours?|days?)\)$/.exec(written) ?? [];
  const hours = Number(count) * (unit.startsWith("day") ? 24 : 1);
  if (hours >= 4 && hours <= 999 * 24) return undefined;
  // The window of a rotation starts on the hour.
  return isCronExpression(written) && written.startsWith("cron(0 ")
    ? undefined
    : invalid(`The ScheduleExpression ${written} is invalid.`);
}

function duration({ Duration }: JsonObject): Refusal | undefined {
  const written = text(Duration);
  return written === "" || /^([1-9]|1\d|2[0-4])h$/.test(written)
    ? undefined
    : invalid(`The Duration ${written} is invalid. Specify hours, for example 3h.`);
}
