import type { StageInput } from "../../../../schema";
import { minimalService, stageWith } from "../../../fixtures/stage";
import { Synthesized } from "../../../fixtures/synthesized";

type PostgresInput = NonNullable<NonNullable<StageInput["data"]>["postgres"]>;

const tasks = { migrate: { command: ["node", "dist/migrate.js"] } };
const services = {
  orders: { ...minimalService, uses: ["postgres"], tasks },
  users: { ...minimalService, routes: ["/u"] },
};
const stackWith = (postgres: PostgresInput) =>
  new Synthesized(
    stageWith({
      data: { postgres },
      services: { ...services, orders: { ...services.orders, routes: ["/o"] } },
      ...alb,
    }),
  );
const alb = { ingress: { kind: "http-api", throttling: { ratePerSecond: 1, burst: 1 } } } as const;
const instanceOf = (stack: Synthesized) => stack.resource("aws_db_instance.data_postgres_server");
const clusterOf = (stack: Synthesized) => stack.resource("aws_rds_cluster.data_postgres_server");
const definition = (stack: Synthesized, id: string) =>
  String(stack.resource(`aws_ecs_task_definition.${id}`)?.container_definitions);
const permissions = (stack: Synthesized) =>
  stack.json.data.aws_iam_policy_document?.services_orders_task_role_permissions?.statement;
const variable = (name: string, value: string) => `{"name" = "${name}", "value" = ${value}}`;

const stack = stackWith({ kind: "instance" });
const secret = "aws_db_instance.data_postgres_server.master_user_secret[0].secret_arn";

