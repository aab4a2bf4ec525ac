import type { LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { dependable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Route } from "../../../schema/route";
import type { LoadBalancerMonitoringTarget } from "../../monitoring/monitoring-target";
import type { Peer } from "../../network/security-group";
import {
  ServiceTargetGroup,
  type TargetMetrics,
  type ServiceTarget,
  type ServiceTargetGroupProps,
} from "../service-target";
import type { ApplicationLoadBalancer } from "./application-load-balancer";
import { AssociationRule, RouteRule } from "./listener-rules";
import { TrafficShiftingRules } from "./traffic-shifting-rules";

export interface HttpTargetProps extends Omit<ServiceTargetGroupProps, "protocol" | "role"> {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly listenerArn: string;
  /** Scope of the rules of the load balancer, in which their routes are their ids. */
  readonly rules: Construct;
  /** Actions before the forward action, such as authentication. @default - none */
  readonly beforeForward?: ((route: Route) => readonly LbListenerRuleAction[]) | undefined;
}

/** A service behind an ALB: a target group, and a listener rule for each of its routes. */
export class HttpTarget extends Construct implements ServiceTarget {
  public readonly targetGroupArn: string;
  public readonly listeners: readonly ITerraformDependable[];
  public readonly peer: Peer;
  public readonly idleTimeoutSeconds: number;
  public readonly metrics: TargetMetrics;
  public readonly monitoringTargets: LoadBalancerMonitoringTarget;
  public readonly trafficShifting?: TrafficShiftingRules;
  /** The rules that Terraform switches. @default [] - ECS switches the rule of a service with traffic shifting */
  private readonly rules: readonly RouteRule[];

  constructor(scope: Construct, id: string, props: HttpTargetProps) {
    super(scope, id);
    const { name, service, loadBalancer, listenerArn, rules, beforeForward } = props;
    const group = new ServiceTargetGroup(this, "group", { ...props, protocol: "HTTP" });
    const association = new AssociationRule(this, "association", {
      listenerArn,
      service: name,
      targetGroupArn: group.arn,
    });
    const [route] = service.routes;
    const { deployment } = service;
    if (deployment.strategy === "rolling" || route === undefined) {
      this.rules = service.routes.map((each) => {
        const actions = [...(beforeForward?.(each) ?? []), { type: "forward", targetGroupArn: group.arn }];
        return new RouteRule({ rules, listenerArn, route: each, actions });
      });
      this.listeners = [association];
      this.metrics = { loadBalancer: loadBalancer.metricName, targetGroups: [group.arnSuffix] };
    } else {
      const alternate = new ServiceTargetGroup(this, "alternate", { ...props, protocol: "HTTP" });
      const { testHeader } = deployment;
      const before = beforeForward?.(route) ?? [];
      const shifting = { rules, listenerArn, route, testHeader, group, alternate, before };
      this.trafficShifting = new TrafficShiftingRules(shifting);
      this.rules = [];
      this.listeners = [association, ...this.trafficShifting.rules];
      const targetGroups = [group.arnSuffix, alternate.arnSuffix];
      this.metrics = { loadBalancer: loadBalancer.metricName, targetGroups };
    }
    this.monitoringTargets = { balancer: "ALB", ...this.metrics };
    this.targetGroupArn = group.arn;
    this.peer = loadBalancer.peer;
    this.idleTimeoutSeconds = loadBalancer.idleTimeoutSeconds;
  }

  /** With `waitForSteadyState`, a route leads to a new service only when its tasks are healthy. */
  public forwardAfter(ecsService: ITerraformDependable): void {
    for (const rule of this.rules) rule.dependsOn = [dependable(ecsService)];
  }
}
