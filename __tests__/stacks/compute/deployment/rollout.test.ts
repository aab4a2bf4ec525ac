import { minimalService, minimalWorker, stackWith, ingresses, type WebInput } from "../../../fixtures/stage";

const stackOf = (
  deployment: WebInput["deployment"],
  ingress: (typeof ingresses)[keyof typeof ingresses] = ingresses.alb,
) => stackWith({ ingress, services: { orders: { ...minimalService, deployment }, mail: minimalWorker } });
const service = "aws_ecs_service.services_orders";
const production = "aws_lb_listener_rule.ingress_public_alb_wildcard_any";
const testRule = `${production}_test`;
const group = "aws_lb_target_group.ingress_public_alb_targets_orders";
const alternate = "aws_lb_target_group.ingress_public_alb_targets_orders_alternate";

describe("a service with rolling deployments", () => {
  const stack = stackOf({ strategy: "rolling", healthCheckGracePeriodSeconds: 90 });

  it("registers in its one target group, with a health check grace period", () => {
    expect(stack.resource(service)).toMatchObject({
      load_balancer: [{ target_group_arn: `\${${group}.arn}`, container_name: "orders", container_port: 8080 }],
      health_check_grace_period_seconds: 90,
    });
    expect(stack.resource(service)).not.toHaveProperty("load_balancer.0.advanced_configuration");
    expect(stack.resource(alternate)).toBeUndefined();
  });

  it("has no role for traffic shifting, and a worker has no load balancer", () => {
    expect(stack.addresses.filter((address) => /rollout|shifting|infrastructure/.test(address))).toEqual([]);
    const mail = stack.resource("aws_ecs_service.services_mail");
    expect(mail).not.toHaveProperty("load_balancer");
    expect(mail).not.toHaveProperty("health_check_grace_period_seconds");
  });
});

describe("a service with traffic shifting", () => {
  const stack = stackOf({ strategy: "canary" });

  it("passes both target groups, both rules and the role to ECS", () => {
    expect(stack.resource(service)?.load_balancer).toEqual([
      {
        target_group_arn: `\${${group}.arn}`,
        container_name: "orders",
        container_port: 8080,
        advanced_configuration: {
          alternate_target_group_arn: `\${${alternate}.arn}`,
          production_listener_rule: `\${${production}.arn}`,
          test_listener_rule: `\${${testRule}.arn}`,
          role_arn: "${aws_iam_role.services_orders_rollout_infrastructure.arn}",
        },
      },
    ]);
  });

  it("is created after both rules and the permissions of the role", () => {
    expect(stack.resource(service)?.depends_on).toEqual(
      expect.arrayContaining([
        production,
        testRule,
        "aws_iam_role_policy_attachment.services_orders_rollout_infrastructure",
      ]),
    );
  });

  it("trusts ECS with that role without a condition, with AWS's policy for load balancers", () => {
    const address = "services_orders_rollout_infrastructure";
    expect(stack.resource("aws_iam_role_policy_attachment.services_orders_rollout_infrastructure")).toEqual({
      role: `\${aws_iam_role.${address}.name}`,
      policy_arn:
        "arn:${data.aws_partition.services_orders_rollout_infrastructure.partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers",
    });
    expect(stack.json.data.aws_iam_policy_document?.[`${address}_role_trust`]).toEqual({
      statement: [
        { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["ecs.amazonaws.com"] }] },
      ],
    });
  });

  it("is possible behind every kind of ingress with an ALB", () => {
    for (const kind of ["rest-api via nlb-alb", "rest-api via alb", "http-api"] as const) {
      expect(stackOf({ strategy: "linear" }, ingresses[kind]).resource(service)).toHaveProperty(
        "load_balancer.0.advanced_configuration",
      );
    }
  });
});
