import { LbListenerRule, type LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { listenerPriority } from "../../../schema/listener-priority";
import type { Route } from "../../../schema/route";
import type { Peer } from "../../network/security-group";
import type { LoadBalancerMonitoringTarget } from "../../monitoring/monitoring-target";
import { routeScope, routeVariant } from "../route-scope";
import type { CountedTarget, ServiceTarget } from "../service-target";
import type { ApplicationLoadBalancer } from "./application-load-balancer";
import { conditionsOf, ordered } from "./rule-parts";
import { ShiftedRules } from "./shifted-rules";
import { ServiceTargetGroup, type ServiceTargetGroupProps } from "./target-group";

export interface HttpTargetProps extends Omit<ServiceTargetGroupProps, "protocol"> {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly listenerArn: string;
  /** What the ALB does with a request before it forwards it, such as signing the caller in. @default - nothing */
  readonly beforeForward?: ((route: Route) => readonly LbListenerRuleAction[]) | undefined;
}

/** A service's place behind an ALB: a target group, and a rule for each of its routes. */
export class HttpTarget extends Construct implements ServiceTarget {
  public readonly targetGroupArn: string;
  public readonly listeners: readonly ITerraformDependable[];
  public readonly peer: Peer;
  public readonly idleTimeoutSeconds: number;
  public readonly counted: CountedTarget;
  public readonly monitoringTargets: LoadBalancerMonitoringTarget;
  public readonly shifted?: ShiftedRules;

  constructor(scope: Construct, id: string, props: HttpTargetProps) {
    super(scope, id);
    const { service, loadBalancer } = props;
    const group = new ServiceTargetGroup(this, "group", { ...props, protocol: "HTTP" });
    const [route] = service.routes;
    const { deployment } = service;
    if (deployment.strategy === "rolling" || route === undefined) {
      this.listeners = this.rules(props, group);
      this.counted = { loadBalancer: loadBalancer.metricName, targetGroups: [group.arnSuffix] };
    } else {
      const alternate = new ServiceTargetGroup(this, "alternate", { ...props, protocol: "HTTP" });
      const { listenerArn, beforeForward } = props;
      const before = beforeForward?.(route) ?? [];
      this.shifted = new ShiftedRules(this, "rules", { route, deployment, listenerArn, group, alternate, before });
      this.listeners = this.shifted.rules;
      const targetGroups = [group.arnSuffix, alternate.arnSuffix];
      this.counted = { loadBalancer: loadBalancer.metricName, targetGroups };
    }
    this.monitoringTargets = { balancer: "ALB", ...this.counted };
    this.targetGroupArn = group.arn;
    this.peer = loadBalancer.peer;
    this.idleTimeoutSeconds = loadBalancer.idleTimeoutSeconds;
  }

  private rules({ service, listenerArn, beforeForward }: HttpTargetProps, group: ServiceTargetGroup): LbListenerRule[] {
    const rules = new Construct(this, "rules");
    return service.routes.map((route) => {
      const before = beforeForward?.(route) ?? [];
      return new LbListenerRule(routeScope(rules, route), `${route.method.toLowerCase()}${routeVariant(route)}`, {
        listenerArn,
        priority: listenerPriority(route),
        condition: conditionsOf(route),
        action: ordered([...before, { type: "forward", targetGroupArn: group.arn }]),
      });
    });
  }
}
