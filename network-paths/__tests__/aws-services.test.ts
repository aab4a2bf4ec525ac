import { canReachService, hostNamed, nextHop, tcp, type Network, type VpcEndpoint } from "..";
import { connection, interfaceEndpoint, rule, sample } from "./sample";

const reachable = { reachable: true };
const blocked = (blockedReason: string) => ({ reachable: false, blockedReason });
const { endpoint, host } = interfaceEndpoint("ecr.api");
const s3: VpcEndpoint = {
  name: "endpoint/s3",
  service: "s3",
  vpc: "vpc",
  resolvesServiceName: true,
  tables: ["private"],
};

/** The network of the sample without a route to the internet from the private subnets. */
function closed(changes: Partial<Network>): Network {
  const routes = sample().routes.filter(({ table }) => table !== "private");
  return sample({ routes, hosts: [...sample().hosts, host], ...changes });
}

describe("an AWS service is reached", () => {
  it("over the internet when it has no VPC endpoint", () => {
    expect(canReachService(sample(), "task/api", "ecr.api")).toEqual(reachable);
    expect(canReachService(closed({}), "task/api", "ecr.api")).toEqual(
      blocked("no VPC endpoint for ecr.api serves its subnets, and private-a has no route to the internet"),
    );
  });

  it("through an interface endpoint that its name resolves to, when both ends allow it", () => {
    const vpcEndpoints = [endpoint];
    const rules = connection("tasks-group", "endpoints-group", tcp(443));
    expect(canReachService(closed({ vpcEndpoints, rules }), "task/api", "ecr.api")).toEqual(reachable);
    expect(canReachService(closed({ vpcEndpoints, rules: rules.slice(0, 1) }), "task/api", "ecr.api")).toEqual(
      blocked("no ingress rule of endpoint/ecr.api allows it"),
    );
  });

  it("not through an interface endpoint without private DNS", () => {
    const vpcEndpoints = [{ ...endpoint, resolvesServiceName: false }];
    const rules = connection("tasks-group", "endpoints-group", tcp(443));
    expect(canReachService(closed({ vpcEndpoints, rules }), "task/api", "ecr.api")).toMatchObject({
      reachable: false,
    });
  });

  it("not through an interface endpoint of another VPC", () => {
    const vpcEndpoints = [{ ...endpoint, vpc: "other" }];
    const rules = connection("tasks-group", "endpoints-group", tcp(443));
    expect(canReachService(closed({ vpcEndpoints, rules }), "task/api", "ecr.api")).toEqual(
      blocked("no VPC endpoint for ecr.api serves its subnets, and private-a has no route to the internet"),
    );
  });

  it("through a gateway endpoint in the route tables, when a rule allows its prefix list", () => {
    const rules = [rule("egress", "tasks-group", { service: "s3" }, tcp(443))];
    expect(canReachService(closed({ vpcEndpoints: [s3], rules }), "task/api", "s3")).toEqual(reachable);
    expect(canReachService(closed({ vpcEndpoints: [s3], rules: [] }), "task/api", "s3")).toEqual(
      blocked("no egress rule of task/api allows it"),
    );
    expect(canReachService(closed({ vpcEndpoints: [{ ...s3, tables: ["public"] }], rules }), "task/api", "s3")).toEqual(
      blocked("no VPC endpoint for s3 serves its subnets, and private-a has no route to the internet"),
    );
  });

  it("over the internet from the subnets whose route table has no gateway endpoint", () => {
    const subnets = sample().subnets.map((each) => (each.name === "private-b" ? { ...each, table: "other" } : each));
    const nat = { kind: "nat", subnet: "public-a" } as const;
    const routes = [...sample().routes, { table: "other", family: "ipv4", gateway: nat } as const];
    const rules = [rule("egress", "tasks-group", { service: "s3" }, tcp(443))];
    const network = sample({ subnets, routes, rules, vpcEndpoints: [s3] });
    expect(canReachService(network, "task/api", "s3")).toEqual(
      blocked("no egress rule of task/api allows it to the internet"),
    );
  });
});

it("is the next hop, unless an endpoint or the internet is", () => {
  const hop = (network: Network, service: string) => {
    const task = hostNamed(network, "task/api");
    return task && nextHop(network, task, service);
  };
  const vpcEndpoints = [endpoint, s3];
  expect(hop(sample({ vpcEndpoints }), "ecr.api")).toBe("endpoint/ecr.api");
  expect(hop(sample({ vpcEndpoints }), "s3")).toBe("s3");
  expect(hop(sample({ vpcEndpoints }), "sqs")).toBe("internet");
  expect(hop(closed({ vpcEndpoints }), "sqs")).toBe("sqs");
});
