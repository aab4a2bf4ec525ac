import { LbListenerRule, type LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";
import type { WebConfig } from "../../../schema";
import { listenerPriority, testRoute } from "../../../schema/listener-priority";
import type { Route } from "../../../schema/route";
import type { ShiftedTarget } from "../service-target";
import { conditionsOf, ordered } from "./rule-parts";
import type { ServiceTargetGroup } from "./target-group";

export interface ShiftedRulesProps {
  readonly route: Route;
  readonly deployment: Exclude<WebConfig["deployment"], { strategy: "rolling" }>;
  readonly listenerArn: string;
  readonly group: ServiceTargetGroup;
  readonly alternate: ServiceTargetGroup;
  /** What the ALB does with a request before it forwards it. */
  readonly before: readonly LbListenerRuleAction[];
}

/** The rules by which ECS shifts the requests of a service: one for everybody, one for whoever tests the new tasks. */
export class ShiftedRules extends Construct implements ShiftedTarget {
  public readonly alternateTargetGroupArn: string;
  public readonly productionRuleArn: string;
  public readonly testRuleArn: string;
  public readonly rules: readonly LbListenerRule[];

  constructor(scope: Construct, id: string, props: ShiftedRulesProps) {
    super(scope, id);
    const { route, deployment, listenerArn, group, alternate, before } = props;
    const { testHeader } = deployment;
    const forward = (targetGroup: { arn: string; weight: number }[]): LbListenerRuleAction => ({
      type: "forward",
      forward: { targetGroup },
    });
    const lifecycle = {
      // ECS moves the weights with every deployment: a later plan must not move them back.
      ignoreChanges: ["action"],
      // But a rule must not go on pointing to a target group that is gone.
      replaceTriggeredBy: [group, alternate].map((each) => `aws_lb_target_group.${each.friendlyUniqueId}.id`),
    };
    // Of a route with a header of its own, both priorities come from one band.
    const [first, second] = [testRoute(route, testHeader), route]
      .map(listenerPriority)
      .toSorted((one, other) => one - other);
    const production = new LbListenerRule(this, "production", {
      listenerArn,
      priority: second,
      condition: conditionsOf(route),
      action: ordered([
        ...before,
        forward([
          { arn: group.arn, weight: 100 },
          { arn: alternate.arn, weight: 0 },
        ]),
      ]),
      lifecycle,
    });
    const test = new LbListenerRule(this, "test", {
      listenerArn,
      priority: first,
      condition: [
        ...conditionsOf(route),
        { httpHeader: { httpHeaderName: testHeader.name, values: [testHeader.value] } },
      ],
      action: ordered([...before, forward([{ arn: alternate.arn, weight: 100 }])]),
      lifecycle,
    });
    this.alternateTargetGroupArn = alternate.arn;
    this.productionRuleArn = production.arn;
    this.testRuleArn = test.arn;
    this.rules = [production, test];
  }
}
