import { list, object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import type { RuleCall } from "../rule";

type Ask = RuleCall["ask"];

/** Signing name of Elastic Load Balancing. */
export const service = "elasticloadbalancing";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference */
export const reference = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";

/** The objects of a list that the service returns in pages; none on an error. */
export async function allPages(
  ask: Ask,
  operation: string,
  input: JsonObject,
  member: string,
): Promise<readonly JsonObject[]> {
  const items: JsonObject[] = [];
  let page: JsonObject = input;
  for (;;) {
    const output = await ask(operation, page, service);
    items.push(...objects(output[member]));
    const next = text(output.NextMarker);
    if (next === "") return items;
    page = { ...input, Marker: next };
  }
}

/** All load balancers of the region. */
export function loadBalancers(ask: Ask): Promise<readonly JsonObject[]> {
  return allPages(ask, "DescribeLoadBalancers", {}, "LoadBalancers");
}

/** The listeners of a load balancer. */
export function listenersOf(ask: Ask, LoadBalancerArn: string): Promise<readonly JsonObject[]> {
  return allPages(ask, "DescribeListeners", { LoadBalancerArn }, "Listeners");
}

/** The rules of a listener, its default rule included. */
export function rulesOf(ask: Ask, ListenerArn: string): Promise<readonly JsonObject[]> {
  return allPages(ask, "DescribeRules", { ListenerArn }, "Rules");
}

/**
 * The load balancer of a listener or a rule, by its ARN.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html#awselasticloadbalancingv2-resources-for-iam-policies
 */
export function loadBalancerArnOf(arn: string): string {
  const [prefix = "", path = ""] = arn.split(/:listener(?:-rule)?\//);
  return `${prefix}:loadbalancer/${path.split("/").slice(0, 3).join("/")}`;
}

/** The target groups to which actions forward. */
export function forwardedTo(actions: JsonValue): readonly string[] {
  return objects(actions).flatMap((action) => [
    ...(action.TargetGroupArn === undefined ? [] : [text(action.TargetGroupArn)]),
    ...objects(object(action.ForwardConfig).TargetGroups).map(({ TargetGroupArn }) => text(TargetGroupArn)),
  ]);
}

/** The load balancers whose listeners and rules forward to a target group. */
export async function loadBalancersOf(ask: Ask, targetGroupArn: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { LoadBalancerArn } of await loadBalancers(ask)) {
    for (const { ListenerArn, DefaultActions } of await listenersOf(ask, text(LoadBalancerArn))) {
      const rules = await rulesOf(ask, text(ListenerArn));
      const targets = [DefaultActions, ...rules.map(({ Actions }) => Actions)].flatMap(forwardedTo);
      if (targets.includes(targetGroupArn)) found.push(text(LoadBalancerArn));
    }
  }
  return found;
}

/** The subnets of a load balancer in a request. */
export function subnetIds({ Subnets, SubnetMappings }: JsonObject): readonly string[] {
  return [...list(Subnets).map(text), ...objects(SubnetMappings).map(({ SubnetId }) => text(SubnetId))];
}
