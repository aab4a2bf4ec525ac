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

  const shards = { NumCacheClusters: undefined, NumNodeGroups: 2, ReplicasPerNodeGroup: 1 };
  const slowLog = (kind: string) => ({
    LogType: "slow-log",
    DestinationType: "cloudwatch-logs",
    DestinationDetails: { [`${kind}Details`]: {} },
  });

  it("takes users, windows and failover", () => {
    expect(message({})).toBeUndefined();
    expect(message({ ...shards, CacheParameterGroupName: "default.valkey8.cluster.on" })).toBeUndefined();
    expect(message({ LogDeliveryConfigurations: [slowLog("CloudWatchLogs")] })).toBeUndefined();
    expect(message({ CacheNodeType: "cache.r6gd.xlarge", DataTieringEnabled: true })).toBeUndefined();
    expect(message({ Engine: "valkey", KmsKeyId: "alias/shop" })).toBeUndefined();
    expect(message({ PreferredCacheClusterAZs: ["us-east-1a", "us-east-1b"] })).toBeUndefined();
    expect(message({ UserGroupIds: undefined, AuthToken: "a-token-of-16-cha" })).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ ReplicationGroupId: "a".repeat(41) }, /^Replication Group ID cannot be longer than 40 characters\.$/],
    [{ ReplicationGroupId: "shop--cache" }, /^The parameter ReplicationGroupIdentifier is not a valid identifier/],
    [{ AutomaticFailoverEnabled: false }, /automatic failover to enable Multi-AZ/],
    [{ NumCacheClusters: 1 }, /at least one replica/],
    [{ TransitEncryptionEnabled: false }, /^User group based access control requires encryption-in-transit/],
    [
      { UserGroupIds: [], TransitEncryptionEnabled: false, AuthToken: "a-token-of-16-cha" },
      /^The AUTH token parameter/,
    ],
    [{ UserGroupIds: [], AuthToken: "short" }, /^Invalid AuthToken provided/],
    [{ AuthToken: "a-token-of-16-cha" }, /^An AUTH token and user groups/],
    [{ TransitEncryptionEnabled: false, TransitEncryptionMode: "required" }, /^TransitEncryptionMode can only/],
    [{ Engine: "valkey", AtRestEncryptionEnabled: false, KmsKeyId: "alias/shop" }, /^A KMS key can only be specified/],
    [{ KmsKeyId: "alias/shop" }, /^A KMS key can only be specified/],
    [{ LogDeliveryConfigurations: [slowLog("CloudWatchLogs"), slowLog("CloudWatchLogs")] }, /^Only one log delivery/],
    [{ LogDeliveryConfigurations: [slowLog("KinesisFirehose")] }, /^The destination details must be/],
    [{ Engine: "memcached" }, /^Invalid engine for a replication group/],
    [{ Engine: "redis", EngineVersion: "8.0" }, /^Cannot find version 8\.0 for redis$/],
    [{ Engine: "valkey", EngineVersion: "7.1" }, /^Cannot find version 7\.1 for valkey$/],
    [{ CacheNodeType: "t4g.small" }, /^Invalid Cache Node Type: t4g\.small\.$/],
    [{ CacheNodeType: "cache.t9.small" }, /^Invalid Cache Node Type/],
    [{ NumCacheClusters: 7 }, /between 1 and 6/],
    [{ ...shards, ReplicasPerNodeGroup: 6 }, /between 0 and 5/],
    [{ ...shards, NumNodeGroups: 501 }, /between 1 and 500/],
    [{ ...shards, MultiAZEnabled: false, AutomaticFailoverEnabled: false }, /auto failover turned off/],
    [{ ...shards, CacheParameterGroupName: "default.valkey8" }, /cluster-enabled is off/],
    [{ PreferredCacheClusterAZs: ["us-east-1a"] }, /^The number of preferred Availability Zones/],
    [{ CacheNodeType: "cache.r7g.large", DataTieringEnabled: true }, /^Data tiering is only supported/],
    [{ CacheNodeType: "cache.r6gd.xlarge" }, /^DataTieringEnabled must be true/],
    [{ SnapshotWindow: "03:00" }, /^Invalid snapshot window/],
    [{ SnapshotWindow: "03:00-03:30" }, /at least 60 minutes/],
    [{ SnapshotRetentionLimit: 36 }, /between 0 and 35/],
    [{ PreferredMaintenanceWindow: "sun:03:30-sun:04:30" }, /must not overlap/],
  ])("is refused with %j", (change, expected) => {
    expect(message(change)).toMatch(expected);
  });

  it.each([
    ["redis", "5.0.6"],
    ["redis", "6.x"],
    ["redis", "7.1"],
    ["valkey", "7.2"],
    ["valkey", "8.1"],
    ["valkey", "9.0"],
  ])("has the engine %s in version %s", (Engine, EngineVersion) => {
    expect(message({ Engine, EngineVersion, CacheNodeType: "cache.t4g.micro" })).toBeUndefined();
  });

  it("changes its token with a new one", () => {
    const change = (input: JsonObject) => refusalOf("elasticache", "ModifyReplicationGroup", input)?.message;
    expect(change({ AuthTokenUpdateStrategy: "ROTATE" })).toMatch(/requires an AuthToken/);
    expect(change({ AuthTokenUpdateStrategy: "ROTATE", AuthToken: "a-token-of-16-cha" })).toBeUndefined();
    expect(change({ AuthTokenUpdateStrategy: "DELETE" })).toBeUndefined();
    expect(change({ MultiAZEnabled: true, AutomaticFailoverEnabled: false })).toMatch(/to enable Multi-AZ/);
    expect(change({ CacheNodeType: "cache.m7g" })).toMatch(/^Invalid Cache Node Type/);
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
    expect(user({ Passwords: ["a".repeat(16)], NoPasswordRequired: true })).toMatch(/needs no password/);
    for (const access of [
      "on ~* +@all",
      "off",
      "on ~app::* -@all +@read (~other +get)",
      "on allkeys &* %R~a +acl|whoami",
    ]) {
      expect(user({ NoPasswordRequired: true, AccessString: access })).toBeUndefined();
    }
    expect(user({ NoPasswordRequired: true, AccessString: "on everything" })).toBe("Access String is not valid.");
    expect(user({})).toMatch(/^No password was provided\./);
    expect(refusalOf("elasticache", "ModifyUser", { UserId: "shop", AccessString: "off" })).toBeUndefined();
    expect(user({ UserName: "other", AuthenticationMode: { Type: "iam" } })).toMatch(/must be identical/);
  });
});

