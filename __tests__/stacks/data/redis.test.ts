import type { StageInput } from "../../../schema";
import { minimalService, minimalStage, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

const stackWith = (redis: NonNullable<StageInput["data"]>["redis"], fields: Partial<StageInput> = {}) =>
  new Synthesized(
    stageWith({ data: { redis }, services: { orders: { ...minimalService, uses: ["redis"] } }, ...fields }),
  );
const definition = (stack: Synthesized) =>
  String(stack.resource("aws_ecs_task_definition.services_orders")?.container_definitions);
const group = "aws_elasticache_replication_group.data_redis_cache";

describe("a node-based cache", () => {
  const stack = stackWith({ kind: "replication-group" });

  it("is encrypted, for TLS only, and fails over to another zone", () => {
    expect(stack.resource(group)).toMatchObject({
      replication_group_id: "shop-cache-dev01",
      engine: "valkey",
      engine_version: "8.0",
      node_type: "cache.t4g.micro",
      num_cache_clusters: 2,
      automatic_failover_enabled: true,
      multi_az_enabled: true,
      port: 6379,
      at_rest_encryption_enabled: "true",
      transit_encryption_enabled: true,
      user_group_ids: ["${aws_elasticache_user_group.data_redis.user_group_id}"],
      apply_immediately: false,
      maintenance_window: "sun:05:00-sun:06:00",
      snapshot_retention_limit: 7,
      snapshot_window: "03:00-04:00",
      security_group_ids: ["${aws_security_group.data_redis.id}"],
    });
    expect(stack.resource(group)).not.toHaveProperty("auth_token");
    expect(stack.resource(group)).not.toHaveProperty("final_snapshot_identifier");
  });

  it("uses the configured values instead of the defaults", () => {
    const other = stackWith({
      kind: "replication-group",
      engine: "redis",
      nodeType: "cache.m7g.large",
      replicas: 0,
      snapshotRetentionDays: 0,
      snapshotWindow: "01:00-02:00",
      maintenanceWindow: "mon:03:00-mon:04:00",
      finalSnapshot: "last",
      applyImmediately: true,
    });
    expect(other.resource(group)).toMatchObject({
      engine: "redis",
      engine_version: "7.1",
      node_type: "cache.m7g.large",
      num_cache_clusters: 1,
      automatic_failover_enabled: false,
      multi_az_enabled: false,
      snapshot_retention_limit: 0,
      snapshot_window: "01:00-02:00",
      maintenance_window: "mon:03:00-mon:04:00",
      final_snapshot_identifier: "shop-cache-dev01-last",
      apply_immediately: true,
    });
    expect(stackWith({ kind: "replication-group", engineVersion: "7.2" }).resource(group)).toMatchObject({
      engine_version: "7.2",
    });
  });

  it("is in isolated subnets", () => {
    expect(stack.resource("aws_elasticache_subnet_group.data_redis_cache")?.subnet_ids).toEqual([
      "${aws_subnet.network_isolated_a.id}",
      "${aws_subnet.network_isolated_b.id}",
    ]);
  });

  it("has one user, who signs in with IAM", () => {
    const users = Object.values(stack.all("aws_elasticache_user"));
    expect(users).toMatchObject([
      { user_id: "shop-services-dev01", user_name: "shop-services-dev01", authentication_mode: { type: "iam" } },
    ]);
  });

  it("of Redis disables the default user, which a user group must contain", () => {
    const redis = stackWith({ kind: "replication-group", engine: "redis" });
    expect(redis.resource("aws_elasticache_user.data_redis_default")).toMatchObject({
      user_name: "default",
      access_string: "off -@all",
      no_password_required: true,
    });
    expect(redis.resource("aws_elasticache_user_group.data_redis")?.user_ids).toHaveLength(2);
  });

  it("of Redis names no authentication mode of the default user, as ElastiCache describes it by another name", () => {
    const redis = stackWith({ kind: "replication-group", engine: "redis" });
    expect(redis.resource("aws_elasticache_user.data_redis_default")).not.toHaveProperty("authentication_mode");
  });

  it("has variables, permissions and an ingress rule for the services that use it", () => {
    expect(definition(stack)).toContain(`{"name" = "REDIS_HOST", "value" = ${group}.primary_endpoint_address}`);
    expect(definition(stack)).toContain(`{"name" = "REDIS_READER_HOST", "value" = ${group}.reader_endpoint_address}`);
    expect(definition(stack)).toContain('{"name" = "REDIS_PORT", "value" = "6379"}');
    expect(definition(stack)).toContain('{"name" = "REDIS_CACHE_NAME", "value" = "shop-cache-dev01"}');
    expect(definition(stack)).toContain('"REDIS_USER"');
    expect(definition(stack)).not.toContain("REDIS_SERVERLESS");
    expect(stack.json.data.aws_iam_policy_document?.services_orders_task_role_permissions?.statement).toEqual([
      {
        actions: ["elasticache:Connect"],
        resources: [`\${${group}.arn}`, "${aws_elasticache_user.data_redis_services.arn}"],
      },
    ]);
    expect(stack.resource("aws_vpc_security_group_ingress_rule.services_orders_to_redis_tcp_6379")).toMatchObject({
      security_group_id: "${aws_security_group.data_redis.id}",
      from_port: 6379,
    });
  });
});

describe("a serverless cache", () => {
  const stack = stackWith({ kind: "serverless", maximumGb: 2, maximumEcpus: 1000, snapshotRetentionDays: 1 });

  it("has limits, users and snapshots", () => {
    expect(stack.resource("aws_elasticache_serverless_cache.data_redis")).toMatchObject({
      name: "shop-cache-dev01",
      engine: "valkey",
      major_engine_version: "8",
      cache_usage_limits: [{ data_storage: [{ maximum: 2, unit: "GB" }], ecpu_per_second: [{ maximum: 1000 }] }],
      user_group_id: "${aws_elasticache_user_group.data_redis.user_group_id}",
      snapshot_retention_limit: 1,
      daily_snapshot_time: "03:00",
      subnet_ids: ["${aws_subnet.network_isolated_a.id}", "${aws_subnet.network_isolated_b.id}"],
    });
  });

  it("has the newest major version of its engine", () => {
    const other = stackWith({ kind: "serverless", engine: "redis", maximumGb: 1, maximumEcpus: 1000 });
    expect(other.resource("aws_elasticache_serverless_cache.data_redis")).toMatchObject({
      engine: "redis",
      major_engine_version: "7",
    });
  });

  it.each([
    { zones: ["a", "b", "c"], count: "all three" },
    { zones: ["a", "b", "c", "d"], count: "the first three" },
  ])("is in $count of $zones.length zones", ({ zones }) => {
    const network = { ...minimalStage.network, zones: zones.map((zone) => `us-east-1${zone}`) };
    const wide = stackWith({ kind: "serverless", maximumGb: 1, maximumEcpus: 1000 }, { network });
    expect(wide.resource("aws_elasticache_serverless_cache.data_redis")?.subnet_ids).toEqual([
      "${aws_subnet.network_isolated_a.id}",
      "${aws_subnet.network_isolated_b.id}",
      "${aws_subnet.network_isolated_c.id}",
    ]);
  });

  it("is marked as serverless in the services' variables, as its IAM token differs", () => {
    expect(definition(stack)).toContain('{"name" = "REDIS_SERVERLESS", "value" = "true"}');
    expect(definition(stack)).not.toContain("REDIS_READER_HOST");
  });
});
