import { canonical, isObject, listOf, textsOf, shownValue, valueAt } from "../fields";
import type { Plan } from "../plan";
import type { Interruption, PartOf } from "./interruption";

const ofLoadBalancer: PartOf = { type: "aws_lb", by: "load_balancer_arn", key: "arn" };
const ofTargetGroup: PartOf = { type: "aws_lb_target_group", by: "target_group_arn", key: "arn" };

/** What is not available without parts of a load balancer. */
export const loadBalancerInterruptions: Readonly<Record<string, Interruption>> = {
  aws_lb: {
    thing: "load balancer",
    what: ({ change }) =>
      valueAt(change.before, "internal") === true
        ? "all routes behind the internal load balancer"
        : "all routes of the load balancer",
    until: "the new load balancer is active, and tasks are healthy in its target groups",
    minutes: 5,
    createFirst: {
      from: "the update of what names the new load balancer (records, VPC link)",
      until: "tasks are healthy in the target groups of the new load balancer",
      minutes: 3,
    },
  },
  aws_lb_listener: {
    thing: "listener",
    what: ({ change }) => `all routes on port ${shownValue(valueAt(change.before, "port"))} of the load balancer`,
    until: "the new listener and its rules exist",
    minutes: 1,
    partOf: [ofLoadBalancer],
  },
  aws_lb_listener_rule: {
    thing: "listener rule",
    what: ({ change }) => `the route ${routeOfRule(change.before)}`,
    until: "the new rule exists",
    minutes: 1,
    partOf: [{ type: "aws_lb_listener", by: "listener_arn", key: "arn" }],
  },
  aws_lb_target_group: {
    thing: "target group",
    what: (group, plan) =>
      routesTo(textsOf(valueAt(group.change.before, "arn")), plan) || "the routes of the target group",
    until: "tasks are registered in the new target group, and healthy",
    minutes: 3,
    createFirst: {
      from: "the update of the listener or rule, which then names the new and empty target group",
      until: "tasks are registered in the new target group, and healthy",
      minutes: 3,
    },
    // AWS refuses to delete one that a listener names.
    whenDeleted: false,
    partOf: [{ type: "aws_lb", by: "load_balancer_arns", key: "arn" }],
  },
  aws_lb_target_group_attachment: {
    thing: "target",
    what: (target, plan) =>
      routesTo(textsOf(valueAt(target.change.before, "target_group_arn")), plan) || "the routes behind the target",
    until: "the new target is registered, and healthy",
    minutes: 2,
    whenDeleted: false,
    partOf: [ofTargetGroup],
  },
};

/** The methods, hosts and paths of a listener rule, such as `GET /orders, /orders/*`. */
export function routeOfRule(rule: unknown): string {
  const conditions = isObject(rule) ? listOf(rule.condition) : [];
  const values = (path: string) => conditions.flatMap((condition) => textsOf(valueAt(condition, path)));
  const methods = values("http_request_method.values").join("|");
  const places = [...values("host_header.values"), ...values("path_pattern.values")].join(", ");
  return [methods, places].filter((text) => text !== "").join(" ") || "of the rule";
}

/** The routes that listener rules of the state forward to target groups; empty when the plan has none. */
export function routesTo(targetGroups: readonly string[], plan: Pick<Plan, "resource_changes">): string {
  const routes = plan.resource_changes
    .filter(({ type, change }) => type === "aws_lb_listener_rule" && isObject(change.before))
    .filter(({ change }) => targetGroups.some((arn) => canonical(change.before).includes(JSON.stringify(arn))))
    .map(({ change }) => routeOfRule(change.before));
  return routes.length === 0 ? "" : `the route${routes.length === 1 ? "" : "s"} ${[...new Set(routes)].join("; ")}`;
}