describe("Postgres on one server", () => {
  it("is encrypted, private and Multi-AZ, with a password managed by RDS", () => {
    expect(instanceOf(stack)).toMatchObject({
      identifier: "shop-postgres-dev01",
      engine: "postgres",
      engine_version: "17",
      instance_class: "db.t4g.small",
      db_name: "app",
      username: "owner",
      manage_master_user_password: true,
      iam_database_authentication_enabled: true,
      port: 5432,
      publicly_accessible: false,
      storage_encrypted: true,
      storage_type: "gp3",
      allocated_storage: 20,
      max_allocated_storage: 100,
      multi_az: true,
    });
    expect(instanceOf(stack)).not.toHaveProperty("password");
  });

  it("has backups, maintenance and logs, deletion protection and a final snapshot", () => {
    expect(instanceOf(stack)).toMatchObject({
      backup_retention_period: 7,
      backup_window: "03:00-04:00",
      maintenance_window: "sun:05:00-sun:06:00",
      auto_minor_version_upgrade: true,
      apply_immediately: false,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "shop-postgres-dev01-final",
      copy_tags_to_snapshot: true,
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      enabled_cloudwatch_logs_exports: ["postgresql"],
    });
  });

  it("uses the configured values instead of the defaults", () => {
    const other = stackWith({
      kind: "instance",
      engineVersion: "16",
      instanceClass: "db.r8g.large",
      storage: { allocatedGiB: 50, maximumGiB: 60 },
      multiAz: false,
      databaseName: "shop",
      masterUsername: "keeper",
      backupRetentionDays: 1,
      backupWindow: "01:00-02:00",
      maintenanceWindow: "mon:03:00-mon:04:00",
      autoMinorVersionUpgrade: false,
      applyImmediately: true,
      deletionProtection: false,
      finalSnapshot: false,
      performanceInsightsRetentionDays: false,
      restoreFrom: "yesterday",
    });
    expect(instanceOf(other)).toMatchObject({
      engine_version: "16",
      instance_class: "db.r8g.large",
      allocated_storage: 50,
      max_allocated_storage: 60,
      multi_az: false,
      db_name: "shop",
      username: "keeper",
      backup_retention_period: 1,
      backup_window: "01:00-02:00",
      maintenance_window: "mon:03:00-mon:04:00",
      auto_minor_version_upgrade: false,
      apply_immediately: true,
      deletion_protection: false,
      skip_final_snapshot: true,
      performance_insights_enabled: false,
      snapshot_identifier: "yesterday",
    });
    expect(instanceOf(other)).not.toHaveProperty("final_snapshot_identifier");
  });

  it("requires TLS, and logs slow queries to a log group with a retention", () => {
    expect(stack.resource("aws_db_parameter_group.data_postgres_server")).toMatchObject({
      name: "shop-postgres17-dev01",
      family: "postgres17",
      parameter: [
        { name: "log_min_duration_statement", value: "1000" },
        { name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" },
      ],
    });
    expect(stack.resource("aws_cloudwatch_log_group.data_postgres_server")).toMatchObject({
      name: "/aws/rds/instance/shop-postgres-dev01/postgresql",
      retention_in_days: 14,
    });
    expect(instanceOf(stack)?.depends_on).toEqual(["aws_cloudwatch_log_group.data_postgres_server"]);
    const other = stackWith({ kind: "instance", slowQueryMilliseconds: 250, logRetentionDays: 90 });
    expect(JSON.stringify(other.all("aws_db_parameter_group"))).toContain('"value":"250"');
    expect(JSON.stringify(other.all("aws_cloudwatch_log_group"))).toContain('"retention_in_days":90');
  });

  it("is in subnets without a route out of the VPC", () => {
    expect(stack.resource("aws_db_subnet_group.data_postgres")?.subnet_ids).toEqual([
      "${aws_subnet.network_isolated_a.id}",
      "${aws_subnet.network_isolated_b.id}",
    ]);
    const tables = JSON.stringify([stack.all("aws_route"), stack.all("aws_vpc_endpoint")]);
    expect(tables).not.toContain("network_isolated");
  });
});

describe.each([
  ["instance", "aws_db_parameter_group"],
  ["aurora-serverless", "aws_rds_cluster_parameter_group"],
] as const)("Postgres of kind %s", (kind, type) => {
  it("has new parameters before the old ones are deleted, for upgrades to another major version", () => {
    expect(Object.values(stackWith({ kind }).all(type))).toMatchObject([
      { lifecycle: { create_before_destroy: true } },
    ]);
  });

  it("can be upgraded to another major version", () => {
    const [server] = [instanceOf, clusterOf].flatMap((of) => of(stackWith({ kind })) ?? []);
    expect(server).toMatchObject({ allow_major_version_upgrade: true });
  });

  it("keeps its logs for 14 days by default", () => {
    const logs = "aws_cloudwatch_log_group.data_postgres_server";
    expect(stackWith({ kind }).resource(logs)).toMatchObject({ retention_in_days: 14 });
    expect(stackWith({ kind, logRetentionDays: 90 }).resource(logs)).toMatchObject({ retention_in_days: 90 });
  });
});

describe("a service that uses Postgres", () => {
  it.each(["services_orders", "services_orders_tasks_migrate"])(
    "has variables for the host and the secret, also in its one-off tasks: %s",
    (id) => {
      const text = definition(stack, id);
      expect(text).toContain(variable("DATABASE_HOST", "aws_db_instance.data_postgres_server.address"));
      expect(text).toContain(variable("DATABASE_PORT", '"5432"'));
      expect(text).toContain(variable("DATABASE_NAME", '"app"'));
      expect(text).toContain(variable("DATABASE_USER", '"owner"'));
      expect(text).toContain(variable("DATABASE_SECRET_ARN", secret));
      expect(text).not.toMatch(/DATABASE_AUTH|DATABASE_READER_HOST|PASSWORD/);
    },
  );

  it("may read exactly that secret", () => {
    expect(permissions(stack)).toEqual([{ actions: ["secretsmanager:GetSecretValue"], resources: [`\${${secret}}`] }]);
    expect(stack.resource("aws_vpc_endpoint.network_secretsmanager")).toBeDefined();
  });

  it("is the only one with an ingress rule", () => {
    const ingress = Object.values(stack.all("aws_vpc_security_group_ingress_rule")).filter(
      ({ security_group_id }) => security_group_id === "${aws_security_group.data_postgres.id}",
    );
    expect(ingress).toEqual([
      expect.objectContaining({
        from_port: 5432,
        to_port: 5432,
        referenced_security_group_id: "${aws_security_group.services_orders.id}",
      }),
    ]);
    expect(definition(stack, "services_users")).not.toContain("DATABASE_");
  });

  it("signs in by IAM when the stage configures it, without a secret", () => {
    const byRole = stackWith({ kind: "instance", authentication: { mode: "iam", user: "shop" } });
    const text = definition(byRole, "services_orders");
    expect(text).toContain(variable("DATABASE_AUTH", '"iam"'));
    expect(text).toContain(variable("DATABASE_USER", '"shop"'));
    expect(text).not.toContain("DATABASE_SECRET_ARN");
    const id = "${aws_db_instance.data_postgres_server.resource_id}";
    const place = "arn:${data.aws_partition.data_postgres.partition}:rds-db:us-east-1:111122223333";
    expect(permissions(byRole)).toEqual([{ actions: ["rds-db:connect"], resources: [`${place}:dbuser:${id}/shop`] }]);
    expect(byRole.resource("aws_vpc_endpoint.network_secretsmanager")).toBeUndefined();
  });
});

describe("Postgres on Aurora", () => {
  const aurora = stackWith({ kind: "aurora-serverless" });
  const servers = (of: Synthesized) => of.all("aws_rds_cluster_instance");

  it("is encrypted and scales within its limits, with a password managed by RDS", () => {
    expect(clusterOf(aurora)).toMatchObject({
      cluster_identifier: "shop-postgres-dev01",
      engine: "aurora-postgresql",
      engine_version: "17",
      serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 4 },
      storage_encrypted: true,
      manage_master_user_password: true,
      iam_database_authentication_enabled: true,
      backup_retention_period: 7,
      preferred_backup_window: "03:00-04:00",
      preferred_maintenance_window: "sun:05:00-sun:06:00",
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "shop-postgres-dev01-final",
      apply_immediately: false,
      enabled_cloudwatch_logs_exports: ["postgresql"],
    });
    expect(aurora.resource("aws_rds_cluster_parameter_group.data_postgres_server")).toMatchObject({
      family: "aurora-postgresql17",
      parameter: [
        { name: "log_min_duration_statement", value: "1000" },
        { name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" },
      ],
    });
  });

  it("has a writer and the configured number of readers, of which the first is promoted on failover", () => {
    expect(Object.values(servers(aurora))).toMatchObject([
      { identifier: "shop-postgres-dev01-1", instance_class: "db.serverless", publicly_accessible: false },
      { identifier: "shop-postgres-dev01-2", promotion_tier: 0, performance_insights_enabled: true },
    ]);
    const many = servers(
      stackWith({
        kind: "aurora-serverless",
        readers: 2,
        performanceInsightsRetentionDays: 31,
        autoMinorVersionUpgrade: false,
      }),
    );
    expect(Object.values(many)[2]).toMatchObject({
      promotion_tier: 2,
      performance_insights_retention_period: 31,
      auto_minor_version_upgrade: false,
    });
  });

  it("has servers with the maintenance window of the cluster, whose snapshots have their tags", () => {
    const maintenanceWindow = "mon:05:00-mon:06:00";
    const server = { preferred_maintenance_window: maintenanceWindow, copy_tags_to_snapshot: true };
    expect(Object.values(servers(stackWith({ kind: "aurora-serverless", maintenanceWindow })))).toMatchObject([
      server,
      server,
    ]);
  });

  it("has a variable for the reader endpoint when it has readers", () => {
    const cluster = "aws_rds_cluster.data_postgres_server";
    const text = definition(aurora, "services_orders");
    expect(text).toContain(variable("DATABASE_HOST", `${cluster}.endpoint`));
    expect(text).toContain(variable("DATABASE_READER_HOST", `${cluster}.reader_endpoint`));
    const alone = stackWith({ kind: "aurora-serverless", readers: 0, capacity: { minimum: 0, maximum: 8 } });
    expect(definition(alone, "services_orders")).not.toContain("DATABASE_READER_HOST");
    expect(clusterOf(alone)).toMatchObject({
      serverlessv2_scaling_configuration: { min_capacity: 0, max_capacity: 8 },
    });
  });
});

describe("a proxy in front of Postgres", () => {
  const proxied = stackWith({
    kind: "instance",
    proxy: { maximumConnectionsPercent: 50, idleClientTimeoutMinutes: 5 },
  });

  it("is the host in the services' variables, requires TLS and uses the same secret", () => {
    const text = definition(proxied, "services_orders");
    expect(text).toContain(variable("DATABASE_HOST", "aws_db_proxy.data_postgres.endpoint"));
    expect(text).toContain(variable("DATABASE_SECRET_ARN", secret));
    expect(proxied.resource("aws_db_proxy.data_postgres")).toMatchObject({
      name: "shop-postgres-proxy-dev01",
      engine_family: "POSTGRESQL",
      require_tls: true,
      idle_client_timeout: 300,
      auth: [{ auth_scheme: "SECRETS", iam_auth: "DISABLED", secret_arn: `\${${secret}}` }],
    });
    expect(JSON.stringify(proxied.all("aws_db_proxy_default_target_group"))).toContain('"max_connections_percent":50');
    expect(proxied.resource("aws_db_proxy_target.data_postgres")).toMatchObject({
      db_instance_identifier: "${aws_db_instance.data_postgres_server.identifier}",
    });
  });

  it("may only read that secret", () => {
    expect(proxied.json.data.aws_iam_policy_document?.data_postgres_proxy_role_permissions?.statement).toEqual([
      { actions: ["secretsmanager:GetSecretValue"], resources: [`\${${secret}}`] },
    ]);
  });

  it("has a log group with the retention of the database's", () => {
    expect(proxied.resource("aws_cloudwatch_log_group.data_postgres_proxy")).toMatchObject({
      name: "/aws/rds/proxy/shop-postgres-proxy-dev01",
      retention_in_days: 14,
    });
    const dependencies: unknown = expect.arrayContaining(["aws_cloudwatch_log_group.data_postgres_proxy"]);
    expect(proxied.resource("aws_db_proxy.data_postgres")).toMatchObject({ depends_on: dependencies });
  });

  it("does not keep Terraform from replacing the server, whose name is fixed", () => {
    for (const type of ["aws_db_proxy", "aws_db_proxy_default_target_group", "aws_db_proxy_target"]) {
      expect(Object.values(proxied.all(type)).map(({ lifecycle }) => lifecycle)).toEqual([undefined]);
    }
  });

  it("is the only one with an ingress rule of the server", () => {
    const group = "${aws_security_group.data_postgres.id}";
    const ingress = Object.entries(proxied.all("aws_vpc_security_group_ingress_rule"));
    expect(ingress.filter(([, rule]) => rule.security_group_id === group).map(([id]) => id)).toEqual([
      "data_postgres_proxy_to_postgres_tcp_5432",
    ]);
  });
});
