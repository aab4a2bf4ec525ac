import { object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import type { RuleCall } from "../rule";

const service = "elasticloadbalancing";

/**
 * Whether a listener or a rule forwards to a target group. It is looked up in their actions: moto does not update the
 * `LoadBalancerArns` of a target group when an action changes.
 */
export async function hasListener({ ask }: Pick<RuleCall, "ask">, targetGroup: string): Promise<boolean> {
  const { LoadBalancers } = await ask("DescribeLoadBalancers", {}, service);
  for (const { LoadBalancerArn } of objects(LoadBalancers)) {
    const { Listeners } = await ask("DescribeListeners", { LoadBalancerArn }, service);
    for (const { ListenerArn, DefaultActions } of objects(Listeners)) {
      if (forwardsTo(DefaultActions, targetGroup)) return true;
      const { Rules } = await ask("DescribeRules", { ListenerArn }, service);
      if (objects(Rules).some(({ Actions }) => forwardsTo(Actions, targetGroup))) return true;
    }
  }
  return false;
}

function forwardsTo(actions: JsonValue, targetGroup: string): boolean {
  return objects(actions).some((action) => targetsOf(action).includes(targetGroup));
}

function targetsOf({ TargetGroupArn, ForwardConfig }: JsonObject): readonly string[] {
  const weighted = objects(object(ForwardConfig).TargetGroups).map((group) => text(group.TargetGroupArn));
  return [text(TargetGroupArn), ...weighted];
}
