import { loadStages, stackName } from "../../schema";
import { checkStage } from "../../policy/check-stack";
import { rules } from "../../policy/rules";
import { Synthesized } from "../fixtures/synthesized";
import { changed } from "./reachability/changed";

type Changes = Parameters<typeof changed>[1];

const stages = loadStages();

/** What the policy finds in a shipped stage after some changes, by rule and resource, with what is said of it. */
function finder(name: string) {
  const stage = stages.find((each) => stackName(each) === name);
  if (stage === undefined) throw new Error(`there is no ${name}`);
  const stack = new Synthesized(stage);
  return (changes: Changes) => {
    const found = checkStage(stage, { ...stack.json, ...Object(changed(stack, changes)) }, rules);
    return found.map(({ rule, resource, message }) => [rule, resource, message.split("; ")[0]]);
  };
}

const rule = (direction: "ingress" | "egress", id: string) => `aws_vpc_security_group_${direction}_rule.${id}`;
const service = (name: string) => `aws_ecs_service.services_${name}_service`;
const endpoint = (name: string) => `aws_vpc_endpoint.network_endpoints_${name}`;
const database = "aws_db_instance.data_postgres_server";
const job = "aws_scheduler_schedule.services_clean_up";
const noWay = (to: string) =>
  `no VPC endpoint takes what goes to ${to} from there, and aws_subnet.network_private_a has no route to the internet`;
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

  it("has exactly the ways that it declares", () => {
    expect(findings({})).toEqual([]);
  });

  it.each<[string, Changes, string, string, string]>([
    [
      "the endpoints let the service in no more",
      { [rule("ingress", "services_appname_to_vpc_endpoints")]: undefined },
      "flow-missing",
      own,
      `cannot reach ${endpoint("ecr-api")}, ${endpoint("ecr-dkr")}, ${endpoint("logs")} and 1 more on TCP 443 ` +
        "(needs ecr.api",
    ],
    [
      "an endpoint is gone",
      { [endpoint("ecr-dkr")]: undefined },
      "flow-missing",
      own,
      `cannot reach ecr.dkr on TCP 443 (needs ecr.dkr): ${noWay("ecr.dkr")}`,
    ],
    [
      "no route table leads to the gateway of S3",
      { [endpoint("s3")]: { route_table_ids: [] } },
      "flow-missing",
      own,
      `cannot reach s3 on TCP 443 (needs s3): ${noWay("s3")}`,
    ],
    [
      "the whole VPC may reach the database",
      openToAll("${aws_vpc.network.cidr_block}"),
      "flow-extra",
      rule("ingress", "it"),
      `opens ${database} to ${database}, aws_lb.ingress_nlb, `,
    ],
    [
      "the database lets the service in no more",
      { [rule("ingress", "services_appname_to_postgres")]: undefined },
      "flow-missing",
      own,
      `cannot reach ${database} on TCP 5432 (stores its data): no rule lets it into ${database}`,
    ],
  ])("is found at fault once when %s", (_, changes, id, resource, said) => {
    const found = findings(changes);
    expect(found).toEqual([[id, resource, expect.stringContaining(said)]]);
  });
});

describe("prod01", () => {
  const findings = finder("prod01-us-east-1");
  const bastion = "aws_instance.bastion";
  const cache = "aws_elasticache_replication_group.data_redis_cache";
  const alb = "aws_lb.ingress_alb";

  it("has exactly the ways that it declares", () => {
    expect(findings({})).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ["a service", "services_test2_from-load-balancer", alb, service("test2")],
    ["the database from a service", "services_test1_to-postgres", service("test1"), database],
    ["the database from a worker", "services_orders_to-postgres", service("orders"), database],
    ["the database from a job", "services_clean-up_to-postgres", job, database],
    ["the database from the bastion", "bastion_to-postgres", bastion, database],
    ["the cache from a service", "services_test1_to-redis", service("test1"), cache],
    ["the cache from the bastion", "bastion_to-redis", bastion, cache],
  ])("is found at fault once when nothing lets one into %s", (_, flow, from, to) => {
    for (const direction of ["ingress", "egress"] as const) {
      expect(findings({ [rule(direction, `${flow}_${direction}`)]: undefined })).toEqual([
        ["flow-missing", from, expect.stringMatching(`^cannot reach ${to} on TCP \\d+ `)],
      ]);
    }
  });

  it("is found at fault once when an endpoint is gone that all tasks need", () => {
    const all = `${service("orders")}, ${service("test1")}, ${service("test2")} and 1 more`;
    expect(findings({ [endpoint("ecr-dkr")]: undefined })).toEqual([
      ["flow-missing", "ecr.dkr", `is out of reach of ${all} on TCP 443 (needs ecr.dkr): ${noWay("ecr.dkr")}`],
    ]);
  });

  it("is found at fault once when one route table does not lead to the gateway of S3", () => {
    const route_table_ids = ["b", "c"].map((zone) => `\${aws_route_table.network_private_${zone}-routes.id}`);
    expect(findings({ [endpoint("s3")]: { route_table_ids } })).toEqual([
      ["flow-missing", "s3", expect.stringContaining(noWay("s3"))],
    ]);
  });

  it("is found at fault once when the whole VPC may reach the database", () => {
    expect(findings(openToAll("10.40.0.0/16"))).toEqual([
      ["flow-extra", rule("ingress", "it"), expect.stringMatching(`^opens ${database} to .* on TCP 5432, and nothing`)],
    ]);
  });
});
