import { canReach, internet, internetIpv6, openPaths, shownTraffic, tcp, type Host } from "..";
import { rule, sample } from "./sample";

const reachable = { reachable: true };
const blocked = (blockedReason: string) => ({ reachable: false, blockedReason });

describe("a path between hosts of a VPC", () => {
  it("exists where the security groups of both ends allow the port", () => {
    expect(canReach(sample(), "lb/web", "task/api", 8080)).toEqual(reachable);
    expect(canReach(sample(), "task/api", "db/main", 5432)).toEqual(reachable);
  });

  it("needs an egress rule of the source and an ingress rule of the destination", () => {
    const without = (direction: string, group: string) => {
      const rules = sample().rules.filter((each) => each.direction !== direction || each.group !== group);
      return canReach(sample({ rules }), "task/api", "db/main", 5432);
    };
    expect(without("egress", "tasks-group")).toEqual(blocked("no egress rule of task/api allows it"));
    expect(without("ingress", "database-group")).toEqual(blocked("no ingress rule of db/main allows it"));
  });

  it("is that of one protocol", () => {
    expect(canReach(sample(), "lb/web", "task/api", 8080, "udp")).toEqual(
      blocked("no egress rule of lb/web allows it"),
    );
  });

  it("needs a listener where the ports are known", () => {
    expect(canReach(sample(), "task/api", "db/main", 3306)).toEqual(blocked("db/main has no listener on 3306"));
  });

  it("does not lead to another VPC", () => {
    const subnets = [...sample().subnets, { name: "far", vpc: "other", cidr: "10.9.0.0/24", table: undefined }];
    const far = { name: "db/far", groups: ["database-group"], subnets: ["far"], publicIp: false };
    const network = sample({ subnets, hosts: [...sample().hosts, far] });
    expect(canReach(network, "task/api", "db/far", 5432)).toEqual(blocked("they are in different VPCs"));
  });

  it("does not lead to a host that is not known", () => {
    expect(canReach(sample(), "task/api", "db/other", 5432)).toEqual(
      blocked("db/other has no known network interface"),
    );
  });

  it("from a load balancer without security groups needs a rule for a CIDR block of its subnets", () => {
    const nlb: Host = { name: "lb/tcp", subnets: ["public-a"], publicIp: false };
    const hosts = [...sample().hosts, nlb];
    expect(canReach(sample({ hosts }), "lb/tcp", "task/api", 8080)).toEqual(
      blocked("no ingress rule of task/api allows it"),
    );
    const from = (range: string) => [rule("ingress", "tasks-group", { range }, tcp(8080))];
    expect(canReach(sample({ hosts, rules: from("10.0.0.0/24") }), "lb/tcp", "task/api", 8080)).toEqual(reachable);
    expect(canReach(sample({ hosts, rules: from("10.0.1.0/24") }), "lb/tcp", "task/api", 8080)).toMatchObject({
      reachable: false,
    });
  });
});

describe("a path from the internet", () => {
  it("leads to a host with a public IP in a subnet that routes to an internet gateway", () => {
    expect(canReach(sample(), internet, "lb/web", 443)).toEqual(reachable);
    expect(canReach(sample(), internet, "task/api", 8080)).toEqual(blocked("task/api has no public IP"));
    const routes = sample().routes.filter(({ table }) => table !== "public");
    expect(canReach(sample({ routes }), internet, "lb/web", 443)).toEqual(
      blocked("public-a has no route to an internet gateway"),
    );
  });

  it("over IPv6 needs an IPv6 address and a rule of its own", () => {
    expect(canReach(sample(), internetIpv6, "lb/web", 443)).toEqual(blocked("lb/web has no IPv6 address"));
    const hosts = sample().hosts.map((host) => ({ ...host, ipv6: true }));
    expect(canReach(sample({ hosts }), internetIpv6, "lb/web", 443)).toEqual(
      blocked("no ingress rule of lb/web allows it"),
    );
    const rules = [rule("ingress", "alb-group", { range: "::/0" }, tcp(443))];
    expect(canReach(sample({ hosts, rules }), internetIpv6, "lb/web", 443)).toEqual(reachable);
    expect(canReach(sample({ hosts, rules }), "2001:db8::7", "lb/web", 443)).toEqual(reachable);
  });

  it("from one address needs a rule for a CIDR block that contains it", () => {
    const rules = [rule("ingress", "alb-group", { range: "198.51.100.0/24" }, tcp(443))];
    expect(canReach(sample({ rules }), "198.51.100.7", "lb/web", 443)).toEqual(reachable);
    expect(canReach(sample({ rules }), "203.0.113.7", "lb/web", 443)).toEqual(
      blocked("no ingress rule of lb/web allows it"),
    );
    expect(canReach(sample({ rules }), internet, "lb/web", 443)).toMatchObject({ reachable: false });
  });

  it("does not begin at an address of the VPC", () => {
    expect(canReach(sample(), "10.0.0.9", "lb/web", 443)).toEqual(blocked("10.0.0.9 has no known network interface"));
  });
});

