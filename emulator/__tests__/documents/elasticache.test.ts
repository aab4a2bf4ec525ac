import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

describe("a replication group of ElastiCache", () => {
  const group = {
    ReplicationGroupId: "shop-cache-dev01",
    AutomaticFailoverEnabled: true,
    MultiAZEnabled: true,
    NumCacheClusters: 2,
    TransitEncryptionEnabled: true,
    UserGroupIds: ["shop-users"],
    SnapshotWindow: "03:00-04:00",
    SnapshotRetentionLimit: 7,
    PreferredMaintenanceWindow: "sun:05:00-sun:06:00",
  };
  const message = (change: JsonObject) =>
    refusalOf("elasticache", "CreateReplicationGroup", { ...group, ...change })?.message;

  it("takes users, windows and failover", () => {
    expect(message({})).toBeUndefined();
    expect(message({ UserGroupIds: undefined, AuthToken: "a-token-of-16-cha" })).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ ReplicationGroupId: "a".repeat(41) }, /^Replication Group ID cannot be longer than 40 characters\.$/],
    [{ ReplicationGroupId: "shop--cache" }, /^The parameter ReplicationGroupIdentifier is not a valid identifier/],
    [{ AutomaticFailoverEnabled: false }, /automatic failover to enable Multi-AZ/],
    [{ NumCacheClusters: 1 }, /at least one replica/],
    [{ TransitEncryptionEnabled: false }, /^User group based access control requires encryption-in-transit/],
    [{ TransitEncryptionEnabled: false, AuthToken: "a-token-of-16-cha" }, /^The AUTH token parameter/],
    [{ AuthToken: "short" }, /^Invalid AuthToken provided/],
    [{ SnapshotWindow: "03:00" }, /^Invalid snapshot window/],
    [{ SnapshotWindow: "03:00-03:30" }, /at least 60 minutes/],
    [{ SnapshotRetentionLimit: 36 }, /between 0 and 35/],
    [{ PreferredMaintenanceWindow: "sun:03:30-sun:04:30" }, /must not overlap/],
  ])("is refused with %j", (change, expected) => {
    expect(message(change)).toMatch(expected);
  });

  it("is one of three kinds of caches with a name", () => {
    expect(refusalOf("elasticache", "CreateCacheCluster", { CacheClusterId: "a".repeat(50) })).toBeUndefined();
    expect(refusalOf("elasticache", "CreateServerlessCache", { ServerlessCacheName: "a".repeat(41) })?.message).toBe(
      "Serverless Cache Name cannot be longer than 40 characters.",
    );
  });

  it("has users with long passwords or IAM authentication", () => {
    const user = (change: JsonObject) =>
      refusalOf("elasticache", "CreateUser", { UserId: "shop", UserName: "shop", ...change })?.message;
    expect(user({ AuthenticationMode: { Type: "iam" } })).toBeUndefined();
    expect(user({ Passwords: ["a".repeat(16)] })).toBeUndefined();
    expect(user({ Passwords: ["short"] })).toMatch(/16-128/);
    expect(user({ Passwords: ["a", "b", "c"].map((letter) => letter.repeat(16)) })).toMatch(/at most two/);
    expect(user({ UserName: "other", AuthenticationMode: { Type: "iam" } })).toMatch(/must be identical/);
  });
});
