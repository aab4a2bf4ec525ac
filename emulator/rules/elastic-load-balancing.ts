import { list, objects, scalarText, text } from "../wire/json";
import type { RuleSet } from "./rule";

const service = "elasticloadbalancing";
const reference = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";

/** Rules of Elastic Load Balancing between its load balancers, listeners, rules and target groups. */
export function elasticLoadBalancing(): RuleSet {
  return {
    rules: [
      {
        name: "listener-port-in-use",
        service,
        operations: ["CreateListener"],
        code: "DuplicateListener",
        rule: "A load balancer has one listener for each port.",
        source: `${reference}/API_CreateListener.html`,
        refuse: async ({ input, ask }) => {
          const { Listeners } = await ask("DescribeListeners", { LoadBalancerArn: input.LoadBalancerArn });
          return objects(Listeners).some(({ Port }) => Port === input.Port)
            ? "A listener already exists on this port for this load balancer"
            : undefined;
        },
      },
      {
        name: "rule-priority-in-use",
        service,
        operations: ["CreateRule"],
        code: "PriorityInUse",
        rule: "A listener has one rule for each priority.",
        source: `${reference}/API_CreateRule.html`,
        refuse: async ({ input, ask }) => {
          const { Rules } = await ask("DescribeRules", { ListenerArn: input.ListenerArn });
          return objects(Rules).some(({ Priority }) => text(Priority) === scalarText(input.Priority))
            ? `Priority '${scalarText(input.Priority)}' is currently in use`
            : undefined;
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
          const { TargetGroups } = await ask("DescribeTargetGroups", { TargetGroupArns: [arn] });
          return objects(TargetGroups).some(({ LoadBalancerArns }) => list(LoadBalancerArns).length > 0)
            ? `Target group '${arn}' is currently in use by a listener or a rule`
            : undefined;
        },
      },
    ],
  };
}