describe("a path to the internet", () => {
  it("leads through a public NAT gateway whose subnet routes to an internet gateway", () => {
    expect(canReach(sample(), "task/api", internet, 443)).toEqual(reachable);
    const routes = sample().routes.filter(({ table }) => table !== "public");
    expect(canReach(sample({ routes }), "task/api", internet, 443)).toEqual(
      blocked("private-a routes to a NAT gateway in public-a, which has no route to an internet gateway"),
    );
  });

  it("needs a public IP where the subnet routes to an internet gateway", () => {
    const routes = [{ table: "private", family: "ipv4", gateway: { kind: "internet" } } as const];
    expect(canReach(sample({ routes }), "task/api", internet, 443)).toEqual(
      blocked("private-a routes to an internet gateway, which requires a public IP"),
    );
    const hosts = sample().hosts.map((host) => ({ ...host, publicIp: true }));
    expect(canReach(sample({ routes, hosts }), "task/api", internet, 443)).toEqual(reachable);
  });

  it("over IPv6 leads through an egress-only internet gateway, which does not lead back", () => {
    const routes = [{ table: "private", family: "ipv6", gateway: { kind: "egress-only" } } as const];
    const rules = (["ingress", "egress"] as const).map((direction) =>
      rule(direction, "tasks-group", { range: "::/0" }, tcp(443)),
    );
    const hosts = sample().hosts.map((host) => ({ ...host, publicIp: true, ipv6: true }));
    const network = sample({ routes, rules, hosts });
    expect(canReach(network, "task/api", internetIpv6, 443)).toEqual(reachable);
    expect(canReach(network, internetIpv6, "task/api", 443)).toEqual(
      blocked("private-a has no route to an internet gateway"),
    );
  });
});

describe("a path through PrivateLink", () => {
  const nlb: Host = {
    name: "lb/tcp",
    groups: ["closed"],
    subnets: ["private-a"],
    publicIp: false,
    listeners: [tcp(80)],
  };
  const privateLinks = [{ name: "link/api", loadBalancers: ["lb/tcp"] }];

  it("needs an ingress rule, unless the load balancer does not apply its security groups to it", () => {
    expect(canReach(sample({ hosts: [nlb], privateLinks }), "link/api", "lb/tcp", 80)).toEqual(
      blocked("no ingress rule of lb/tcp allows it"),
    );
    const hosts = [{ ...nlb, isOpenToPrivateLink: true }];
    expect(canReach(sample({ hosts, privateLinks }), "link/api", "lb/tcp", 80)).toEqual(reachable);
  });

  it("leads to its load balancers only", () => {
    expect(canReach(sample({ privateLinks }), "link/api", "lb/web", 443)).toEqual(
      blocked("link/api does not target it"),
    );
  });
});

test("the open paths are those whose routes exist and that both ends allow", () => {
  const shown = openPaths(sample()).map(({ from, to, traffic }) => `${from} -> ${to}: ${shownTraffic(traffic)}`);
  expect(shown.sort()).toEqual([
    "internet -> lb/web: TCP 443",
    "lb/web -> task/api: TCP 8080",
    "task/api -> db/main: TCP 5432",
    "task/api -> internet: TCP 443",
    "task/api -> lb/web: TCP 443",
  ]);
});
