import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UpdateKeyDescriptionCommand,
  type GrantOperation,
} from "@aws-sdk/client-kms";
import { emulatorForSuite, refusal } from "../running-emulator";

const account = "arn:aws:iam::111122223333:root";
const signing = { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" } as const;

describe("KMS", () => {
  const aws = emulatorForSuite();
  const kms = () => new KMSClient(aws.client());
  const create = async (): Promise<string> => (await kms().send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? "";
  const schedule = (KeyId: string) => kms().send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  const encrypt = (KeyId: string) => kms().send(new EncryptCommand({ KeyId, Plaintext: Buffer.from("text") }));
  const alias = (name: string, TargetKeyId: string) =>
    kms().send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId }));

  it("refuses to use or change a key that is pending deletion [key-pending-deletion]", async () => {
    const KeyId = await create();
    const calls = [
      () => encrypt(KeyId),
      () => alias("pending", KeyId),
      () => kms().send(new EnableKeyRotationCommand({ KeyId })),
      () => kms().send(new UpdateKeyDescriptionCommand({ KeyId, Description: "own" })),
      () => schedule(KeyId),
    ];
    await schedule(KeyId);
    for (const call of calls) expect(await refusal(call())).toBe("KMSInvalidStateException");
    await kms().send(new CancelKeyDeletionCommand({ KeyId }));
    await kms().send(new EnableKeyCommand({ KeyId }));
    for (const call of calls) expect(await refusal(call())).toBe("");
  });

  it("changes the policy of a key that is pending deletion, as AWS does", async () => {
    const KeyId = await create();
    await schedule(KeyId);
    const statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const put = new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy });
    expect(await refusal(kms().send(put))).toBe("");
  });

  it("refuses to cancel a deletion that is not scheduled [key-not-pending-deletion]", async () => {
    const KeyId = await create();
    const cancel = () => kms().send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await refusal(cancel())).toBe("KMSInvalidStateException");
    await schedule(KeyId);
    expect(await refusal(cancel())).toBe("");
  });

  it("refuses to rotate keys that KMS does not rotate [key-rotation-unsupported]", async () => {
    const { KeyMetadata } = await kms().send(new CreateKeyCommand(signing));
    const rotate = (KeyId = "") => kms().send(new EnableKeyRotationCommand({ KeyId }));
    expect(await refusal(rotate(KeyMetadata?.KeyId))).toBe("UnsupportedOperationException");
    expect(await refusal(rotate(await create()))).toBe("");
  });

  it("refuses to encrypt with a key that signs [key-usage]", async () => {
    const { KeyMetadata } = await kms().send(new CreateKeyCommand(signing));
    expect(await refusal(encrypt(KeyMetadata?.KeyId ?? ""))).toBe("InvalidKeyUsageException");
    expect(await refusal(encrypt(await create()))).toBe("");
  });

  it("refuses to use a disabled key [key-disabled]", async () => {
    const KeyId = await create();
    await kms().send(new DisableKeyCommand({ KeyId }));
    expect(await refusal(encrypt(KeyId))).toBe("DisabledException");
    await kms().send(new EnableKeyCommand({ KeyId }));
    expect(await refusal(encrypt(KeyId))).toBe("");
  });

  it("refuses an alias that another key has [alias-exists]", async () => {
    await alias("one", await create());
    expect(await refusal(alias("one", await create()))).toBe("AlreadyExistsException");
    expect(await refusal(alias("two", await create()))).toBe("");
  });

  describe("grants", () => {
    const grant = (KeyId: string, Operations: GrantOperation[], GranteePrincipal = account) =>
      refusal(kms().send(new CreateGrantCommand({ KeyId, Operations, GranteePrincipal })));

    it("are refused for what the key is not used for [grant-operation-unsupported]", async () => {
      const { KeyMetadata } = await kms().send(new CreateKeyCommand(signing));
      expect(await grant(await create(), ["Sign"])).toBe("ValidationException");
      expect(await grant(KeyMetadata?.KeyId ?? "", ["Encrypt"])).toBe("ValidationException");
      expect(await grant(KeyMetadata?.KeyId ?? "", ["Sign", "DescribeKey", "RetireGrant"])).toBe("");
      expect(await grant(await create(), ["Encrypt", "GenerateDataKey"])).toBe("");
    });

    it("are refused for a role that does not exist [grantee-not-found]", async () => {
      const role = "arn:aws:iam::111122223333:role/grantee";
      const key = await create();
      expect(await grant(key, ["Decrypt"], role)).toBe("InvalidArnException");
      const ofService = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
      expect(await grant(key, ["Decrypt"], role.replace("grantee", ofService))).toBe("");
      const trust = {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: account } }],
      };
      const AssumeRolePolicyDocument = JSON.stringify(trust);
      await new IAMClient(aws.client()).send(new CreateRoleCommand({ RoleName: "grantee", AssumeRolePolicyDocument }));
      expect(await grant(key, ["Decrypt"], role)).toBe("");
    });
  });
});
