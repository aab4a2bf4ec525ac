import { list, object, text, type JsonObject } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "kms";
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

/** The usage of a key that each operation needs. */
const usageOf: Readonly<Record<string, string | undefined>> = {
  Encrypt: "ENCRYPT_DECRYPT",
  GenerateDataKey: "ENCRYPT_DECRYPT",
  GenerateDataKeyWithoutPlaintext: "ENCRYPT_DECRYPT",
  Sign: "SIGN_VERIFY",
  Verify: "SIGN_VERIFY",
  GenerateMac: "GENERATE_VERIFY_MAC",
  VerifyMac: "GENERATE_VERIFY_MAC",
};

/** Rules of KMS on the states of keys, and on their grants. */
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
        name: "key-rotation-unsupported",
        service,
        operations: ["EnableKeyRotation"],
        code: "UnsupportedOperationException",
        rule: "Only symmetric encryption keys are rotated by KMS.",
        source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html",
        refuse: async (call) => {
          const { KeySpec } = await keyOf(call);
          return KeySpec === undefined || KeySpec === "SYMMETRIC_DEFAULT"
            ? undefined
            : "Automatic key rotation is only supported for symmetric encryption KMS keys.";
        },
      },
      {
        name: "key-usage",
        service,
        operations: Object.keys(usageOf),
        code: "InvalidKeyUsageException",
        rule: "A key is used for what its KeyUsage says.",
        source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html",
        refuse: async (call) => {
          const { Arn, KeyUsage } = await keyOf(call);
          const usage = text(KeyUsage) || "ENCRYPT_DECRYPT";
          return Arn === undefined || usage === usageOf[call.operation]
            ? undefined
            : `${text(Arn)} key usage is ${usage} which is not valid for ${call.operation}.`;
        },
      },
      {
        name: "grant-operation-unsupported",
        service,
        operations: ["CreateGrant"],
        code: "ValidationException",
        rule: "The operations of a grant are those that the usage of its key supports.",
        source: "https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations",
        refuse: async (call) => {
          const { Arn, KeyUsage } = await keyOf(call);
          const usage = text(KeyUsage) || "ENCRYPT_DECRYPT";
          const wrong = list(call.input.Operations)
            .map(text)
            .find((operation) => (usageOf[operation] ?? usage) !== usage);
          return Arn === undefined || wrong === undefined
            ? undefined
            : `The operation ${wrong} is not supported by ${text(Arn)}, whose key usage is ${usage}.`;
        },
      },
      {
        name: "grantee-not-found",
        service,
        operations: ["CreateGrant"],
        code: "InvalidArnException",
        rule: "The role that is granted a key, or that retires the grant, exists.",
        source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html",
        refuse: async ({ input, account, iam }) => {
          const roles = [input.GranteePrincipal, input.RetiringPrincipal]
            .map(text)
            // Services make their own roles at their first use.
            .filter((arn) => arn.includes(`:iam::${account}:role/`) && !arn.includes(":role/aws-service-role/"));
          for (const arn of roles) {
            if (!(await iam.role(arn))) return `ARN does not refer to a valid principal: ${arn}`;
          }
          return undefined;
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
    ],
  };
}

async function keyOf({ ask, input }: RuleCall): Promise<JsonObject> {
  const id = text(input.TargetKeyId) || text(input.KeyId) || text(input.DestinationKeyId);
  return id === "" ? {} : object((await ask("DescribeKey", { KeyId: id })).KeyMetadata);
}
