import {
  CreateDBClusterCommand,
  CreateOptionGroupCommand,
  DeleteOptionGroupCommand,
  DescribeDBClustersCommand,
  DescribeOptionGroupsCommand,
  ModifyDBClusterCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("the settings of databases that moto does not know", () => {
  const aws = emulatorForSuite();
  const rds = () => new RDSClient(aws.client());

  it("keeps the storage type of an Aurora cluster, and returns none for the standard one", async () => {
    const DBClusterIdentifier = "Optimized";
    const storageType = async () => {
      const { DBClusters } = await rds().send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
      return DBClusters?.[0]?.StorageType;
    };
    const input = {
      DBClusterIdentifier,
      Engine: "aurora-postgresql",
      MasterUsername: "root",
      MasterUserPassword: "abcdefgh1",
      StorageType: "aurora-iopt1",
    };
    const created = await rds().send(new CreateDBClusterCommand(input));
    expect(created.DBCluster?.StorageType).toBe("aurora-iopt1");
    const again = new CreateDBClusterCommand({ ...input, StorageType: "aurora" });
    expect(await refusal(rds().send(again))).toBe("DBClusterAlreadyExistsFault");
    expect(await storageType()).toBe("aurora-iopt1");
    const modify = (StorageType: string) =>
      rds().send(new ModifyDBClusterCommand({ DBClusterIdentifier, StorageType, ApplyImmediately: true }));
    await modify("aurora");
    expect(await storageType()).toBeUndefined();
    await modify("aurora-iopt1");
    expect(await storageType()).toBe("aurora-iopt1");
  });

  it.each([
    ["mysql", "8.4"],
    ["mariadb", "11.4"],
    ["postgres", "17"],
  ])("has option groups of %s %s", async (EngineName, MajorEngineVersion) => {
    const OptionGroupName = `group-${EngineName}`;
    const input = { OptionGroupName, EngineName, MajorEngineVersion, OptionGroupDescription: "Options" };
    const created = await rds().send(new CreateOptionGroupCommand(input));
    expect(created.OptionGroup).toMatchObject({ EngineName, MajorEngineVersion });
    const { OptionGroupsList } = await rds().send(new DescribeOptionGroupsCommand({ OptionGroupName }));
    expect(OptionGroupsList?.[0]).toMatchObject({ EngineName, MajorEngineVersion });
    expect(await refusal(rds().send(new DeleteOptionGroupCommand({ OptionGroupName })))).toBe("");
  });
});
