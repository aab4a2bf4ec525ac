import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateDBClusterCommand,
  CreateDBClusterParameterGroupCommand,
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { newAccountDatabaseQuotas } from "../../rules/rds/quotas";
import { emulatorForSuite, refusal } from "../running-emulator";

const one = { dbInstances: 1, dbClusters: 1, dbParameterGroups: 1, dbClusterParameterGroups: 1, dbSubnetGroups: 1 };

describe("the quotas of RDS", () => {
  const aws = emulatorForSuite({ quotas: one });
  const rds = () => new RDSClient(aws.client());
  const credentials = { MasterUsername: "administrator", MasterUserPassword: "not-a-real-password" };

  it("are those of a new account by default", () => {
    const { dbInstances, dbParameterGroups } = newAccountDatabaseQuotas;
    expect([dbInstances, dbParameterGroups]).toEqual([40, 50]);
  });

  it("refuses an instance beyond the quota [db-instance-quota]", async () => {
    const create = (DBInstanceIdentifier: string) => {
      const size = { DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20 };
      const engine = { Engine: "postgres", EngineVersion: "16.3" };
      const input = { DBInstanceIdentifier, ...engine, ...size, ...credentials };
      return rds().send(new CreateDBInstanceCommand(input));
    };
    expect(await refusal(create("one"))).toBe("");
    expect(await refusal(create("two"))).toBe("InstanceQuotaExceeded");
  });

  it("refuses a cluster beyond the quota [db-cluster-quota]", async () => {
    const create = (DBClusterIdentifier: string) => {
      const engine = { Engine: "aurora-postgresql", EngineVersion: "16.4" };
      return rds().send(new CreateDBClusterCommand({ DBClusterIdentifier, ...engine, ...credentials }));
    };
    expect(await refusal(create("one"))).toBe("");
    expect(await refusal(create("two"))).toBe("DBClusterQuotaExceededFault");
  });

  it("refuses a parameter group beyond the quota [db-parameter-group-quota]", async () => {
    const create = (DBParameterGroupName: string) => {
      const group = { DBParameterGroupName, DBParameterGroupFamily: "postgres16", Description: "own" };
      return rds().send(new CreateDBParameterGroupCommand(group));
    };
    expect(await refusal(create("one"))).toBe("");
    expect(await refusal(create("two"))).toBe("DBParameterGroupQuotaExceeded");
  });

  it("refuses a cluster parameter group beyond the quota [db-cluster-parameter-group-quota]", async () => {
    const create = (DBClusterParameterGroupName: string) => {
      const group = { DBClusterParameterGroupName, DBParameterGroupFamily: "aurora-postgresql16", Description: "own" };
      return rds().send(new CreateDBClusterParameterGroupCommand(group));
    };
    expect(await refusal(create("one"))).toBe("");
    expect(await refusal(create("two"))).toBe("DBParameterGroupQuotaExceeded");
  });

  it("refuses a subnet group beyond the quota [db-subnet-group-quota]", async () => {
    const ec2 = new EC2Client(aws.client());
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const subnet = async (zone: string, CidrBlock: string) => {
      const input = { VpcId: Vpc?.VpcId, CidrBlock, AvailabilityZone: `us-east-1${zone}` };
      return (await ec2.send(new CreateSubnetCommand(input))).Subnet?.SubnetId ?? "";
    };
    const SubnetIds = [await subnet("a", "10.0.0.0/24"), await subnet("b", "10.0.1.0/24")];
    const create = (DBSubnetGroupName: string) => {
      const group = { DBSubnetGroupName, DBSubnetGroupDescription: "own", SubnetIds };
      return rds().send(new CreateDBSubnetGroupCommand(group));
    };
    expect(await refusal(create("one"))).toBe("");
    expect(await refusal(create("two"))).toBe("DBSubnetGroupQuotaExceeded");
  });
});
