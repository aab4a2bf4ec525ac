import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  ModifyDBClusterCommand,
  RDSClient,
  type CreateDBInstanceCommandInput,
} from "@aws-sdk/client-rds";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("new databases", () => {
  const aws = emulatorForSuite();
  const rds = () => new RDSClient(aws.client());
  const login = { MasterUsername: "shop", MasterUserPassword: "correct-horse" };
  const create = (DBInstanceIdentifier: string, change: Partial<CreateDBInstanceCommandInput> = {}) =>
    rds().send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier,
        DBInstanceClass: "db.t4g.small",
        Engine: "postgres",
        AllocatedStorage: 20,
        ...login,
        ...change,
      }),
    );
  const createCluster = (DBClusterIdentifier: string, change = {}) =>
    rds().send(new CreateDBClusterCommand({ DBClusterIdentifier, Engine: "aurora-postgresql", ...login, ...change }));

  it.each([
    ["postgres", /^17\./],
    ["mysql", /^8\.4\./],
    ["mariadb", /^11\.8\./],
    ["sqlserver-ex", /^16\.00\./],
    ["oracle-ee", /^19\./],
  ])("of the engine %s have a current version when they name none", async (Engine, expected) => {
    const { DBInstance } = await create(`new-${Engine}`, { Engine });
    expect(DBInstance?.EngineVersion).toMatch(expected);
  });

  it("have the version that they name, or that of their cluster", async () => {
    const { DBCluster } = await createCluster("aurora");
    expect(DBCluster?.EngineVersion).toMatch(/^17\./);
    const { DBCluster: older } = await createCluster("older", { EngineVersion: "15.4" });
    expect(older?.EngineVersion).toBe("15.4");
    const ofCluster = { MasterUsername: undefined, MasterUserPassword: undefined, AllocatedStorage: undefined };
    const aurora = { Engine: "aurora-postgresql", DBInstanceClass: "db.t4g.medium" };
    const member = { ...ofCluster, ...aurora, DBClusterIdentifier: "older" };
    expect((await create("member", member)).DBInstance?.EngineVersion).toBe("15.4");
    expect((await create("named", { EngineVersion: "16.3" })).DBInstance?.EngineVersion).toBe("16.3");
  });

  it("take a parameter group of the current family", async () => {
    const group = { DBParameterGroupName: "current", DBParameterGroupFamily: "postgres17", Description: "current" };
    await rds().send(new CreateDBParameterGroupCommand(group));
    expect(await refusal(create("grouped", { DBParameterGroupName: "current" }))).toBe("");
  });

  it("refuse a KMS key that does not exist or is disabled [db-key-not-accessible]", async () => {
    const kms = new KMSClient(aws.client());
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const encrypted = (KmsKeyId?: string) => ({ StorageEncrypted: true, KmsKeyId });
    const missing = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    expect(await refusal(create("lost-key", encrypted(missing)))).toBe("KMSKeyNotAccessibleFault");
    expect(await refusal(createCluster("lost-key", encrypted("alias/lost")))).toBe("KMSKeyNotAccessibleFault");
    expect(await refusal(create("key", encrypted(KeyMetadata?.Arn)))).toBe("");
    expect(await refusal(createCluster("key", encrypted(KeyMetadata?.KeyId)))).toBe("");
    expect(await refusal(create("own-key", encrypted("alias/aws/rds")))).toBe("");
    await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata?.KeyId }));
    expect(await refusal(create("disabled-key", encrypted(KeyMetadata?.Arn)))).toBe("KMSKeyNotAccessibleFault");
  });

  it("refuse the class db.serverless in a cluster without a capacity [db-serverless-without-capacity]", async () => {
    await createCluster("scaled");
    const member = (DBInstanceIdentifier: string, DBInstanceClass: string) =>
      rds().send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier,
          DBInstanceClass,
          Engine: "aurora-postgresql",
          DBClusterIdentifier: "scaled",
        }),
      );
    expect(await refusal(member("serverless", "db.serverless"))).toBe("InvalidDBClusterStateFault");
    expect(await refusal(member("provisioned", "db.r6g.large"))).toBe("");
    const ServerlessV2ScalingConfiguration = { MinCapacity: 1, MaxCapacity: 2 };
    const scale = { DBClusterIdentifier: "scaled", ServerlessV2ScalingConfiguration };
    await rds().send(new ModifyDBClusterCommand(scale));
    expect(await refusal(member("serverless", "db.serverless"))).toBe("");
  });
});
