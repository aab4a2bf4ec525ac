import type { Scope } from "../../models/aws";
import { valuesByKey, type JsonObject } from "../../wire/json";
import type { RoutingContext } from "../context";

/** Attributes of a load balancer or a target group, by key. */
export type Attributes = ReadonlyMap<string, string>;

const service = "elasticloadbalancing";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
export async function attributesOfBalancer(
  { reader }: RoutingContext,
  scope: Scope,
  { LoadBalancerArn }: JsonObject,
): Promise<Attributes> {
  return byKey(await reader.ask(scope, service, "DescribeLoadBalancerAttributes", { LoadBalancerArn }));
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
export async function attributesOfTargetGroup(
  { reader }: RoutingContext,
  scope: Scope,
  { TargetGroupArn }: JsonObject,
): Promise<Attributes> {
  return byKey(await reader.ask(scope, service, "DescribeTargetGroupAttributes", { TargetGroupArn }));
}

function byKey({ Attributes }: JsonObject): Attributes {
  return valuesByKey(Attributes);
}