describe("a cache cluster", () => {
  const message = (input: JsonObject) =>
    refusalOf("elasticache", "CreateCacheCluster", { CacheClusterId: "a", ...input })?.message;
  const memcached = {
    Engine: "memcached",
    EngineVersion: "1.6.22",
    NumCacheNodes: 2,
    CacheNodeType: "cache.t4g.small",
  };

  it("has several nodes of memcached, and one of redis", () => {
    expect(message(memcached)).toBeUndefined();
    expect(message({ ...memcached, AZMode: "cross-az" })).toBeUndefined();
    expect(message({ Engine: "redis", EngineVersion: "7.1", NumCacheNodes: 1 })).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ Engine: "redis", EngineVersion: "7.1" }, /NumCacheNodes parameter greater than 1/],
    [{ NumCacheNodes: 61 }, /at most 60 nodes/],
    [{ NumCacheNodes: 1, AZMode: "cross-az" }, /at least two nodes/],
    [{ PreferredAvailabilityZones: ["us-east-1a"] }, /must be the number of cache nodes/],
    [{ SnapshotRetentionLimit: 1 }, /not supported for the engine memcached/],
    [{ EngineVersion: "2.0" }, /^Cannot find version 2\.0 for memcached$/],
  ])("is refused with %j", (change, expected) => {
    expect(message({ ...memcached, ...change })).toMatch(expected);
  });
});

describe("a serverless cache", () => {
  const message = (input: JsonObject) =>
    refusalOf("elasticache", "CreateServerlessCache", { ServerlessCacheName: "a", Engine: "valkey", ...input })
      ?.message;
  const limits = (name: string, Minimum: number, Maximum: number) => ({
    CacheUsageLimits: { [name]: { Minimum, Maximum } },
  });

  it("takes limits, subnets and snapshots", () => {
    expect(message(limits("DataStorage", 1, 5000))).toBeUndefined();
    expect(message(limits("ECPUPerSecond", 0, 1000))).toBeUndefined();
    expect(message({ SubnetIds: ["a", "b"], DailySnapshotTime: "09:00", MajorEngineVersion: "8" })).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ Engine: "keydb" }, /^Invalid engine/],
    [{ MajorEngineVersion: "99" }, /^Cannot find the major version/],
    [{ SubnetIds: ["a"] }, /two or three subnets/],
    [{ SubnetIds: ["a", "b", "c", "d"] }, /two or three subnets/],
    [limits("DataStorage", 10, 5), /must not be greater/],
    [limits("DataStorage", 1, 5001), /between 1 and 5000 GB/],
    [limits("ECPUPerSecond", 0, 999), /between 1000 and 15000000/],
    [{ SnapshotRetentionLimit: 36 }, /between 0 and 35/],
    [{ DailySnapshotTime: "25:00" }, /^Invalid daily snapshot time/],
  ])("is refused with %j", (change, expected) => {
    expect(message(change)).toMatch(expected);
  });
});

describe("a parameter group of ElastiCache", () => {
  const code = (CacheParameterGroupName: string, CacheParameterGroupFamily: string) =>
    refusalOf("elasticache", "CreateCacheParameterGroup", { CacheParameterGroupName, CacheParameterGroupFamily })?.code;
  const evict = (CacheParameterGroupName: string, ParameterValue: string) =>
    refusalOf("elasticache", "ModifyCacheParameterGroup", {
      CacheParameterGroupName,
      ParameterNameValues: [{ ParameterName: "maxmemory-policy", ParameterValue }],
    })?.code;

  it("has a name and a family", () => {
    for (const family of ["valkey8", "redis6.x", "redis7", "memcached1.6"])
      expect(code("shop", family)).toBeUndefined();
    for (const family of ["valkey99", "redis6", "valkey8.0"])
      expect(code("shop", family)).toBe("InvalidParameterValue");
    expect(code("shop.a", "valkey8")).toBe("InvalidParameterValue");
  });

  it("is changed unless it is a default one, to policies that exist", () => {
    expect(evict("shop", "allkeys-lru")).toBeUndefined();
    expect(evict("shop", "everything")).toBe("InvalidParameterValue");
    expect(evict("default.valkey8", "noeviction")).toBe("InvalidCacheParameterGroupState");
  });
});
