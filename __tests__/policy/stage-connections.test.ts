import { checkStack } from "../../policy/check-stack";
import { rules } from "../../policy/rules";
import { fixtureStage } from "../fixtures/config";
import { Synthesized } from "../fixtures/synthesized";
import { changed } from "./reachability/analysis";

type Changes = Parameters<typeof changed>[1];

/** Returns the rule, resource and problem of every finding of a stage after some changes. */
function finder(name: string) {
  const stage = fixtureStage(name);
  const stack = new Synthesized(stage);
  return (changes: Changes) => {
    const { findings } = checkStack(stage, { ...stack.written, ...Object(changed(stack, changes)) }, rules);
    return findings.map(({ rule, resource, message }) => [rule, resource, message.split("; ")[0]]);
  };
}

const rule = (direction: "ingress" | "egress", id: string) => `aws_vpc_security_group_${direction}_rule.${id}`;
const service = (name: string) => `aws_ecs_service.services_${name}`;
const endpoint = (name: string) => `aws_vpc_endpoint.network_${name.replaceAll("-", "_")}`;
const database = "aws_db_instance.data_postgres_server";
const job = "aws_scheduler_schedule.services_clean_up";
const blocked = (to: string) =>
  `no VPC endpoint for ${to} serves its subnets, and aws_subnet.network_private_a has no route to the internet`;
const openToAll = (cidr_ipv4: string): Changes => ({
  [rule("ingress", "it")]: {
    security_group_id: "${aws_security_group.data_postgres.id}",
    description: "Open",
    ip_protocol: "tcp",
    from_port: 5432,
    to_port: 5432,
    cidr_ipv4,
  },
});

describe("dev02", () => {
  const findings = finder("dev02-us-east-1");
  const own = service("appname");

  it("allows exactly the connections that it declares", () => {
    expect(findings({})).toEqual([]);
  });

  it.each<[string, Changes, string, string, string]>([
    [
      "the endpoints do not allow the service",
      { [rule("ingress", "services_appname_to_vpc_endpoints_tcp_443")]: undefined },
      "connection-missing",
      own,
      `cannot reach ${endpoint("ecr-api")}, ${endpoint("ecr-dkr")}, ${endpoint("logs")} and 1 more on TCP 443 ` +
        "(needs ecr.api",
    ],
    [
      "an endpoint is missing",
      { [endpoint("ecr-dkr")]: undefined },
      "connection-missing",
      own,
      `cannot reach ecr.dkr on TCP 443 (needs ecr.dkr): ${blocked("ecr.dkr")}`,
    ],
    [
      "no route table routes to the gateway endpoint for S3",
      { [endpoint("s3")]: { route_table_ids: [] } },
      "connection-missing",
      own,
      `cannot reach s3 on TCP 443 (needs s3): ${blocked("s3")}`,
    ],
    [
      "the database allows the whole VPC",
      openToAll("${aws_vpc.network.cidr_block}"),
      "connection-unneeded",
      rule("ingress", "it"),
      `opens ${database} to ${database}, aws_lb.ingress_nlb, `,
    ],
    [
      "the database does not allow the service",
      { [rule("ingress", "services_appname_to_postgres_tcp_5432")]: undefined },
      "connection-missing",
      own,
      `cannot reach ${database} on TCP 5432 (data access): no ingress rule of ${database} allows it`,
    ],
  ])("has one finding when %s", (_, changes, id, resource, problem) => {
    const found = findings(changes);
    expect(found).toEqual([[id, resource, expect.stringContaining(problem)]]);
  });
});

describe("prod01", () => {
  const findings = finder("prod01-us-east-1");
  const bastion = "aws_instance.bastion";
  const cache = "aws_elasticache_replication_group.data_redis_cache";
  const alb = "aws_lb.ingress_alb";

  it("allows exactly the connections that it declares", () => {
    expect(findings({})).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ["a service", "services_test2_from_alb_lb_tcp_8080", alb, service("test2")],
    ["the database from a service", "services_test1_to_postgres_tcp_5432", service("test1"), database],
    ["the database from a worker", "services_orders_to_postgres_tcp_5432", service("orders"), database],
    ["the database from a job", "services_clean_up_to_postgres_tcp_5432", job, database],
    ["the database from the bastion", "bastion_to_postgres_tcp_5432", bastion, database],
    ["the cache from a service", "services_test1_to_redis_tcp_6379", service("test1"), cache],
    ["the cache from the bastion", "bastion_to_redis_tcp_6379", bastion, cache],
  ])("has one finding when a rule is missing for the connection to %s", (_, connection, from, to) => {
    for (const direction of ["ingress", "egress"] as const) {
      expect(findings({ [rule(direction, connection)]: undefined })).toEqual([
        ["connection-missing", from, expect.stringMatching(`^cannot reach ${to} on TCP \\d+ `)],
      ]);
    }
  });

  it("has one finding when an endpoint that all tasks need is missing", () => {
    const all = `${service("orders")}, ${service("test1")}, ${service("test2")} and 1 more`;
    expect(findings({ [endpoint("ecr-dkr")]: undefined })).toEqual([
      [
        "connection-missing",
        "ecr.dkr",
        `cannot be reached by ${all} on TCP 443 (needs ecr.dkr): ${blocked("ecr.dkr")}`,
      ],
    ]);
  });

  it("has one finding when one route table does not route to the gateway endpoint for S3", () => {
    const route_table_ids = ["b", "c"].map((zone) => `\${aws_route_table.network_private_${zone}-routes.id}`);
    expect(findings({ [endpoint("s3")]: { route_table_ids } })).toEqual([
      ["connection-missing", "s3", expect.stringContaining(blocked("s3"))],
    ]);
  });

  it("has one finding when the database allows the whole VPC", () => {
    expect(findings(openToAll("10.40.0.0/16"))).toEqual([
      [
        "connection-unneeded",
        rule("ingress", "it"),
        expect.stringMatching(`^opens ${database} to .* on TCP 5432, which no`),
      ],
    ]);
  });
});
