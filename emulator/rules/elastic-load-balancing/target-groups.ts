import { text } from "../../wire/json";
import type { Rule } from "../rule";
import { forwardedTo, loadBalancerArnOf, loadBalancersOf, reference, service } from "./resources";

/** Rules of target groups. */
export const targetGroupRules: readonly Rule[] = [
  {
    name: "target-group-of-another-load-balancer",
    service,
    operations: ["CreateListener", "ModifyListener", "CreateRule", "ModifyRule"],
    code: "TargetGroupAssociationLimit",
    rule: "A target group belongs to one load balancer.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
    refuse: async ({ input, ask }) => {
      const { LoadBalancerArn, ListenerArn, RuleArn } = input;
      const arn =
        LoadBalancerArn === undefined ? loadBalancerArnOf(text(RuleArn ?? ListenerArn)) : text(LoadBalancerArn);
      for (const targetGroup of [input.DefaultActions, input.Actions].flatMap(forwardedTo)) {
        const owners = await loadBalancersOf(ask, targetGroup);
        if (owners.some((owner) => owner !== arn)) {
          return `The following target groups cannot be associated with more than one load balancer: ${targetGroup}`;
        }
      }
      return undefined;
    },
  },
  {
    name: "target-group-in-use",
    service,
    operations: ["DeleteTargetGroup"],
    code: "ResourceInUse",
    rule: "A target group to which a listener or a rule forwards cannot be deleted.",
    source: `${reference}/API_DeleteTargetGroup.html`,
    refuse: async ({ input, ask }) => {
      const arn = text(input.TargetGroupArn);
      return (await loadBalancersOf(ask, arn)).length > 0
        ? `Target group '${arn}' is currently in use by a listener or a rule`
        : undefined;
    },
  },
];
