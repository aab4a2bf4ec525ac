import { canReach, readModel } from "../../../policy/reachability";
import { stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found } from "./changed";

const service = "aws_ecs_service.services_orders";
const stackOf = (way: keyof typeof ingresses) => new Synthesized(stageWith({ ingress: ingresses[way] }));
const rule = (direction: "ingress" | "egress", id: string) =>
  `aws_vpc_security_group_${direction}_rule.${id}_${direction}`;

describe("behind a VPC link V1", () => {
  const stack = stackOf("rest-api via nlb");
  const link = "aws_api_gateway_vpc_link.ingress";
  const loadBalancer = "aws_lb.ingress_nlb";

  it.each(["on", undefined])("an NLB that enforces its rules on PrivateLink (%s) is not reached", (enforce) => {
    const enforced = { enforce_security_group_inbound_rules_on_private_link_traffic: enforce };
    const json = changed(stack, { [loadBalancer]: enforced });
    expect(found(json)).toEqual([`missing: ${link} -> ${loadBalancer}`]);
    expect(explained(json)).toMatch(`${link} cannot reach ${loadBalancer} on TCP 8080`);
  });

  it("an NLB that lets everything in from PrivateLink lets in nobody else", () => {
    const out = {
      security_group_id: "${aws_security_group.services_orders.id}",
      referenced_security_group_id: "${aws_security_group.ingress_nlb.id}",
      ip_protocol: "tcp",
      from_port: 8080,
      to_port: 8080,
    };
    const model = readModel(changed(stack, { "aws_vpc_security_group_egress_rule.out": out }));
    const reason = `no rule lets it into ${loadBalancer}`;
    expect(canReach(model, service, loadBalancer, 8080)).toEqual({ reached: false, reason });
  });

  it("an NLB is not reached that the link does not lead to", () => {
    const json = changed(stack, { [link]: { target_arns: ["${aws_lb.other.arn}"] } });
    expect(found(json)).toEqual([`missing: ${link} -> ${loadBalancer}`]);
  });

  it("an NLB is not reached on a port on which it does not listen", () => {
    const json = changed(stack, { "aws_lb_listener.ingress_targets_orders": { port: 9000 } });
    expect(found(json)).toEqual([`missing: ${link} -> ${loadBalancer}`]);
    expect(explained(json)).toMatch("has no listener on 8080");
  });
});

describe("behind a VPC link V2", () => {
  it.each([
    ["http-api", "aws_lb.ingress_alb"],
    ["rest-api via alb", "aws_lb.ingress_alb"],
  ] as const)("of %s, the ALB is not reached without a rule at each end", (way, loadBalancer) => {
    const stack = stackOf(way);
    const missing = [`missing: aws_apigatewayv2_vpc_link.ingress -> ${loadBalancer}`];
    expect(found(changed(stack, { [rule("ingress", "ingress_alb_from-vpc-link")]: undefined }))).toEqual(missing);
    expect(found(changed(stack, { [rule("egress", "ingress_alb_from-vpc-link")]: undefined }))).toEqual(missing);
  });
});

test("an NLB does not reach the ALB behind it without a rule", () => {
  const json = changed(stackOf("rest-api via nlb-alb"), {
    [rule("ingress", "ingress_alb_from-load-balancer")]: undefined,
  });
  const missing = "missing: aws_lb.ingress_nlb -> aws_lb.ingress_alb";
  expect(found(json)).toEqual([missing]);
});

describe("a health check on a port of its own", () => {
  const group = "aws_lb_target_group.ingress_targets_orders";

  it("needs a way of its own", () => {
    const json = changed(stackOf("rest-api via nlb"), { [group]: { health_check: { port: "9090" } } });
    expect(found(json)).toEqual([`missing: aws_lb.ingress_nlb -> ${service}`]);
    expect(explained(json)).toMatch("on TCP 9090 (health checks): no rule lets it out");
  });

  it("is not known when an expression says it", () => {
    const json = changed(stackOf("rest-api via nlb"), { [group]: { health_check: { port: "${var.port}" } } });
    expect(found(json)).toEqual([`unknown: ${service}`]);
  });
});

describe("a load balancer on the internet", () => {
  const stack = stackOf("alb");
  const loadBalancer = "aws_lb.ingress_alb";

  it("is not reached without a rule for everybody, for each of its listeners", () => {
    expect(found(changed(stack, { [rule("ingress", "ingress_http-from-internet")]: undefined }))).toEqual([
      `missing: internet -> ${loadBalancer}`,
    ]);
  });

  it("is not reached in a subnet without a route to an internet gateway", () => {
    const json = changed(stack, { "aws_route.network_public_b_internet": undefined });
    expect(new Set(found(json))).toEqual(new Set([`missing: internet -> ${loadBalancer}`]));
    expect(explained(json)).toMatch("aws_subnet.network_public_b has no route to an internet gateway");
  });

  it("has nobody to let in when it is internal", () => {
    expect(found(changed(stack, { [loadBalancer]: { internal: true } }))).toEqual([
      `extra: internet -> ${loadBalancer}`,
    ]);
  });

  it("is not reached over IPv6 without a rule or a route for it", () => {
    const dual = new Synthesized(stageWith({ ingress: { ...ingresses.nlb, ipAddressType: "dualstack" } }));
    const missing = ["missing: internet over IPv6 -> aws_lb.ingress_nlb"];
    expect(found(changed(dual, { [rule("ingress", "ingress_https-from-internet-ipv6")]: undefined }))).toEqual(missing);
    expect(found(changed(dual, { "aws_route.network_public_a_internet_ipv6": undefined }))).toEqual(missing);
  });

  it("has no callers by IPv6 without an IPv6 address", () => {
    const dual = new Synthesized(stageWith({ ingress: { ...ingresses.nlb, ipAddressType: "dualstack" } }));
    const json = changed(dual, { "aws_lb.ingress_nlb": { ip_address_type: "ipv4" } });
    expect(canReach(readModel(json), "internet over IPv6", "aws_lb.ingress_nlb", 443)).toEqual({
      reached: false,
      reason: "aws_lb.ingress_nlb has no IPv6 address",
    });
  });

  it("that signs callers in by another provider must be let out too", () => {
    const default_action = [{ type: "authenticate-oidc", authenticate_oidc: { issuer: "https://example.com" } }];
    const json = changed(stack, { "aws_lb_listener.ingress": { default_action } });
    expect(found(json)).toEqual([`missing: ${loadBalancer} -> internet`]);
  });

  it("that signs callers in must be let out to Cognito", () => {
    const ingress = { ...ingresses.alb, authorization: { userPool: { source: "create" as const } } };
    const json = changed(new Synthesized(stageWith({ ingress })), {
      [rule("egress", "ingress_cognito-on-internet")]: undefined,
    });
    expect(found(json)).toEqual([`missing: ${loadBalancer} -> internet`]);
  });
});
