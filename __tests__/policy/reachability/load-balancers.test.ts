import { canReach } from "network-paths";
import { stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found, modelOf } from "./analysis";

const service = "aws_ecs_service.services_orders";
const stackOf = (kind: keyof typeof ingresses) => new Synthesized(stageWith({ ingress: ingresses[kind] }));
const rule = (direction: "ingress" | "egress", id: string) => `aws_vpc_security_group_${direction}_rule.${id}`;

describe("behind a VPC link V1", () => {
  const stack = stackOf("rest-api via nlb");
  const link = "aws_api_gateway_vpc_link.ingress";
  const loadBalancer = "aws_lb.ingress_nlb";

  it.each(["on", undefined])("an NLB that applies its security group to PrivateLink (%s) is blocked", (enforce) => {
    const enforced = { enforce_security_group_inbound_rules_on_private_link_traffic: enforce };
    const json = changed(stack, { [loadBalancer]: enforced });
    expect(found(json)).toEqual([`missing: ${link} -> ${loadBalancer}`]);
    expect(explained(json)).toMatch(`${link} cannot reach ${loadBalancer} on TCP 8080`);
  });

  it("an NLB that does not apply its security group to PrivateLink still blocks others", () => {
    const out = {
      security_group_id: "${aws_security_group.services_orders.id}",
      referenced_security_group_id: "${aws_security_group.ingress_nlb.id}",
      ip_protocol: "tcp",
      from_port: 8080,
      to_port: 8080,
    };
    const model = modelOf(changed(stack, { "aws_vpc_security_group_egress_rule.out": out }));
    const blockedReason = `no ingress rule of ${loadBalancer} allows it`;
    expect(canReach(model, service, loadBalancer, 8080)).toEqual({ reachable: false, blockedReason });
  });

  it("an NLB that the link does not target is blocked", () => {
    const json = changed(stack, { [link]: { target_arns: ["${aws_lb.other.arn}"] } });
    expect(found(json)).toEqual([`missing: ${link} -> ${loadBalancer}`]);
  });

  it("an NLB without a listener on the port is blocked", () => {
    const json = changed(stack, { "aws_lb_listener.ingress_nlb_port_8080": { port: 9000 } });
    expect(found(json)).toEqual([`missing: ${link} -> ${loadBalancer}`]);
    expect(explained(json)).toMatch("has no listener on 8080");
  });
});

describe("behind a VPC link V2", () => {
  it.each([
    ["http-api", "aws_lb.ingress_alb"],
    ["rest-api via alb", "aws_lb.ingress_alb"],
  ] as const)("of %s, the ALB is blocked without a rule at each end", (kind, loadBalancer) => {
    const stack = stackOf(kind);
    const missing = [`missing: aws_apigatewayv2_vpc_link.ingress -> ${loadBalancer}`];
    expect(found(changed(stack, { [rule("ingress", "ingress_alb_from_vpc_link")]: undefined }))).toEqual(missing);
    expect(found(changed(stack, { [rule("egress", "ingress_alb_from_vpc_link")]: undefined }))).toEqual(missing);
  });
});

test("the ALB behind an NLB is blocked without a rule", () => {
  const json = changed(stackOf("rest-api via nlb-alb"), {
    [rule("ingress", "ingress_alb_from_load_balancer")]: undefined,
  });
  const missing = "missing: aws_lb.ingress_nlb -> aws_lb.ingress_alb";
  expect(found(json)).toEqual([missing]);
});

describe("a health check on a port of its own", () => {
  const group = "aws_lb_target_group.ingress_nlb_port_8080";

  it("needs rules of its own", () => {
    const json = changed(stackOf("rest-api via nlb"), { [group]: { health_check: { port: "9090" } } });
    expect(found(json)).toEqual([`missing: aws_lb.ingress_nlb -> ${service}`]);
    expect(explained(json)).toMatch("on TCP 9090 (health checks): no egress rule of");
  });

  it("is reported as unknown when it is an expression", () => {
    const json = changed(stackOf("rest-api via nlb"), { [group]: { health_check: { port: "${var.port}" } } });
    expect(found(json)).toEqual([`unknown: ${service}`]);
  });
});

describe("a load balancer on the internet", () => {
  const stack = stackOf("alb");
  const loadBalancer = "aws_lb.ingress_public_alb";

  it("is blocked without a rule for the internet for each of its listeners", () => {
    expect(found(changed(stack, { [rule("ingress", "ingress_http_from_internet")]: undefined }))).toEqual([
      `missing: internet -> ${loadBalancer}`,
    ]);
  });

  it("is blocked in a subnet without a route to an internet gateway", () => {
    const json = changed(stack, { "aws_route.network_public_b_internet": undefined });
    expect(new Set(found(json))).toEqual(new Set([`missing: internet -> ${loadBalancer}`]));
    expect(explained(json)).toMatch("aws_subnet.network_public_b has no route to an internet gateway");
  });

  it("needs no rule for the internet when it is internal", () => {
    expect(found(changed(stack, { [loadBalancer]: { internal: true } }))).toEqual([
      `unneeded: internet -> ${loadBalancer}`,
    ]);
  });

  it("is blocked over IPv6 without a rule or a route for it", () => {
    const dual = new Synthesized(stageWith({ ingress: { ...ingresses.nlb, ipAddressType: "dualstack" } }));
    const missing = ["missing: internet over IPv6 -> aws_lb.ingress_public_nlb"];
    expect(found(changed(dual, { [rule("ingress", "ingress_https_from_internet_ipv6")]: undefined }))).toEqual(missing);
    expect(found(changed(dual, { "aws_route.network_public_a_internet_ipv6": undefined }))).toEqual(missing);
  });

  it("is blocked over IPv6 without an IPv6 address", () => {
    const dual = new Synthesized(stageWith({ ingress: { ...ingresses.nlb, ipAddressType: "dualstack" } }));
    const json = changed(dual, { "aws_lb.ingress_public_nlb": { ip_address_type: "ipv4" } });
    expect(canReach(modelOf(json), "internet over IPv6", "aws_lb.ingress_public_nlb", 443)).toEqual({
      reachable: false,
      blockedReason: "aws_lb.ingress_public_nlb has no IPv6 address",
    });
  });

  it("that authenticates with OIDC needs an egress rule to the provider", () => {
    const default_action = [{ type: "authenticate-oidc", authenticate_oidc: { issuer: "https://example.com" } }];
    const json = changed(stack, { "aws_lb_listener.ingress_public_alb": { default_action } });
    expect(found(json)).toEqual([`missing: ${loadBalancer} -> internet`]);
  });

  it("that authenticates with Cognito needs an egress rule to it", () => {
    const ingress = { ...ingresses.alb, authorization: { userPool: { source: "create" as const } } };
    const json = changed(new Synthesized(stageWith({ ingress })), {
      [rule("egress", "ingress_cognito_on_internet")]: undefined,
    });
    expect(found(json)).toEqual([`missing: ${loadBalancer} -> internet`]);
  });
});
