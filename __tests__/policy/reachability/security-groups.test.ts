import { minimalService, minimalStage, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found } from "./analysis";

const stack = new Synthesized(stageWith());
const service = "aws_ecs_service.services_orders";
const loadBalancer = "aws_lb.ingress_nlb";
const endpoints = ["ecr_api", "ecr_dkr", "logs"].map((name) => `aws_vpc_endpoint.network_${name}`);
const id = (address: string) => `\${${address}.id}`;
const groupOf = (path: string) => id(`aws_security_group.${path}`);
const rule = (direction: "ingress" | "egress", id: string) => `aws_vpc_security_group_${direction}_rule.${id}`;
const onPort = (port: number) => ({ ip_protocol: "tcp", from_port: port, to_port: port });
const fromInternet = { cidr_ipv4: "0.0.0.0/0", referenced_security_group_id: undefined };

describe("a missing rule", () => {
  it.each(["ingress", "egress"] as const)("blocks the connection: %s", (direction) => {
    const json = changed(stack, { [rule(direction, `services_orders_from_nlb_tcp_8080`)]: undefined });
    expect(found(json)).toEqual([`missing: ${loadBalancer} -> ${service}`]);
    const owner = direction === "ingress" ? service : loadBalancer;
    expect(explained(json)).toBe(
      `${loadBalancer} cannot reach ${service} on TCP 8080 (requests): no ${direction} rule of ${owner} allows it`,
    );
  });

  it("blocks the connection also when another rule allows other ports", () => {
    const json = changed(stack, { [rule("ingress", "services_orders_from_nlb_tcp_8080")]: onPort(8081) });
    expect(found(json)).toEqual([`missing: ${loadBalancer} -> ${service}`, `unneeded: ${loadBalancer} -> ${service}`]);
  });
});

describe("a rule for a connection that is not declared", () => {
  it("is reported when it allows the internet at one end", () => {
    const json = changed(stack, {
      [rule("ingress", "open")]: { security_group_id: groupOf("services_orders"), ...onPort(8080), ...fromInternet },
    });
    expect(found(json)).toEqual([`unneeded: internet -> ${service}`]);
    expect(explained(json)).toBe(
      `internet to ${service} on TCP 8080 is allowed at one end but not declared; narrow or remove ${rule("ingress", "open")}`,
    );
  });

  it("is reported when the internet can connect to a public IP", () => {
    const inPublic = new Synthesized(
      stageWith({ network: { ...minimalStage.network, egress: { mode: "public-subnets" } } }),
    );
    const json = changed(inPublic, {
      [rule("ingress", "open")]: { security_group_id: groupOf("services_orders"), ...onPort(8080), ...fromInternet },
    });
    expect(explained(json)).toMatch(`internet to ${service} on TCP 8080 is allowed but not declared`);
  });

  it("is reported with the ports that are not needed", () => {
    const wide = { from_port: 0, to_port: 65535 };
    const json = changed(stack, {
      [rule("ingress", "services_orders_from_nlb_tcp_8080")]: wide,
      [rule("egress", "services_orders_from_nlb_tcp_8080")]: wide,
    });
    expect(found(json)).toEqual([`unneeded: ${loadBalancer} -> ${service}`]);
    expect(explained(json)).toMatch("on TCP 0-8079, TCP 8081-65535 is allowed but not declared");
  });

  it("is reported when it allows every protocol", () => {
    const json = changed(stack, {
      [rule("egress", "all")]: { security_group_id: groupOf("services_orders"), ip_protocol: "-1", ...fromInternet },
    });
    expect(found(json)).toEqual([`unneeded: ${service} -> internet`]);
    expect(explained(json)).toMatch(`${service} to internet on all traffic is allowed at one end`);
  });

  it("is reported between tasks of one service", () => {
    const self = {
      security_group_id: groupOf("services_orders"),
      referenced_security_group_id: groupOf("services_orders"),
    };
    const json = changed(stack, {
      [rule("ingress", "self")]: { ...self, ...onPort(8080) },
      [rule("egress", "self")]: { ...self, ...onPort(8080) },
    });
    expect(found(json)).toEqual([`unneeded: ${service} -> ${service}`]);
  });

  it("is reported between services, at one end and at both", () => {
    const services = {
      orders: { ...minimalService, routes: ["/orders"] },
      users: { ...minimalService, routes: ["/users"] },
    };
    const two = new Synthesized(stageWith({ services, ingress: ingresses.alb }));
    const into = {
      [rule("ingress", "x")]: {
        security_group_id: groupOf("services_users"),
        referenced_security_group_id: groupOf("services_orders"),
        ...onPort(8080),
      },
    };
    const out = {
      [rule("egress", "x")]: {
        security_group_id: groupOf("services_orders"),
        referenced_security_group_id: groupOf("services_users"),
        ...onPort(8080),
      },
    };
    const unneeded = [`unneeded: ${service} -> aws_ecs_service.services_users`];
    expect(found(changed(two, into))).toEqual(unneeded);
    expect(found(changed(two, { ...into, ...out }))).toEqual(unneeded);
    expect(explained(changed(two, { ...into, ...out }))).toMatch("is allowed but not declared");
  });

  it("is reported for every endpoint in a CIDR block of the VPC", () => {
    const range = { security_group_id: groupOf("services_orders"), cidr_ipv4: "10.0.0.0/21", ...onPort(5000) };
    expect([...found(changed(stack, { [rule("ingress", "range")]: range }))].sort()).toEqual(
      [service, loadBalancer, ...endpoints].map((from) => `unneeded: ${from} -> ${service}`).sort(),
    );
    const vpc = { ...range, cidr_ipv4: "${aws_vpc.network.cidr_block}" };
    expect(found(changed(stack, { [rule("ingress", "range")]: vpc }))).toHaveLength(2 + endpoints.length);
  });

  it("is reported for IPv6, and for every port when the port is -1", () => {
    const range = { security_group_id: groupOf("services_orders"), cidr_ipv6: "::/0", ...onPort(-1) };
    const json = changed(stack, { [rule("ingress", "range")]: range });
    expect(found(json)).toEqual([`unneeded: internet over IPv6 -> ${service}`]);
    expect(explained(json)).toMatch("on TCP 0-65535 is allowed at one end");
  });

  it("is reported for every endpoint of a subnet that the CIDR block overlaps", () => {
    const range = { security_group_id: groupOf("services_orders"), cidr_ipv4: "10.0.0.16/28", ...onPort(5000) };
    expect(found(changed(stack, { [rule("ingress", "range")]: range }))).toContain(
      `unneeded: ${loadBalancer} -> ${service}`,
    );
  });

  it("is reported for a CIDR block outside the VPC", () => {
    const range = { security_group_id: groupOf("services_orders"), cidr_ipv4: "203.0.113.0/24", ...onPort(22) };
    expect(found(changed(stack, { [rule("ingress", "range")]: range }))).toEqual([
      `unneeded: 203.0.113.0/24 -> ${service}`,
    ]);
  });
});
