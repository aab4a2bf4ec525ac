import type { StageInput } from "../../../schema/stage";
import { postgresSize } from "../../../stacks/monitoring/metrics/postgres-size";
import { minimalService } from "../../fixtures/stage";
import { alarm, alarmsOf, everything, serverless, withAlarms, type Alarms } from "./monitored-stage";

type Data = NonNullable<StageInput["data"]>;

const gib = 1024 ** 3;
const [above, below] = ["GreaterThanThreshold", "LessThanThreshold"];
const withStores = (data: Data, alarms: Alarms = {}) => {
  const uses = Object.keys(data);
  return withAlarms({ data, services: { orders: { ...minimalService, uses } } }, alarms);
};
const of = (stack: ReturnType<typeof withStores>, store: string) =>
  alarmsOf(stack).flatMap((id) => id.split(`_alarms_stores_${store}_`)[1] ?? []);
const limits = (stack: ReturnType<typeof withStores>, ids: readonly string[]) =>
  Object.fromEntries(
    ids.map((id) => {
      const {
        comparison_operator: operator,
        threshold,
        evaluation_periods: periods,
      } = alarm(stack, `stores_${id}`) ?? {};
      return [id, [operator, threshold, periods]];
    }),
  );

describe("the alarms of a stage's stores", () => {
  it("have the limits of the catalogue by default", () => {
    const stack = withAlarms(everything);
    expect(
      limits(stack, [
        "postgres_busy",
        "postgres_starved",
        "postgres_crowded",
        "postgres_full",
        "postgres_charged",
        "postgres_waiting",
        "redis_busy",
        "redis_full",
        "redis_evictions",
        "redis_lag",
        "redis_refusals",
        "users-table_throttled",
        "users-table_failed",
        "sold-topic_undelivered",
      ]),
    ).toEqual({
      postgres_busy: [above, 90, 5],
      postgres_starved: [below, Math.round(0.1 * 2 * gib), 15],
      postgres_crowded: [above, 151, 5],
      postgres_full: [below, gib, 5],
      postgres_charged: [above, 0, 3],
      postgres_waiting: [above, 500000, 5],
      redis_busy: [above, 90, 5],
      redis_full: [above, 80, 5],
      redis_evictions: [above, 0, 15],
      redis_lag: [above, 10, 5],
      redis_refusals: [above, 0, 3],
      "users-table_throttled": [above, 10, 5],
      "users-table_failed": [above, 10, 5],
      "sold-topic_undelivered": [above, 0, 1],
    });
    expect(alarm(stack, "stores_postgres_charged")?.period).toBe(300);
  });

  it("have the limits that the stage writes", () => {
    const stack = withAlarms(everything, {
      postgres: {
        cpuPercent: 70,
        freeMemoryPercent: 20,
        freeStoragePercent: 15,
        connectionsPercent: 50,
        proxyWaitMs: 20,
      },
      redis: { cpuPercent: 60, memoryPercent: 50, evictions: 5, replicaLagSeconds: 3, refusedSignIns: 2 },
      tables: { throttled: 1, failed: 2 },
    });
    const thresholds = Object.entries(
      limits(
        stack,
        alarmsOf(stack).flatMap((id) => id.split("_stores_")[1] ?? []),
      ),
    );
    expect(Object.fromEntries(thresholds.map(([id, [, threshold]]) => [id, threshold]))).toMatchObject({
      postgres_busy: 70,
      postgres_starved: Math.round(0.2 * 2 * gib),
      postgres_full: 3 * gib,
      postgres_crowded: 94,
      postgres_waiting: 20000,
      redis_busy: 60,
      redis_full: 50,
      redis_evictions: 5,
      redis_lag: 3,
      redis_refusals: 2,
      "users-table_throttled": 1,
      "users-table_failed": 2,
    });
  });

  it("watch readers, not storage, of a cluster of Aurora, and its largest capacity", () => {
    const stack = withAlarms(serverless, { postgres: { readerLagMs: 50 } });
    expect(of(stack, "postgres")).toEqual(["busy", "crowded", "lag", "starved"]);
    expect(limits(stack, ["postgres_lag", "postgres_crowded", "postgres_starved"])).toEqual({
      postgres_lag: [above, 50, 5],
      postgres_crowded: [above, 658, 5],
      postgres_starved: [below, Math.round(0.8 * gib), 15],
    });
    expect(of(withStores({ postgres: { kind: "aurora-serverless", readers: 0 } }), "postgres")).not.toContain("lag");
  });

  it("watch what a serverless cache may hold, and commands that it puts off", () => {
    const stack = withAlarms(serverless);
    expect(of(stack, "redis")).toEqual(["evictions", "full", "refusals", "throttled"]);
    expect(limits(stack, ["redis_full"])).toEqual({ redis_full: [above, 4e9, 5] });
  });

  it("watch no replica where there is none, no credits of a class that earns none, and no proxy that is not there", () => {
    const stack = withStores({
      postgres: { kind: "instance", class: "db.m8g.large" },
      redis: { kind: "replication-group", replicas: 0 },
    });
    expect(of(stack, "postgres")).toEqual(["busy", "crowded", "full", "starved"]);
    expect(of(stack, "redis")).toEqual(["busy", "evictions", "full", "refusals"]);
    expect(alarm(stack, "stores_redis_busy")?.dimensions).toEqual({
      CacheClusterId: "${aws_elasticache_replication_group.data_redis_cache.id}-001",
    });
  });

  it("leave memory and connections of a class that is not known to the reader of the dashboard", () => {
    const stack = withStores({ postgres: { kind: "instance", class: "db.q9.large" } });
    expect(of(stack, "postgres")).toEqual(["busy", "full"]);
  });
});

describe("the size of a database", () => {
  const sizeOf = (name: string) => postgresSize({ kind: "instance", server: "a", class: name, storageGib: 20 });

  it.each([
    ["db.t4g.micro", 1, 83],
    ["db.t3.small", 2, 189],
    ["db.t4g.medium", 4, 400],
    ["db.m8g.large", 8, 823],
    ["db.c6gd.large", 4, 400],
    ["db.r7g.xlarge", 32, 3360],
    ["db.r6i.32xlarge", 1024, 5000],
    ["db.x2g.large", 32, 3360],
    ["db.x2iedn.xlarge", 128, 5000],
  ])("follows its class: %s has %d GiB and takes %d connections", (name, memoryGib, connections) => {
    expect(sizeOf(name)).toEqual({ memoryGib, connections });
  });

  it("is that of the largest capacity of a cluster, as AWS's table has it", () => {
    const sizes = [1, 4, 8, 16, 32].map((maximum) =>
      postgresSize({ kind: "cluster", cluster: "a", servers: [], capacity: { minimum: 1, maximum } }),
    );
    expect(sizes.map((size) => size?.connections)).toEqual([189, 823, 1669, 3360, 5000]);
    const paused = { kind: "cluster", cluster: "a", servers: [], capacity: { minimum: 0.5, maximum: 16 } } as const;
    expect(postgresSize(paused)).toEqual({ memoryGib: 32, connections: 2000 });
  });
});
