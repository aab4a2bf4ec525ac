import {
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  CreateServerlessCacheCommand,
  ElastiCacheClient,
  ModifyReplicationGroupCommand,
} from "@aws-sdk/client-elasticache";
import { DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  CreateDBSubnetGroupCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  ModifyDBSubnetGroupCommand,
  RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
} from "@aws-sdk/client-rds";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createTwoVpcs, unknown, type TwoVpcs } from "./two-vpcs";

describe("the networks of databases and caches", () => {
  const aws = emulatorForSuite();
  let vpcs: TwoVpcs;
  beforeAll(async () => {
    vpcs = await createTwoVpcs(aws.client());
  });

  describe("RDS", () => {
    let rds: RDSClient;
    beforeAll(async () => {
      rds = new RDSClient(aws.client());
      await rds.send(
        new CreateDBSubnetGroupCommand({
          DBSubnetGroupName: "own",
          DBSubnetGroupDescription: "own",
          SubnetIds: [...vpcs.own.subnets],
        }),
      );
    });
    const login = { MasterUsername: "postgres1", MasterUserPassword: "correct-horse" };

    it("refuses security groups of a DB instance that do not exist or are of another VPC [db-security-group-unknown] [db-vpc]", async () => {
      const create = (group: string, DBSubnetGroupName?: string) =>
        refusal(
          rds.send(
            new CreateDBInstanceCommand({
              DBInstanceIdentifier: "orders",
              DBInstanceClass: "db.t4g.micro",
              Engine: "postgres",
              AllocatedStorage: 20,
              ...login,
              DBSubnetGroupName,
              VpcSecurityGroupIds: [group],
            }),
          ),
        );
      expect(await create(unknown.securityGroup, "own")).toBe("InvalidParameterValue");
      expect(await create(vpcs.other.securityGroup, "own")).toBe("InvalidParameterCombination");
      expect(await create(vpcs.own.securityGroup)).toBe("InvalidParameterCombination");
      expect(await create(vpcs.own.securityGroup, "own")).toBe("");
      const modify = (group: string) =>
        refusal(
          rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: "orders", VpcSecurityGroupIds: [group] })),
        );
      expect(await modify(vpcs.other.securityGroup)).toBe("InvalidParameterCombination");
      expect(await modify(vpcs.own.securityGroup)).toBe("");
    });

    it("gives databases without security groups the default one of the VPC of their subnet group", async () => {
      const Filters = [
        { Name: "vpc-id", Values: [vpcs.own.vpc] },
        { Name: "group-name", Values: ["default"] },
      ];
      const ec2 = new EC2Client(aws.client());
      const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      const expected = SecurityGroups.map(({ GroupId }) => GroupId);
      const size = { DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20 };
      const DBInstanceIdentifier = "default-group";
      const { DBInstance } = await rds.send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier,
          Engine: "postgres",
          ...size,
          ...login,
          DBSubnetGroupName: "own",
        }),
      );
      const { DBCluster } = await rds.send(
        new CreateDBClusterCommand({
          DBClusterIdentifier: "default-group",
          Engine: "aurora-postgresql",
          ...login,
          DBSubnetGroupName: "own",
        }),
      );
      await rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: "default-group" }));
      const { DBInstance: restored } = await rds.send(
        new RestoreDBInstanceFromDBSnapshotCommand({
          DBInstanceIdentifier: "restored-group",
          DBSnapshotIdentifier: "default-group",
          DBSubnetGroupName: "own",
        }),
      );
      const groups = [DBInstance, DBCluster, restored].map((database) =>
        database?.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId),
      );
      expect(expected).toHaveLength(1);
      expect(groups).toEqual([expected, expected, expected]);
    });

    it("refuses security groups of a DB cluster of another VPC, and a subnet group that does not exist [db-vpc] [db-cluster-subnet-group-unknown]", async () => {
      const create = (group: string, DBSubnetGroupName?: string) =>
        refusal(
          rds.send(
            new CreateDBClusterCommand({
              DBClusterIdentifier: "orders",
              Engine: "aurora-postgresql",
              ...login,
              DBSubnetGroupName,
              VpcSecurityGroupIds: [group],
            }),
          ),
        );
      expect(await create(vpcs.own.securityGroup, "none")).toBe("DBSubnetGroupNotFoundFault");
      expect(await create(vpcs.other.securityGroup, "own")).toBe("InvalidParameterCombination");
      expect(await create(vpcs.own.securityGroup)).toBe("InvalidParameterCombination");
      expect(await create(vpcs.own.securityGroup, "own")).toBe("");
      const modify = (group: string) =>
        refusal(rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: "orders", VpcSecurityGroupIds: [group] })));
      expect(await modify(vpcs.other.securityGroup)).toBe("InvalidParameterCombination");
      expect(await modify(vpcs.own.securityGroup)).toBe("");
    });

    it("refuses subnets of another VPC in a changed DB subnet group [db-subnet-group-of-another-vpc]", async () => {
      const modify = (subnets: readonly string[]) =>
        refusal(rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName: "own", SubnetIds: [...subnets] })));
      expect(await modify(vpcs.other.subnets)).toBe("InvalidParameterValue");
      expect(await modify(vpcs.own.subnets)).toBe("");
    });
  });

  describe("ElastiCache", () => {
    let cache: ElastiCacheClient;
    beforeAll(() => {
      cache = new ElastiCacheClient(aws.client());
    });

    it("refuses security groups of a cache that do not exist or are of another VPC [cache-security-group-unknown] [cache-vpc]", async () => {
      const CacheSubnetGroupName = "own";
      await cache.send(
        new CreateCacheSubnetGroupCommand({
          CacheSubnetGroupName,
          CacheSubnetGroupDescription: "own",
          SubnetIds: [...vpcs.own.subnets],
        }),
      );
      const create = (group: string) =>
        refusal(
          cache.send(
            new CreateReplicationGroupCommand({
              ReplicationGroupId: "orders",
              ReplicationGroupDescription: "orders",
              Engine: "valkey",
              CacheNodeType: "cache.t4g.micro",
              NumCacheClusters: 1,
              CacheSubnetGroupName,
              SecurityGroupIds: [group],
            }),
          ),
        );
      expect(await create(unknown.securityGroup)).toBe("InvalidParameterValue");
      expect(await create(vpcs.other.securityGroup)).toBe("InvalidParameterCombination");
      expect(await create(vpcs.own.securityGroup)).toBe("");
      const modify = (group: string) =>
        refusal(
          cache.send(
            new ModifyReplicationGroupCommand({
              ReplicationGroupId: "orders",
              SecurityGroupIds: [group],
              ApplyImmediately: true,
            }),
          ),
        );
      expect(await modify(vpcs.other.securityGroup)).toBe("InvalidParameterCombination");
      expect(await modify(vpcs.own.securityGroup)).toBe("");
    });

    it("refuses subnets and security groups of a serverless cache of two VPCs [serverless-cache-subnet-unknown] [serverless-cache-security-group-unknown] [serverless-cache-vpc]", async () => {
      const { own, other } = vpcs;
      const create = (subnets: readonly string[], group: string) =>
        refusal(
          cache.send(
            new CreateServerlessCacheCommand({
              ServerlessCacheName: "orders",
              Engine: "valkey",
              SubnetIds: [...subnets],
              SecurityGroupIds: [group],
            }),
          ),
        );
      expect(await create([own.subnets[0], unknown.subnet], own.securityGroup)).toBe("InvalidParameterValue");
      expect(await create(own.subnets, unknown.securityGroup)).toBe("InvalidParameterValue");
      expect(await create(own.subnets, other.securityGroup)).toBe("InvalidParameterValue");
      expect(await create([own.subnets[0], other.subnets[1]], own.securityGroup)).toBe("InvalidParameterValue");
      expect(await create(own.subnets, own.securityGroup)).toBe("");
    });

    it("refuses subnets of a cache subnet group that do not exist or are of two VPCs [cache-subnet-group-subnet-unknown] [cache-subnet-group-vpc]", async () => {
      const { own, other } = vpcs;
      const create = (...SubnetIds: string[]) =>
        refusal(
          cache.send(
            new CreateCacheSubnetGroupCommand({
              CacheSubnetGroupName: "group",
              CacheSubnetGroupDescription: "group",
              SubnetIds,
            }),
          ),
        );
      expect(await create(unknown.subnet)).toBe("InvalidSubnet");
      expect(await create(own.subnets[0], other.subnets[1])).toBe("InvalidSubnet");
      expect(await create(...own.subnets)).toBe("");
    });
  });
});
