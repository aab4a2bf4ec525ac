import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
} from "@aws-sdk/client-secrets-manager";
import { emulatorForSuite, refusal } from "../running-emulator";

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
});
