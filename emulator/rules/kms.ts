import { object, text, type JsonObject } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "kms";
const reference = "https://docs.aws.amazon.com/kms/latest/APIReference";
const keyStates = "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html";

const cryptographic = [
  "Encrypt",
  "Decrypt",
  "ReEncrypt",
  "GenerateDataKey",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
  "GenerateDataKeyWithoutPlaintext",
  "GenerateMac",
  "VerifyMac",
  "Sign",
  "Verify",
  "GetPublicKey",
];

/** Rules of KMS on the states of keys. */
export function kms(): RuleSet {
  return {
    rules: [
      {
        name: "key-pending-deletion",
        service,
        operations: [
          ...cryptographic,
          "CreateAlias",
          "CreateGrant",
          "DisableKey",
          "DisableKeyRotation",
          "EnableKey",
          "EnableKeyRotation",
          "ScheduleKeyDeletion",
          "TagResource",
          "UntagResource",
          "UpdateAlias",
          "UpdateKeyDescription",
        ],
        code: "KMSInvalidStateException",
        rule: "A key that is pending deletion can be neither used nor changed.",
        source: keyStates,
        refuse: async (call) => {
          const { Arn, KeyState } = await keyOf(call);
          return KeyState === "PendingDeletion" ? `${text(Arn)} is pending deletion.` : undefined;
        },
      },
      {
        name: "key-not-pending-deletion",
        service,
        operations: ["CancelKeyDeletion"],
        code: "KMSInvalidStateException",
        rule: "Only the deletion of a key that is pending deletion can be canceled.",
        source: keyStates,
        refuse: async (call) => {
          const { Arn, KeyState } = await keyOf(call);
          return KeyState === undefined || KeyState === "PendingDeletion"
            ? undefined
            : `${text(Arn)} is not pending deletion.`;
        },
      },
      {
        name: "key-disabled",
        service,
        operations: [...cryptographic, "CreateGrant", "EnableKeyRotation", "DisableKeyRotation"],
        code: "DisabledException",
        rule: "A disabled key cannot be used.",
        source: keyStates,
        refuse: async (call) => {
          const { Arn, KeyState } = await keyOf(call);
          return KeyState === "Disabled" ? `${text(Arn)} is disabled.` : undefined;
        },
      },
      {
        name: "key-deletion-window",
        service,
        operations: ["ScheduleKeyDeletion"],
        code: "ValidationException",
        rule: "A key is deleted 7 to 30 days after the deletion was scheduled.",
        source: `${reference}/API_ScheduleKeyDeletion.html`,
        refuse: ({ input: { PendingWindowInDays: days } }) =>
          typeof days === "number" && (days < 7 || days > 30)
            ? "PendingWindowInDays must be between 7 and 30 days."
            : undefined,
      },
    ],
  };
}

async function keyOf({ ask, input }: RuleCall): Promise<JsonObject> {
  const id = text(input.TargetKeyId) || text(input.KeyId) || text(input.DestinationKeyId);
  return id === "" ? {} : object((await ask("DescribeKey", { KeyId: id })).KeyMetadata);
}
