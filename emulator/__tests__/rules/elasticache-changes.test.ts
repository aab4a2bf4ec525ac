import { EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateReplicationGroupCommand,
  CreateServerlessCacheCommand,
  CreateUserCommand,
  CreateUserGroupCommand,
  DecreaseReplicaCountCommand,
  DeleteReplicationGroupCommand,
  ElastiCacheClient,
  IncreaseReplicaCountCommand,
  ModifyReplicationGroupCommand,
  ModifyServerlessCacheCommand,
  type ModifyReplicationGroupCommandInput,
} from "@aws-sdk/client-elasticache";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createSubnet, createVpc } from "./network";

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

  const createUserGroup = async (): Promise<string> => {
    const id = `users-${++count}`;
    const user = { UserId: id, UserName: id, Engine: "valkey", AccessString: "on ~* +@all" };
    await cache().send(new CreateUserCommand({ ...user, Passwords: ["not-a-real-password"] }));
    await cache().send(new CreateUserGroupCommand({ UserGroupId: id, Engine: "valkey", UserIds: [id] }));
    return id;
  };

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

  it("refuses user groups before encryption in transit, and a mode without it [cache-users-without-encryption] [cache-encryption-mode-without-encryption]", async () => {
    const UserGroupIdsToAdd = [await createUserGroup()];
    const open = await create();
    const mode = { TransitEncryptionMode: "preferred" } as const;
    expect(await refusal(modify(open, { UserGroupIdsToAdd }))).toBe("InvalidParameterCombination");
    const both = { UserGroupIdsToAdd, TransitEncryptionEnabled: true, ...mode };
    expect(await refusal(modify(open, both))).toBe("InvalidParameterCombination");
    expect(await refusal(modify(open, mode))).toBe("InvalidParameterCombination");
    expect(await refusal(modify(await create({ TransitEncryptionEnabled: true }), { UserGroupIdsToAdd }))).toBe("");
  });

  it("refuses to end encryption while there is access control [cache-access-without-encryption]", async () => {
    const off = { TransitEncryptionEnabled: false };
    const AuthToken = "a-token-of-16-cha";
    const withToken = await create({ TransitEncryptionEnabled: true, AuthToken });
    expect(await refusal(modify(withToken, off))).toBe("InvalidParameterCombination");
    await modify(withToken, { AuthTokenUpdateStrategy: "DELETE" });
    expect(await refusal(modify(withToken, off))).toBe("");
    const withUsers = await create({ TransitEncryptionEnabled: true, UserGroupIds: [await createUserGroup()] });
    expect(await refusal(modify(withUsers, off))).toBe("InvalidParameterCombination");
    await modify(withUsers, { RemoveUserGroups: true });
    expect(await refusal(modify(withUsers, off))).toBe("");
  });

  it("refuses a window of snapshots in that of maintenance [cache-windows-overlap]", async () => {
    const windows = { SnapshotWindow: "03:00-04:00", PreferredMaintenanceWindow: "sun:05:00-sun:06:00" };
    const id = await create(windows);
    expect(await refusal(modify(id, { SnapshotWindow: "05:30-06:30" }))).toBe("InvalidParameterValue");
    const maintenance = { PreferredMaintenanceWindow: "mon:03:30-mon:04:30" };
    expect(await refusal(modify(id, maintenance))).toBe("InvalidParameterValue");
    expect(await refusal(modify(id, { SnapshotWindow: "06:00-07:00" }))).toBe("");
    expect(await refusal(modify(id, maintenance))).toBe("");
  });

  it("refuses a snapshot that does not exist [cache-snapshot-not-found]", async () => {
    expect(await refusal(create({ SnapshotName: "last" }))).toBe("SnapshotNotFoundFault");
    const ReplicationGroupId = await create();
    const last = { ReplicationGroupId, FinalSnapshotIdentifier: "last" };
    await cache().send(new DeleteReplicationGroupCommand(last));
    expect(await refusal(create({ SnapshotName: "last" }))).toBe("");
  });

  it("refuses redis after valkey in a serverless cache [cache-engine-downgrade]", async () => {
    const ServerlessCacheName = "valkey";
    await cache().send(new CreateServerlessCacheCommand({ ServerlessCacheName, Engine: "valkey" }));
    const change = (Engine: string, MajorEngineVersion: string) =>
      cache().send(new ModifyServerlessCacheCommand({ ServerlessCacheName, Engine, MajorEngineVersion }));
    expect(await refusal(change("redis", "7"))).toBe("InvalidParameterCombination");
    expect(await refusal(change("valkey", "8"))).toBe("");
    expect(await refusal(change("valkey", "7"))).toBe("InvalidParameterCombination");
    const redis = { ServerlessCacheName: "redis", Engine: "redis" };
    await cache().send(new CreateServerlessCacheCommand(redis));
    const upgrade = { ...redis, Engine: "valkey", MajorEngineVersion: "8" };
    expect(await refusal(cache().send(new ModifyServerlessCacheCommand(upgrade)))).toBe("");
  });

  it("refuses two subnets of one zone in a serverless cache [serverless-cache-zones]", async () => {
    const ec2 = new EC2Client(aws.client());
    const vpc = await createVpc(ec2);
    const one = await createSubnet(ec2, vpc, 1, "us-east-1a");
    const createServerless = (ServerlessCacheName: string, other: string) =>
      cache().send(
        new CreateServerlessCacheCommand({ ServerlessCacheName, Engine: "valkey", SubnetIds: [one, other] }),
      );
    const [same, another] = [
      await createSubnet(ec2, vpc, 2, "us-east-1a"),
      await createSubnet(ec2, vpc, 3, "us-east-1b"),
    ];
    expect(await refusal(createServerless("one", same))).toBe("InvalidParameterValue");
    expect(await refusal(createServerless("two", another))).toBe("");
  });
});
