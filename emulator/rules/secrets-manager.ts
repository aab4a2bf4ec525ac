import { object, text, type JsonObject } from "../wire/json";
import { isInvocableBy } from "./invocation";
import { isPublic, statementsOf } from "./policy-statements";
import type { RuleCall, RuleSet } from "./rule";

const service = "secretsmanager";
const reference = "https://docs.aws.amazon.com/secretsmanager/latest/apireference";

/** Rules of Secrets Manager on the keys of secrets, on secrets that are scheduled for deletion, and on functions that rotate secrets. */
export function secretsManager(): RuleSet {
  return {
    rules: [
      {
        name: "secret-name-scheduled-for-deletion",
        service,
        operations: ["CreateSecret"],
        code: "InvalidRequestException",
        rule: "The name of a secret is taken until the end of its recovery window.",
        source: `${reference}/API_CreateSecret.html`,
        refuse: async (call) =>
          (await isScheduled(call, call.input.Name))
            ? "You can't create this secret because a secret with this name is already scheduled for deletion."
            : undefined,
      },
      {
        name: "secret-key-not-usable",
        service,
        operations: ["CreateSecret", "PutSecretValue", "UpdateSecret"],
        code: "EncryptionFailure",
        rule: "The KMS key of a secret with a value exists and is enabled.",
        source: `${reference}/API_CreateSecret.html`,
        refuse: async (call) => {
          const { KmsKeyId, SecretString, SecretBinary } = call.input;
          const secret = await secretOf(call);
          // A new key encrypts the versions that the secret has.
          const hasVersion = text(KmsKeyId) !== "" && Object.keys(object(secret.VersionIdsToStages)).length > 0;
          const hasValue = SecretString !== undefined || SecretBinary !== undefined || hasVersion;
          return !hasValue || (await isUsable(call, text(KmsKeyId) || text(secret.KmsKeyId)))
            ? undefined
            : "Secrets Manager can't encrypt the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state.";
        },
      },
      {
        name: "secret-key-not-usable-to-read",
        service,
        operations: ["GetSecretValue"],
        code: "DecryptionFailure",
        rule: "The value of a secret is read while its KMS key is enabled.",
        source: `${reference}/API_GetSecretValue.html`,
        refuse: async (call) =>
          (await isUsable(call, text((await secretOf(call)).KmsKeyId)))
            ? undefined
            : "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
      },
      {
        name: "secret-policy-public",
        service,
        operations: ["PutResourcePolicy"],
        code: "PublicPolicyException",
        rule: "With BlockPublicPolicy, a secret takes no policy for everyone.",
        source: `${reference}/API_PutResourcePolicy.html`,
        refuse: ({ input }) =>
          input.BlockPublicPolicy === true && statementsOf(input.ResourcePolicy).some(isPublic)
            ? "The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret."
            : undefined,
      },
      {
        name: "secret-scheduled-for-deletion",
        service,
        operations: ["PutSecretValue", "PutResourcePolicy", "TagResource", "UntagResource"],
        code: "InvalidRequestException",
        rule: "A secret that is scheduled for deletion cannot be changed.",
        source: `${reference}/API_PutSecretValue.html`,
        refuse: async (call) =>
          (await isScheduled(call, call.input.SecretId))
            ? "You can't perform this operation on the secret because it was marked for deletion."
            : undefined,
      },
      {
        name: "rotation-without-function",
        service,
        operations: ["RotateSecret"],
        code: "InvalidRequestException",
        rule: "A secret that no other service manages is rotated by a function.",
        source: `${reference}/API_RotateSecret.html`,
        refuse: async ({ input, ask }) => {
          if (text(input.RotationLambdaARN) !== "" || text(input.ExternalSecretRotationRoleArn) !== "")
            return undefined;
          const secret = await ask("DescribeSecret", { SecretId: input.SecretId });
          // RDS rotates its secrets, such as rds!cluster-1.
          const isManaged = text(secret.OwningService) !== "" || text(secret.Name).includes("!");
          return secret.Name === undefined || isManaged || text(secret.RotationLambdaARN) !== ""
            ? undefined
            : "No Lambda rotation function ARN is associated with this secret.";
        },
      },
      {
        name: "rotation-function-not-invocable",
        service,
        operations: ["RotateSecret"],
        code: "AccessDeniedException",
        rule: "The policy of the function that rotates a secret lets Secrets Manager invoke it.",
        source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot_rotation.html",
        refuse: async (call) =>
          (await isInvocableBy(call, text(call.input.RotationLambdaARN), ["secretsmanager.amazonaws.com"]))
            ? undefined
            : "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
      },
    ],
  };
}

/** The secret that a request names; empty for a new one. */
async function secretOf({ ask, input }: RuleCall): Promise<JsonObject> {
  return text(input.SecretId) === "" ? {} : ask("DescribeSecret", { SecretId: input.SecretId });
}

async function isUsable({ ask, account, region }: RuleCall, KeyId: string): Promise<boolean> {
  const isOther = KeyId.startsWith("arn:") && !KeyId.includes(`:${region}:${account}:`);
  // The keys of other accounts cannot be read, and that of Secrets Manager itself is made at its first use.
  if (KeyId === "" || isOther || KeyId.endsWith("alias/aws/secretsmanager")) return true;
  return object((await ask("DescribeKey", { KeyId }, "kms")).KeyMetadata).KeyState === "Enabled";
}

async function isScheduled({ ask }: RuleCall, id: RuleCall["input"][string]): Promise<boolean> {
  const { DeletedDate } = await ask("DescribeSecret", { SecretId: id });
  return DeletedDate != null;
}
