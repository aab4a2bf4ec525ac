import { canReach } from "network-paths";
import { minimalService, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found, modelOf } from "./analysis";

const services = {
  orders: { ...minimalService, listenerPort: 8081, routes: ["/orders"] },
  users: { ...minimalService, listenerPort: 8082, routes: ["/users"] },
};
const stack = new Synthesized(stageWith({ services }));
const service = (name: string) => `aws_ecs_service.services_${name}`;
const groupOf = (name: string) => `\${aws_security_group.services_${name}.id}`;
const dataServiceGroup = "${aws_security_group.store.id}";
const subnet_ids = ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"];
const tcp = (port: number) => ({ ip_protocol: "tcp", from_port: port, to_port: port });
const rules = (name: string, port: number) => ({
  [`aws_vpc_security_group_egress_rule.${name}`]: {
    security_group_id: groupOf(name),
    referenced_security_group_id: dataServiceGroup,
    ...tcp(port),
  },
  [`aws_vpc_security_group_ingress_rule.${name}`]: {
    security_group_id: dataServiceGroup,
    referenced_security_group_id: groupOf(name),
    ...tcp(port),
  },
});
const mention = (name: string, expression: string) => ({
  [`aws_ecs_task_definition.services_${name}`]: {
    container_definitions: `\${jsonencode([{"environment" = [{"name" = "HOST", "value" = ${expression}}]}])}`,
  },
});

const database = "aws_db_instance.database";
const withDatabase = {
  "aws_security_group.store": { vpc_id: "${aws_vpc.network.id}" },
  "aws_db_subnet_group.store": { subnet_ids },
  [database]: {
    engine: "postgres",
    db_subnet_group_name: "${aws_db_subnet_group.store.name}",
    vpc_security_group_ids: [dataServiceGroup],
  },
  ...mention("orders", "aws_db_instance.database.address"),
};

describe("a database", () => {
  it("is needed by the service whose task refers to it", () => {
    expect(found(changed(stack, { ...withDatabase, ...rules("orders", 5432) }))).toEqual([]);
  });

  it("is blocked for a service without a rule", () => {
    const json = changed(stack, withDatabase);
    expect(found(json)).toEqual([`missing: ${service("orders")} -> ${database}`]);
    expect(explained(json)).toMatch(`${service("orders")} cannot reach ${database} on TCP 5432 (data access)`);
  });

  it("that allows the whole VPC is reported for each endpoint", () => {
    const open = { security_group_id: dataServiceGroup, cidr_ipv4: "10.0.0.0/16", ...tcp(5432) };
    const json = changed(stack, {
      ...withDatabase,
      ...rules("orders", 5432),
      "aws_vpc_security_group_ingress_rule.open": open,
    });
    expect(found(json)).toContain(`unneeded: ${service("users")} -> ${database}`);
    expect(found(json)).toContain(`unneeded: aws_lb.ingress_nlb -> ${database}`);
    expect(found(json)).not.toContain(`unneeded: ${service("orders")} -> ${database}`);
  });

  it("that allows another service is reported", () => {
    const json = changed(stack, { ...withDatabase, ...rules("orders", 5432), ...rules("users", 5432) });
    expect(found(json)).toEqual([`unneeded: ${service("users")} -> ${database}`]);
  });

  it("may allow a connection that is declared otherwise", () => {
    const json = changed(stack, { ...withDatabase, ...rules("orders", 5432), ...rules("users", 5432) });
    const connection = { from: service("users"), to: database, port: 5432, reason: "reports", required: true };
    expect(found(json, [connection])).toEqual([]);
  });
});

describe("the port of a data service", () => {
  const stores = {
    "aws_rds_cluster.store": {
      engine: "aurora-postgresql",
      db_subnet_group_name: "${aws_db_subnet_group.store.name}",
      vpc_security_group_ids: [dataServiceGroup],
    },
    "aws_elasticache_replication_group.store": {
      subnet_group_name: "${aws_elasticache_subnet_group.store.name}",
      security_group_ids: [dataServiceGroup],
    },
    "aws_elasticache_serverless_cache.store": { subnet_ids, security_group_ids: [dataServiceGroup] },
  };
  it.each([
    ["aws_rds_cluster.store", {}, 5432],
    ["aws_rds_cluster.store", { engine: "aurora-mysql" }, 3306],
    ["aws_elasticache_replication_group.store", {}, 6379],
    ["aws_elasticache_replication_group.store", { port: 6400 }, 6400],
    ["aws_elasticache_serverless_cache.store", {}, 6379],
  ] as const)("%s with %j is %d", (address, fields, port) => {
    const withStore = {
      "aws_security_group.store": {},
      "aws_db_subnet_group.store": { subnet_ids },
      "aws_elasticache_subnet_group.store": { subnet_ids },
      [address]: { ...stores[address], ...fields },
      ...mention("orders", `${address}.endpoint`),
    };
    expect(found(changed(stack, { ...withStore, ...rules("orders", port) }))).toEqual([]);
    expect(found(changed(stack, withStore))).toEqual([`missing: ${service("orders")} -> ${address}`]);
  });
});

test("a cluster is public when its instances are", () => {
  const cluster = {
    "aws_security_group.store": {},
    "aws_db_subnet_group.store": { subnet_ids },
    "aws_rds_cluster.store": {
      db_subnet_group_name: "${aws_db_subnet_group.store.name}",
      vpc_security_group_ids: [dataServiceGroup],
    },
  };
  const one = (publicly_accessible: boolean) => ({ "aws_rds_cluster_instance.one": { publicly_accessible } });
  const answer = (isPublic: boolean) =>
    canReach(modelOf(changed(stack, { ...cluster, ...one(isPublic) })), "internet", "aws_rds_cluster.store", 5432);
  expect(answer(false)).toMatchObject({ blockedReason: "aws_rds_cluster.store has no public IP" });
  expect(answer(true)).toMatchObject({
    blockedReason: "aws_subnet.network_private_a has no route to an internet gateway",
  });
});
