import type { LbListenerRule, LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { Construct } from "constructs";
import type { TestHeader } from "../../../schema/listener-priority";
import type { Route } from "../../../schema/route";
import type { ServiceTargetGroup, TrafficShifting } from "../service-target";
import { RouteRule, TestRule } from "./listener-rules";

export interface TrafficShiftingRulesProps {
  /** Scope of the rules of the load balancer, in which their routes are their ids. */
  readonly rules: Construct;
  readonly listenerArn: string;
  readonly route: Route;
  readonly testHeader: TestHeader;
  readonly group: ServiceTargetGroup;
  readonly alternate: ServiceTargetGroup;
  /** Actions before the forward action. */
  readonly before: readonly LbListenerRuleAction[];
}

/**
 * The listener rules with which ECS shifts traffic: the route's own for production traffic, and one for test traffic.
 *
 * A service that changes to rolling deployments registers its tasks in the first target group, and the route's rule, which
 * then depends on the service, forwards to it again. ECS writes the weights when a service changes to traffic shifting.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/migrate-deployment-strategies.html
 */
export class TrafficShiftingRules implements TrafficShifting {
  public readonly alternateTargetGroupArn: string;
  public readonly productionRuleArn: string;
  public readonly testRuleArn: string;
  public readonly rules: readonly LbListenerRule[];

  constructor(props: TrafficShiftingRulesProps) {
    const { group, alternate, before } = props;
    const forward = (targetGroup: { arn: string; weight: number }[]): LbListenerRuleAction => ({
      type: "forward",
      forward: { targetGroup },
    });
    // ECS changes the weights with every deployment, and a plan must not change them back.
    const ignoreChanges = ["action"];
    const weights = [
      { arn: group.arn, weight: 100 },
      { arn: alternate.arn, weight: 0 },
    ];
    const production = new RouteRule({
      ...props,
      actions: [...before, forward(weights)],
      lifecycle: { ignoreChanges },
    });
    const test = new TestRule({
      ...props,
      actions: [...before, forward([{ arn: alternate.arn, weight: 100 }])],
      // The service stops using the rule before the rule is deleted. A replacement belongs to another listener.
      lifecycle: { ignoreChanges, createBeforeDestroy: true },
    });
    this.alternateTargetGroupArn = alternate.arn;
    this.productionRuleArn = production.arn;
    this.testRuleArn = test.arn;
    this.rules = [production, test];
  }
}
