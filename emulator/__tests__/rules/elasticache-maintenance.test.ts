import {
  CreateCacheParameterGroupCommand,
  CreateReplicationGroupCommand,
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupCommandInput,
} from "@aws-sdk/client-elasticache";
import { emulatorForSuite } from "../running-emulator";

type Settings = Omit<ModifyReplicationGroupCommandInput, "ReplicationGroupId">;

describe("the maintenance window of ElastiCache", () => {
  const aws = emulatorForSuite();
  const cache = () => new ElastiCacheClient(aws.client());
  let count = 0;

  const create = async (): Promise<string> => {
    const ReplicationGroupId = `own-${++count}`;
    await cache().send(new CreateReplicationGroupCommand({ ...group, ReplicationGroupId }));
    return ReplicationGroupId;
  };
  const modify = (ReplicationGroupId: string, settings: Settings) =>
    cache().send(new ModifyReplicationGroupCommand({ ReplicationGroupId, ...settings }));
  const read = async (ReplicationGroupId: string) => {
    const { ReplicationGroups } = await cache().send(new DescribeReplicationGroupsCommand({ ReplicationGroupId }));
    return ReplicationGroups?.[0] ?? {};
  };
  const readCluster = async (id: string) => {
    const CacheClusterId = `${id}-001`;
    return (await cache().send(new DescribeCacheClustersCommand({ CacheClusterId }))).CacheClusters?.[0] ?? {};
  };

  it("keeps the old node type until the window opens, and lists the new one as pending of each cluster", async () => {
    const id = await create();
    const { ReplicationGroup } = await modify(id, { CacheNodeType: "cache.m7g.large" });
    expect(ReplicationGroup?.CacheNodeType).toBe("cache.t4g.micro");
    expect((await read(id)).CacheNodeType).toBe("cache.t4g.micro");
    const { CacheNodeType, PendingModifiedValues } = await readCluster(id);
    expect(CacheNodeType).toBe("cache.t4g.micro");
    expect(PendingModifiedValues).toEqual({ CacheNodeType: "cache.m7g.large" });
    await aws.openMaintenanceWindow();
    expect((await read(id)).CacheNodeType).toBe("cache.m7g.large");
    expect((await readCluster(id)).PendingModifiedValues).toEqual({});
  });

  it("upgrades the engine in the window", async () => {
    const id = await create();
    await modify(id, { EngineVersion: "8.0" });
    const pending = await readCluster(id);
    expect([pending.EngineVersion, pending.PendingModifiedValues]).toEqual(["7.2.0", { EngineVersion: "8.0" }]);
    await aws.openMaintenanceWindow();
    expect((await readCluster(id)).EngineVersion).toBe("8.0.0");
  });

  it("uses another parameter group from the window on", async () => {
    const id = await create();
    const parameterGroup = { CacheParameterGroupName: "own", CacheParameterGroupFamily: "valkey7", Description: "own" };
    await cache().send(new CreateCacheParameterGroupCommand(parameterGroup));
    await modify(id, { CacheParameterGroupName: "own" });
    const used = async () => (await readCluster(id)).CacheParameterGroup?.CacheParameterGroupName;
    expect(await used()).toBe("default.valkey7");
    await aws.openMaintenanceWindow();
    expect(await used()).toBe("own");
  });

  it("makes all pending changes with a change that is applied immediately", async () => {
    const id = await create();
    await modify(id, { CacheNodeType: "cache.m7g.large" });
    await modify(id, { EngineVersion: "8.0", ApplyImmediately: true });
    const { CacheNodeType, EngineVersion, PendingModifiedValues } = await readCluster(id);
    expect([CacheNodeType, EngineVersion, PendingModifiedValues]).toEqual(["cache.m7g.large", "8.0.0", {}]);
  });

  it("makes changes immediately that wait for no window", async () => {
    const id = await create();
    await modify(id, { SnapshotRetentionLimit: 3, ReplicationGroupDescription: "other" });
    expect(await read(id)).toMatchObject({ SnapshotRetentionLimit: 3, Description: "other" });
  });

  it("withdraws a pending change by a change to the current value", async () => {
    const id = await create();
    await modify(id, { CacheNodeType: "cache.m7g.large" });
    await modify(id, { CacheNodeType: "cache.t4g.micro" });
    expect((await readCluster(id)).PendingModifiedValues).toEqual({});
    await aws.openMaintenanceWindow();
    expect((await read(id)).CacheNodeType).toBe("cache.t4g.micro");
  });
});

const group = {
  ReplicationGroupDescription: "own",
  Engine: "valkey",
  EngineVersion: "7.2",
  CacheNodeType: "cache.t4g.micro",
  NumCacheClusters: 1,
} as const;
