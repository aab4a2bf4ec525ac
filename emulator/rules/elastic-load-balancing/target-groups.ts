import type { Rule } from "../rule";
import { loadBalancerOf } from "./listeners";
import { forwardedTo, loadBalancersOf, service } from "./resources";

/** Rules of target groups. */
export const targetGroupRules: readonly Rule[] = [
  {
    name: "target-group-of-another-load-balancer",
    service,
    operations: ["CreateListener", "ModifyListener", "CreateRule", "ModifyRule"],
    code: "TargetGroupAssociationLimit",
    rule: "A target group belongs to one load balancer.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
    refuse: async (call) => {
      const { input, ask } = call;
      const arn = loadBalancerOf(call);
      for (const targetGroup of [input.DefaultActions, input.Actions].flatMap(forwardedTo)) {
        const owners = await loadBalancersOf(ask, targetGroup);
        if (owners.some((owner) => owner !== arn)) {
          return `The following target groups cannot be associated with more than one load balancer: ${targetGroup}`;
        }
      }
      return undefined;
    },
  },
];
