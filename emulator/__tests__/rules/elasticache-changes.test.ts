import {
  CreateReplicationGroupCommand,
  DecreaseReplicaCountCommand,
  ElastiCacheClient,
  IncreaseReplicaCountCommand,
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupCommandInput,
} from "@aws-sdk/client-elasticache";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("changes of replication groups", () => {
  const aws = emulatorForSuite();
  const cache = () => new ElastiCacheClient(aws.client());
  let count = 0;
  const create = async (settings = {}): Promise<string> => {
    const ReplicationGroupId = `own-${++count}`;
    await cache().send(
      new CreateReplicationGroupCommand({
        ReplicationGroupId,
        ReplicationGroupDescription: "own",
        Engine: "valkey",
        EngineVersion: "8.0",
        CacheNodeType: "cache.t4g.small",
        NumCacheClusters: 2,
        AutomaticFailoverEnabled: true,
        ...settings,
      }),
    );
    return ReplicationGroupId;
  };
  const modify = (ReplicationGroupId: string, change: Partial<ModifyReplicationGroupCommandInput>) =>
    cache().send(new ModifyReplicationGroupCommand({ ReplicationGroupId, ApplyImmediately: true, ...change }));

  it("refuses an older engine, and redis after valkey [cache-engine-downgrade]", async () => {
    const valkey = await create();
    expect(await refusal(modify(valkey, { EngineVersion: "7.2" }))).toBe("InvalidParameterCombination");
    const redis = { Engine: "redis", EngineVersion: "7.1" };
    expect(await refusal(modify(valkey, redis))).toBe("InvalidParameterCombination");
    expect(await refusal(modify(valkey, { EngineVersion: "8.1" }))).toBe("");
    expect(await refusal(modify(await create(redis), { Engine: "valkey", EngineVersion: "7.2" }))).toBe("");
  });

  it("refuses a token without encryption in transit [cache-token-without-encryption]", async () => {
    const token = { AuthToken: "a-token-of-16-cha", AuthTokenUpdateStrategy: "SET" } as const;
    expect(await refusal(modify(await create(), token))).toBe("InvalidParameterValue");
    expect(await refusal(modify(await create({ TransitEncryptionEnabled: true }), token))).toBe("");
  });

  it("refuses to require encryption in transit at once [cache-encryption-in-two-steps]", async () => {
    const id = await create();
    const encrypt = (TransitEncryptionMode: "preferred" | "required") =>
      modify(id, { TransitEncryptionEnabled: true, TransitEncryptionMode });
    expect(await refusal(encrypt("required"))).toBe("InvalidParameterCombination");
    expect(await refusal(encrypt("preferred"))).toBe("");
    expect(await refusal(encrypt("required"))).toBe("");
  });

  it("refuses more than five replicas, and none with failover [cache-replica-count]", async () => {
    const ReplicationGroupId = await create();
    const settings = (NewReplicaCount: number) => ({ ReplicationGroupId, NewReplicaCount, ApplyImmediately: true });
    const increase = (replicas: number) => cache().send(new IncreaseReplicaCountCommand(settings(replicas)));
    const decrease = (replicas: number) => cache().send(new DecreaseReplicaCountCommand(settings(replicas)));
    expect(await refusal(increase(1))).toBe("InvalidParameterValue");
    expect(await refusal(increase(6))).toBe("InvalidParameterValue");
    expect(await refusal(decrease(0))).toBe("InvalidParameterValue");
    expect(await refusal(increase(2))).toBe("");
    expect(await refusal(decrease(1))).toBe("");
  });
});
