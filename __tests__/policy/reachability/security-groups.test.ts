import { minimalService, minimalStage, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found } from "./changed";

const stack = new Synthesized(stageWith());
const service = "aws_ecs_service.services_orders";
const loadBalancer = "aws_lb.ingress_nlb";
const endpoints = ["ecr-api", "ecr-dkr", "logs"].map((name) => `aws_vpc_endpoint.network_endpoints_${name}`);
const id = (address: string) => `\${${address}.id}`;
const groupOf = (path: string) => id(`aws_security_group.${path}_firewall_group`);
const rule = (direction: "ingress" | "egress", id: string) => `aws_vpc_security_group_${direction}_rule.${id}`;
const tcp = (port: number) => ({ ip_protocol: "tcp", from_port: port, to_port: port });
const anybody = { cidr_ipv4: "0.0.0.0/0", referenced_security_group_id: undefined };

describe("a rule that is gone", () => {
  it.each(["ingress", "egress"] as const)("at one end, of %s, closes the way", (direction) => {
    const json = changed(stack, { [rule(direction, `services_orders_from-load-balancer_${direction}`)]: undefined });
    expect(found(json)).toEqual([`missing: ${loadBalancer} -> ${service}`]);
    const end = direction === "ingress" ? `into ${service}` : `out of ${loadBalancer}`;
    expect(explained(json)).toBe(
      `${loadBalancer} cannot reach ${service} on TCP 8080 (requests): no rule lets it ${end}`,
    );
  });

  it("is found also when another rule lets other ports pass", () => {
    const json = changed(stack, { [rule("ingress", "services_orders_from_load_balancer")]: tcp(8081) });
    expect(found(json)).toEqual([`missing: ${loadBalancer} -> ${service}`, `extra: ${loadBalancer} -> ${service}`]);
  });
});

describe("a rule that nothing needs", () => {
  it("opens a service to everybody", () => {
    const json = changed(stack, {
      [rule("ingress", "open")]: { security_group_id: groupOf("services_orders"), ...tcp(8080), ...anybody },
    });
    expect(found(json)).toEqual([`extra: internet -> ${service}`]);
    expect(explained(json)).toBe(
      `internet to ${service} on TCP 8080 is open at one end, and nothing needs it; narrow or remove ${rule("ingress", "open")}`,
    );
  });

  it("opens a service with a public IP to everybody at both ends", () => {
    const inPublic = new Synthesized(
      stageWith({ network: { ...minimalStage.network, egress: { mode: "public-subnets" } } }),
    );
    const json = changed(inPublic, {
      [rule("ingress", "open")]: { security_group_id: groupOf("services_orders"), ...tcp(8080), ...anybody },
    });
    expect(explained(json)).toMatch(`internet to ${service} on TCP 8080 is open, and nothing needs it`);
  });

  it("lets all ports pass where one is needed", () => {
    const wide = { from_port: 0, to_port: 65535 };
    const json = changed(stack, {
      [rule("ingress", "services_orders_from_load_balancer")]: wide,
      [rule("egress", "services_orders_from_load_balancer")]: wide,
    });
    expect(found(json)).toEqual([`extra: ${loadBalancer} -> ${service}`]);
    expect(explained(json)).toMatch("on TCP 0-8079, TCP 8081-65535 is open, and nothing needs it");
  });

  it("lets every protocol pass", () => {
    const json = changed(stack, {
      [rule("egress", "all")]: { security_group_id: groupOf("services_orders"), ip_protocol: "-1", ...anybody },
    });
    expect(found(json)).toEqual([`extra: ${service} -> internet`]);
    expect(explained(json)).toMatch(`${service} to internet on all traffic is open at one end`);
  });

  it("lets tasks of one service ask each other", () => {
    const self = {
      security_group_id: groupOf("services_orders"),
      referenced_security_group_id: groupOf("services_orders"),
    };
    const json = changed(stack, {
      [rule("ingress", "self")]: { ...self, ...tcp(8080) },
      [rule("egress", "self")]: { ...self, ...tcp(8080) },
    });
    expect(found(json)).toEqual([`extra: ${service} -> ${service}`]);
  });

  it("lets one service ask another, at both ends or at one", () => {
    const services = {
      orders: { ...minimalService, routes: ["/orders"] },
      users: { ...minimalService, routes: ["/users"] },
    };
    const two = new Synthesized(stageWith({ services, ingress: ingresses.alb }));
    const into = {
      [rule("ingress", "x")]: {
        security_group_id: groupOf("services_users"),
        referenced_security_group_id: groupOf("services_orders"),
        ...tcp(8080),
      },
    };
    const out = {
      [rule("egress", "x")]: {
        security_group_id: groupOf("services_orders"),
        referenced_security_group_id: groupOf("services_users"),
        ...tcp(8080),
      },
    };
    const extra = [`extra: ${service} -> aws_ecs_service.services_users`];
    expect(found(changed(two, into))).toEqual(extra);
    expect(found(changed(two, { ...into, ...out }))).toEqual(extra);
    expect(explained(changed(two, { ...into, ...out }))).toMatch("is open, and nothing needs it");
  });

  it("names a range inside the VPC, and everyone who stands there", () => {
    const range = { security_group_id: groupOf("services_orders"), cidr_ipv4: "10.0.0.0/21", ...tcp(5000) };
    expect([...found(changed(stack, { [rule("ingress", "range")]: range }))].sort()).toEqual(
      [service, loadBalancer, ...endpoints].map((from) => `extra: ${from} -> ${service}`).sort(),
    );
    const vpc = { ...range, cidr_ipv4: "${aws_vpc.network.cidr_block}" };
    expect(found(changed(stack, { [rule("ingress", "range")]: vpc }))).toHaveLength(2 + endpoints.length);
  });

  it("opens a service to everybody by IPv6, and on every port by AWS's -1", () => {
    const range = { security_group_id: groupOf("services_orders"), cidr_ipv6: "::/0", ...tcp(-1) };
    const json = changed(stack, { [rule("ingress", "range")]: range });
    expect(found(json)).toEqual([`extra: internet over IPv6 -> ${service}`]);
    expect(explained(json)).toMatch("on TCP 0-65535 is open at one end");
  });

  it("names a part of a subnet, in which anyone of the subnet may stand", () => {
    const range = { security_group_id: groupOf("services_orders"), cidr_ipv4: "10.0.0.16/28", ...tcp(5000) };
    expect(found(changed(stack, { [rule("ingress", "range")]: range }))).toContain(
      `extra: ${loadBalancer} -> ${service}`,
    );
  });

  it("names a range outside the VPC", () => {
    const range = { security_group_id: groupOf("services_orders"), cidr_ipv4: "203.0.113.0/24", ...tcp(22) };
    expect(found(changed(stack, { [rule("ingress", "range")]: range }))).toEqual([
      `extra: 203.0.113.0/24 -> ${service}`,
    ]);
  });
});
