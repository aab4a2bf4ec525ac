import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { CreateDBClusterCommand, RDSClient } from "@aws-sdk/client-rds";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { emulatorForSuite, refusal } from "../running-emulator";

/** A zip file with one empty file, `index.js`. */
const zipFile =
  "UEsDBBQAAAAIAAAAIVwAAAAAAgAAAAAAAAAIAAAAaW5kZXguanMDAFBLAQIUABQAAAAIAAAAIVwAAAAAAgAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAABpbmRleC5qc1BLBQYAAAAAAQABADYAAAAoAAAAAAA=";

describe("Secrets Manager", () => {
  const aws = emulatorForSuite();
  const secrets = () => new SecretsManagerClient(aws.client());
  const create = (Name: string) => secrets().send(new CreateSecretCommand({ Name, SecretString: "not-a-secret" }));
  const remove = (SecretId: string, settings = {}) =>
    secrets().send(new DeleteSecretCommand({ SecretId, ...settings }));

  it("refuses a second secret with a name [secret-exists]", async () => {
    await create("taken");
    expect(await refusal(create("taken"))).toBe("ResourceExistsException");
    expect(await refusal(create("free"))).toBe("");
  });

  it("refuses the name of a secret in its recovery window [secret-name-scheduled-for-deletion]", async () => {
    await create("deleted");
    await remove("deleted", { RecoveryWindowInDays: 7 });
    expect(await refusal(create("deleted"))).toBe("InvalidRequestException");
    await create("gone");
    await remove("gone", { ForceDeleteWithoutRecovery: true });
    expect(await refusal(create("gone"))).toBe("");
  });

  it("refuses changes of a secret that is scheduled for deletion [secret-scheduled-for-deletion]", async () => {
    const SecretId = "scheduled";
    await create(SecretId);
    await remove(SecretId);
    const Principal = { AWS: "arn:aws:iam::111122223333:root" };
    const Statement = [{ Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*" }];
    const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement });
    const changes = [
      () => secrets().send(new PutSecretValueCommand({ SecretId, SecretString: "other" })),
      () => secrets().send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy })),
      () => secrets().send(new TagResourceCommand({ SecretId, Tags: [{ Key: "a", Value: "b" }] })),
    ];
    for (const change of changes) expect(await refusal(change())).toBe("InvalidRequestException");
    await secrets().send(new RestoreSecretCommand({ SecretId }));
    for (const change of changes) expect(await refusal(change())).toBe("");
  });

  it("refuses a value without a key that encrypts it [secret-key-not-usable]", async () => {
    const createWith = (Name: string, KmsKeyId?: string, SecretString?: string) =>
      refusal(secrets().send(new CreateSecretCommand({ Name, KmsKeyId, SecretString })));
    const { KeyMetadata } = await new KMSClient(aws.client()).send(new CreateKeyCommand({}));
    expect(await createWith("lost-key", "alias/lost", "not-a-secret")).toBe("EncryptionFailure");
    expect(await createWith("lost-key", "alias/lost")).toBe("");
    expect(await createWith("key", KeyMetadata?.KeyId, "not-a-secret")).toBe("");
    expect(await createWith("own-key", "alias/aws/secretsmanager", "not-a-secret")).toBe("");
    const update = (SecretId: string, KmsKeyId: string) =>
      refusal(secrets().send(new UpdateSecretCommand({ SecretId, KmsKeyId })));
    expect(await update("key", "alias/lost")).toBe("EncryptionFailure");
    expect(await update("lost-key", "alias/lost")).toBe("");
    expect(await update("own-key", KeyMetadata?.KeyId ?? "")).toBe("");
  });

  it("refuses to read and write with a key that is pending deletion [secret-key-not-usable-to-read]", async () => {
    const kms = new KMSClient(aws.client());
    const { KeyId } = (await kms.send(new CreateKeyCommand({}))).KeyMetadata ?? {};
    const SecretId = "of-key";
    await secrets().send(new CreateSecretCommand({ Name: SecretId, KmsKeyId: KeyId, SecretString: "not-a-secret" }));
    const read = () => refusal(secrets().send(new GetSecretValueCommand({ SecretId })));
    const write = () => refusal(secrets().send(new PutSecretValueCommand({ SecretId, SecretString: "other" })));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(await read()).toBe("DecryptionFailure");
    expect(await write()).toBe("EncryptionFailure");
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect(await read()).toBe("");
    expect(await write()).toBe("");
  });

  it("refuses a policy for everyone with BlockPublicPolicy [secret-policy-public]", async () => {
    await create("public");
    const put = (Principal: object | string, BlockPublicPolicy?: boolean) => {
      const Statement = [{ Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*" }];
      const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement });
      return refusal(
        secrets().send(new PutResourcePolicyCommand({ SecretId: "public", ResourcePolicy, BlockPublicPolicy })),
      );
    };
    expect(await put("*", true)).toBe("PublicPolicyException");
    expect(await put({ AWS: "arn:aws:iam::111122223333:root" }, true)).toBe("");
    expect(await put("*")).toBe("");
  });

  describe("rotation by a function", () => {
    const functionArn = "arn:aws:lambda:us-east-1:111122223333:function:rotation";
    const rotate = (SecretId: string, RotationLambdaARN?: string) =>
      secrets().send(
        new RotateSecretCommand({ SecretId, RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 } }),
      );
    /** The SDK of Lambda is not a dependency; its protocol is REST with JSON. */
    const lambda = (path: string, input: object) => {
      const { endpoint, region, credentials } = aws.client();
      const scope = `${credentials.accessKeyId}/20250101/${region}/lambda/aws4_request`;
      return fetch(`${endpoint}/2015-03-31/functions${path}`, {
        method: "POST",
        headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` },
        body: JSON.stringify(input),
      });
    };

    beforeAll(async () => {
      const Principal = { Service: "lambda.amazonaws.com" };
      const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }] };
      const { Role } = await new IAMClient(aws.client()).send(
        new CreateRoleCommand({ RoleName: "rotation", AssumeRolePolicyDocument: JSON.stringify(trust) }),
      );
      const created = await lambda("", {
        FunctionName: "rotation",
        Role: Role?.Arn,
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: zipFile },
      });
      expect(created.status).toBe(201);
      await create("rotated");
    });

    it("is refused until the function's policy lets Secrets Manager invoke it [rotation-function-not-invocable]", async () => {
      expect(await refusal(rotate("rotated", functionArn))).toBe("AccessDeniedException");
      const permission = { StatementId: "rotation", Action: "lambda:InvokeFunction" };
      await lambda("/rotation/policy", { ...permission, Principal: "secretsmanager.amazonaws.com" });
      expect(await refusal(rotate("rotated", functionArn))).toBe("");
    });

    it("does not let CloudWatch Logs invoke the function [subscription-function-not-invocable]", async () => {
      const logs = new CloudWatchLogsClient(aws.client());
      await logs.send(new CreateLogGroupCommand({ logGroupName: "/shop" }));
      const names = { logGroupName: "/shop", filterName: "shop", filterPattern: "" };
      const subscribe = () =>
        refusal(logs.send(new PutSubscriptionFilterCommand({ ...names, destinationArn: functionArn })));
      expect(await subscribe()).toBe("InvalidParameterException");
      const permission = { StatementId: "logs", Action: "lambda:InvokeFunction", Principal: "logs.amazonaws.com" };
      await lambda("/rotation/policy", permission);
      expect(await subscribe()).toBe("");
    });

    it("keeps the current value, and makes the new version pending", async () => {
      const { SecretString } = await secrets().send(new GetSecretValueCommand({ SecretId: "rotated" }));
      expect(SecretString).toBe("not-a-secret");
      const { VersionIdsToStages } = await secrets().send(new DescribeSecretCommand({ SecretId: "rotated" }));
      expect(Object.values(VersionIdsToStages ?? {})).toEqual([["AWSCURRENT"], ["AWSPENDING"]]);
    });

    it("needs a function when it begins, and later keeps it [rotation-without-function]", async () => {
      await create("unrotated");
      expect(await refusal(rotate("unrotated"))).toBe("InvalidRequestException");
      expect(await refusal(rotate("rotated"))).toBe("");
      const { RotationLambdaARN } = await secrets().send(new DescribeSecretCommand({ SecretId: "rotated" }));
      expect(RotationLambdaARN).toBe(functionArn);
    });

    it("needs no function of the password of a database [rotation-without-function]", async () => {
      const { DBCluster } = await new RDSClient(aws.client()).send(
        new CreateDBClusterCommand({
          DBClusterIdentifier: "shop",
          Engine: "aurora-postgresql",
          EngineVersion: "17.4",
          MasterUsername: "shop",
          ManageMasterUserPassword: true,
        }),
      );
      expect(await refusal(rotate(DBCluster?.MasterUserSecret?.SecretArn ?? ""))).toBe("");
    });
  });
});
