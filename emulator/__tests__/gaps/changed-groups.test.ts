import {
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  DescribeCacheSubnetGroupsCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand as ListCacheTagsCommand,
  ModifyCacheSubnetGroupCommand,
  ModifyReplicationGroupShardConfigurationCommand,
} from "@aws-sdk/client-elasticache";
import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateDBClusterParameterGroupCommand,
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
  ModifyDBClusterParameterGroupCommand,
  ModifyDBParameterGroupCommand,
  ModifyDBSubnetGroupCommand,
  RDSClient,
  ResetDBClusterParameterGroupCommand,
  ResetDBParameterGroupCommand,
  type Parameter,
} from "@aws-sdk/client-rds";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("changed groups of databases and caches", () => {
  const aws = emulatorForSuite();
  const rds = () => new RDSClient(aws.client());
  const cache = () => new ElastiCacheClient(aws.client());
  const tags = [{ Key: "app", Value: "shop" }];
  let subnets: string[];

  beforeAll(async () => {
    const { Subnets = [] } = await new EC2Client(aws.client()).send(new DescribeSubnetsCommand({}));
    subnets = Subnets.map(({ SubnetId = "" }) => SubnetId);
  });

  describe("a DB subnet group", () => {
    const DBSubnetGroupName = "shop";
    const modify = (count: number, description = {}) =>
      rds().send(
        new ModifyDBSubnetGroupCommand({ DBSubnetGroupName, SubnetIds: subnets.slice(0, count), ...description }),
      );
    const read = async () => {
      const { DBSubnetGroups } = await rds().send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName }));
      return DBSubnetGroups?.[0];
    };

    beforeAll(async () => {
      const DBSubnetGroupDescription = "of the shop";
      const group = { DBSubnetGroupName, DBSubnetGroupDescription, SubnetIds: subnets.slice(0, 2), Tags: tags };
      await rds().send(new CreateDBSubnetGroupCommand(group));
      const instance = { DBInstanceIdentifier: "shop", DBInstanceClass: "db.t4g.micro", Engine: "postgres" };
      const user = { MasterUsername: "shop", ManageMasterUserPassword: true };
      await rds().send(new CreateDBInstanceCommand({ ...instance, ...user, AllocatedStorage: 20, DBSubnetGroupName }));
    });

    it("is there after every change, with its description and tags", async () => {
      expect((await modify(3)).DBSubnetGroup?.Subnets).toHaveLength(3);
      expect(await read()).toMatchObject({ DBSubnetGroupDescription: "of the shop" });
      await modify(4, { DBSubnetGroupDescription: "of all" });
      const group = await read();
      expect(group?.Subnets).toHaveLength(4);
      expect(group?.DBSubnetGroupDescription).toBe("of all");
      const { TagList } = await rds().send(new ListTagsForResourceCommand({ ResourceName: group?.DBSubnetGroupArn }));
      expect(TagList).toEqual(tags);
    });

    it("is changed in the description of its DB instances", async () => {
      await modify(3);
      const { DBInstances } = await rds().send(new DescribeDBInstancesCommand({}));
      expect(DBInstances?.[0]?.DBSubnetGroup?.Subnets).toHaveLength(3);
    });

    it("is not made by a change", async () => {
      const other = { DBSubnetGroupName: "unknown", SubnetIds: subnets.slice(0, 2) };
      expect(await refusal(rds().send(new ModifyDBSubnetGroupCommand(other)))).toBe("DBSubnetGroupNotFoundFault");
    });
  });

  describe("a parameter group", () => {
    const DBParameterGroupName = "shop";
    const DBClusterParameterGroupName = "shop";
    const timeout = { ParameterName: "statement_timeout", ParameterValue: "1000", ApplyMethod: "immediate" } as const;
    const memory = { ParameterName: "work_mem", ParameterValue: "4096", ApplyMethod: "immediate" } as const;
    const values = (parameters: readonly Parameter[] = []) => parameters.map(({ ParameterValue }) => ParameterValue);
    const read = async () =>
      values((await rds().send(new DescribeDBParametersCommand({ DBParameterGroupName }))).Parameters);
    const readCluster = async () =>
      values((await rds().send(new DescribeDBClusterParametersCommand({ DBClusterParameterGroupName }))).Parameters);
    const modify = (Parameters: Parameter[]) =>
      rds().send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
    const { ParameterName, ApplyMethod } = timeout;

    beforeAll(async () => {
      const group = { Description: "shop", DBParameterGroupFamily: "postgres17", DBParameterGroupName };
      await rds().send(new CreateDBParameterGroupCommand(group));
      const ofCluster = { ...group, DBParameterGroupFamily: "aurora-postgresql17", DBClusterParameterGroupName };
      await rds().send(new CreateDBClusterParameterGroupCommand(ofCluster));
      const Parameters = [timeout, memory];
      await rds().send(new ModifyDBClusterParameterGroupCommand({ DBClusterParameterGroupName, Parameters }));
    });
    beforeEach(() => modify([timeout, memory]));

    it("loses the value of a parameter that is reset, until it has another", async () => {
      const reset = { DBParameterGroupName, Parameters: [{ ParameterName, ApplyMethod }] };
      expect(await rds().send(new ResetDBParameterGroupCommand(reset))).toMatchObject({ DBParameterGroupName });
      expect(await read()).toEqual(["4096"]);
      expect(await readCluster()).toEqual(["1000", "4096"]);
      await modify([{ ...timeout, ParameterValue: "2000" }]);
      expect(await read()).toEqual(["2000", "4096"]);
    });

    it("loses all values", async () => {
      await rds().send(new ResetDBParameterGroupCommand({ DBParameterGroupName, ResetAllParameters: true }));
      expect(await read()).toEqual([]);
    });

    it("of a cluster loses the value of a parameter that is reset", async () => {
      const reset = { DBClusterParameterGroupName, Parameters: [{ ParameterName, ApplyMethod }] };
      const reply = await rds().send(new ResetDBClusterParameterGroupCommand(reset));
      expect(reply).toMatchObject({ DBClusterParameterGroupName });
      expect(await readCluster()).toEqual(["4096"]);
      expect(await read()).toEqual(["1000", "4096"]);
    });

    it("exists when it is reset", async () => {
      const unknown = { DBParameterGroupName: "unknown", ResetAllParameters: true };
      expect(await refusal(rds().send(new ResetDBParameterGroupCommand(unknown)))).toBe("DBParameterGroupNotFound");
    });
  });

  it("gives a cache subnet group other subnets, and keeps the rest", async () => {
    const CacheSubnetGroupName = "shop";
    const group = { CacheSubnetGroupName, CacheSubnetGroupDescription: "of the shop", Tags: tags };
    await cache().send(new CreateCacheSubnetGroupCommand({ ...group, SubnetIds: subnets.slice(0, 2) }));
    const modify = (change = {}) =>
      cache().send(new ModifyCacheSubnetGroupCommand({ CacheSubnetGroupName, ...change }));
    const changed = (await modify({ SubnetIds: subnets.slice(0, 3) })).CacheSubnetGroup;
    expect(changed).toMatchObject({ CacheSubnetGroupName, CacheSubnetGroupDescription: "of the shop" });
    await modify({ CacheSubnetGroupDescription: "of all" });
    const { CacheSubnetGroups } = await cache().send(new DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName }));
    expect(CacheSubnetGroups?.[0]).toMatchObject({ CacheSubnetGroupDescription: "of all", ARN: changed?.ARN });
    expect(CacheSubnetGroups?.[0]?.Subnets).toHaveLength(3);
    const { TagList } = await cache().send(new ListCacheTagsCommand({ ResourceName: changed?.ARN }));
    expect(TagList).toEqual(tags);
    expect(await refusal(modify({ CacheSubnetGroupName: "unknown" }))).toBe("CacheSubnetGroupNotFoundFault");
  });

  it("gives a replication group in cluster mode other shards", async () => {
    const ReplicationGroupId = "shop";
    const group = { ReplicationGroupId, ReplicationGroupDescription: "shop", CacheNodeType: "cache.t4g.small" };
    const shards = { NumNodeGroups: 2, ReplicasPerNodeGroup: 1, AutomaticFailoverEnabled: true };
    await cache().send(new CreateReplicationGroupCommand({ ...group, ...shards, Engine: "valkey" }));
    const scale = async (NodeGroupCount: number) => {
      const change = { ReplicationGroupId, NodeGroupCount, ApplyImmediately: true };
      await cache().send(new ModifyReplicationGroupShardConfigurationCommand(change));
      const described = await cache().send(new DescribeReplicationGroupsCommand({ ReplicationGroupId }));
      return described.ReplicationGroups?.[0];
    };
    expect((await scale(3))?.NodeGroups).toHaveLength(3);
    const one = await scale(1);
    expect(one?.ClusterEnabled).toBe(true);
    expect(one?.MemberClusters).toEqual(["shop-0001-001", "shop-0001-002"]);
  });
});
