import { object, text } from "../wire/json";
import { isInvocableBy } from "./invocation";
import { isPublic, statementsOf } from "./policy-statements";
import type { RuleCall, RuleSet } from "./rule";

const service = "secretsmanager";
const reference = "https://docs.aws.amazon.com/secretsmanager/latest/apireference";

/** Rules of Secrets Manager on secrets that are scheduled for deletion, and on functions that rotate secrets. */
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
        operations: ["CreateSecret"],
        code: "EncryptionFailure",
        rule: "The KMS key of a secret with a value exists and is enabled.",
        source: `${reference}/API_CreateSecret.html`,
        refuse: async ({ input, ask, account, region }) => {
          const KeyId = text(input.KmsKeyId);
          const isOther = KeyId.startsWith("arn:") && !KeyId.includes(`:${region}:${account}:`);
          const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
          // The keys of other accounts cannot be read, and that of Secrets Manager itself is made at its first use.
          if (!hasValue || KeyId === "" || isOther || KeyId.endsWith("alias/aws/secretsmanager")) return undefined;
          const { KeyState } = object((await ask("DescribeKey", { KeyId }, "kms")).KeyMetadata);
          return KeyState === "Enabled"
            ? undefined
            : "Secrets Manager can't encrypt the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state.";
        },
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

async function isScheduled({ ask }: RuleCall, id: RuleCall["input"][string]): Promise<boolean> {
  const { DeletedDate } = await ask("DescribeSecret", { SecretId: id });
  return DeletedDate != null;
}
