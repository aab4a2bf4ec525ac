import { LbListenerRule, type LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { WebConfig } from "../../../schema";
import { listenerPriority, testRoute } from "../../../schema/listener-priority";
import type { Route } from "../../../schema/route";
import type { LoadBalancerMonitoringTarget } from "../../monitoring/monitoring-target";
import type { Peer } from "../../network/security-group";
import { routeScope, routeVariant } from "../route-scope";
import {
  ServiceTargetGroup,
  type TargetMetrics,
  type ServiceTarget,
  type ServiceTargetGroupProps,
  type TrafficShifting,
} from "../service-target";
import type { ApplicationLoadBalancer } from "./application-load-balancer";

export interface HttpTargetProps extends Omit<ServiceTargetGroupProps, "protocol"> {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly listenerArn: string;
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

  constructor(scope: Construct, id: string, props: HttpTargetProps) {
    super(scope, id);
    const { service, loadBalancer } = props;
    const group = new ServiceTargetGroup(this, "group", { ...props, protocol: "HTTP" });
    const [route] = service.routes;
    const { deployment } = service;
    if (deployment.strategy === "rolling" || route === undefined) {
      this.listeners = this.rules(props, group);
      this.metrics = { loadBalancer: loadBalancer.metricName, targetGroups: [group.arnSuffix] };
    } else {
      const alternate = new ServiceTargetGroup(this, "alternate", { ...props, protocol: "HTTP" });
      const { listenerArn, beforeForward } = props;
      const before = beforeForward?.(route) ?? [];
      this.trafficShifting = new TrafficShiftingRules(this, "rules", {
        route,
        deployment,
        listenerArn,
        group,
        alternate,
        before,
      });
      this.listeners = this.trafficShifting.rules;
      const targetGroups = [group.arnSuffix, alternate.arnSuffix];
      this.metrics = { loadBalancer: loadBalancer.metricName, targetGroups };
    }
    this.monitoringTargets = { balancer: "ALB", ...this.metrics };
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

interface TrafficShiftingRulesProps {
  readonly route: Route;
  readonly deployment: Exclude<WebConfig["deployment"], { strategy: "rolling" }>;
  readonly listenerArn: string;
  readonly group: ServiceTargetGroup;
  readonly alternate: ServiceTargetGroup;
  /** Actions before the forward action. */
  readonly before: readonly LbListenerRuleAction[];
}

/** The listener rules with which ECS shifts traffic: one for production traffic, one for test traffic. */
class TrafficShiftingRules extends Construct implements TrafficShifting {
  public readonly alternateTargetGroupArn: string;
  public readonly productionRuleArn: string;
  public readonly testRuleArn: string;
  public readonly rules: readonly LbListenerRule[];

  constructor(scope: Construct, id: string, props: TrafficShiftingRulesProps) {
    super(scope, id);
    const { route, deployment, listenerArn, group, alternate, before } = props;
    const { testHeader } = deployment;
    const forward = (targetGroup: { arn: string; weight: number }[]): LbListenerRuleAction => ({
      type: "forward",
      forward: { targetGroup },
    });
    const lifecycle = {
      // ECS changes the weights with every deployment, and a plan must not change them back.
      ignoreChanges: ["action"],
      // A rule must not refer to a target group that is deleted.
      replaceTriggeredBy: [group, alternate].map((each) => `aws_lb_target_group.${each.friendlyUniqueId}.id`),
    };
    // The test rule must come first; for a route with a header, both priorities are from the same band.
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

/** ALB wildcards match slashes, so deeper paths match a parameter too; the service responds with 404 to them. */
function conditionsOf({ method, segments, greedy, hosts, header }: Route) {
  const path = `/${segments.map((segment) => (segment.startsWith("{") ? "*" : segment)).join("/")}`;
  const paths = greedy ? (segments.length === 0 ? ["/*"] : [path, `${path}/*`]) : [path];
  return [
    { pathPattern: { values: paths } },
    ...(method === "ANY" ? [] : [{ httpRequestMethod: { values: [method] } }]),
    ...(hosts.length === 0 ? [] : [{ hostHeader: { values: [...hosts] } }]),
    ...(header === undefined ? [] : [{ httpHeader: { httpHeaderName: header.name, values: header.values } }]),
  ];
}

/** Numbers the actions in their order. */
function ordered(actions: readonly LbListenerRuleAction[]): LbListenerRuleAction[] {
  return actions.map((action, index) => ({ ...action, order: index + 1 }));
}
