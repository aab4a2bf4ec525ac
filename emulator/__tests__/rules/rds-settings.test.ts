import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  type ModifyDBClusterCommandInput,
  type ModifyDBInstanceCommandInput,
} from "@aws-sdk/client-rds";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("settings of databases", () => {
  const aws = emulatorForSuite();
  const rds = () => new RDSClient(aws.client());
  const user = { MasterUsername: "shop", ManageMasterUserPassword: true, EngineVersion: "17.4" };
  const aurora = { Engine: "aurora-postgresql", DBClusterIdentifier: "shop" };
  const modify = (change: Partial<ModifyDBInstanceCommandInput>) =>
    rds().send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: "shop", ApplyImmediately: true, ...change }));
  const modifyCluster = (change: Partial<ModifyDBClusterCommandInput>) =>
    rds().send(new ModifyDBClusterCommand({ DBClusterIdentifier: "shop", ApplyImmediately: true, ...change }));

  beforeAll(async () => {
    const size = { DBInstanceClass: "db.t4g.small", AllocatedStorage: 100 };
    const instance = { ...user, ...size, DBInstanceIdentifier: "shop", Engine: "postgres" };
    await rds().send(new CreateDBInstanceCommand(instance));
    const ServerlessV2ScalingConfiguration = { MinCapacity: 1, MaxCapacity: 2 };
    await rds().send(new CreateDBClusterCommand({ ...user, ...aurora, ServerlessV2ScalingConfiguration }));
  });

  it("refuses logs that the engine does not have [db-log-types]", async () => {
    const logs = (EnableLogTypes: string[]) => ({ CloudwatchLogsExportConfiguration: { EnableLogTypes } });
    expect(await refusal(modify(logs(["slowquery"])))).toBe("InvalidParameterCombination");
    expect(await refusal(modifyCluster(logs(["audit"])))).toBe("InvalidParameterCombination");
    expect(await refusal(modify(logs(["postgresql", "upgrade"])))).toBe("");
    expect(await refusal(modifyCluster(logs(["postgresql"])))).toBe("");
  });

  it("refuses a version that the engine never has [db-engine-version-unknown]", async () => {
    expect(await refusal(modify({ EngineVersion: "17.99" }))).toBe("InvalidParameterCombination");
    expect(await refusal(modifyCluster({ EngineVersion: "17.99" }))).toBe("InvalidParameterCombination");
    expect(await refusal(modify({ EngineVersion: "17.5" }))).toBe("");
    expect(await refusal(modifyCluster({ EngineVersion: "17.5" }))).toBe("");
  });

  it("refuses a limit of storage autoscaling below the storage [db-storage-limit]", async () => {
    expect(await refusal(modify({ MaxAllocatedStorage: 50 }))).toBe("InvalidParameterCombination");
    expect(await refusal(modify({ MaxAllocatedStorage: 105 }))).toBe("InvalidParameterCombination");
    expect(await refusal(modify({ MaxAllocatedStorage: 110 }))).toBe("");
    expect(await refusal(modify({ MaxAllocatedStorage: 100 }))).toBe("");
  });

  it("refuses a least capacity above the greatest [db-cluster-capacity]", async () => {
    const capacity = (ServerlessV2ScalingConfiguration: object) => ({ ServerlessV2ScalingConfiguration });
    expect(await refusal(modifyCluster(capacity({ MinCapacity: 4 })))).toBe("InvalidParameterValue");
    expect(await refusal(modifyCluster(capacity({ MinCapacity: 4, MaxCapacity: 8 })))).toBe("");
  });

  it("refuses a parameter group that does not exist [db-cluster-parameter-group-not-found]", async () => {
    const group = { DBClusterParameterGroupName: "unknown" };
    expect(await refusal(modifyCluster(group))).toBe("DBClusterParameterGroupNotFound");
    const create = (DBClusterIdentifier: string, changed = {}) =>
      rds().send(new CreateDBClusterCommand({ ...user, ...aurora, DBClusterIdentifier, ...changed }));
    expect(await refusal(create("grouped", group))).toBe("DBClusterParameterGroupNotFound");
    const own = { DBClusterParameterGroupName: "default.aurora-postgresql17" };
    expect(await refusal(create("default", own))).toBe("");
  });

  it("refuses a member of another major version [db-cluster-member-version]", async () => {
    const add = (DBInstanceIdentifier: string, EngineVersion?: string) =>
      rds().send(
        new CreateDBInstanceCommand({
          ...aurora,
          DBInstanceIdentifier,
          EngineVersion,
          DBInstanceClass: "db.serverless",
        }),
      );
    expect(await refusal(add("older", "16.4"))).toBe("InvalidParameterCombination");
    expect(await refusal(add("same", "17.4"))).toBe("");
    expect(await refusal(add("unset"))).toBe("");
  });
});
