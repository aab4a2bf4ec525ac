import { LbListenerRule, type LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { listenerPriority } from "../../../config/schema/listener-priority";
import type { Route } from "../../../config/schema/route";
import type { Peer } from "../../network/security-group";
import { routeScope, routeVariant } from "../route-scope";
import type { ServiceTarget } from "../service-target";
import type { ApplicationLoadBalancer } from "./application-load-balancer";
import { ServiceTargetGroup, type ServiceTargetGroupProps } from "./target-group";

export interface HttpTargetProps extends Omit<ServiceTargetGroupProps, "protocol"> {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly listenerArn: string;
  /** What the ALB does with a request before it forwards it, such as signing the caller in. @default - nothing */
  readonly beforeForward?: (route: Route) => readonly LbListenerRuleAction[];
}

/** A service's place behind an ALB: a target group, and a rule for each of its routes. */
export class HttpTarget extends Construct implements ServiceTarget {
  public readonly targetGroupArn: string;
  public readonly listeners: readonly ITerraformDependable[];
  public readonly peer: Peer;
  public readonly idleTimeoutSeconds: number;

  constructor(scope: Construct, id: string, props: HttpTargetProps) {
    super(scope, id);
    const { service, loadBalancer, listenerArn, beforeForward } = props;
    const targetGroup = new ServiceTargetGroup(this, "group", { ...props, protocol: "HTTP" });
    const rules = new Construct(this, "rules");
    this.listeners = service.routes.map((route) => {
      const before = beforeForward?.(route) ?? [];
      return new LbListenerRule(routeScope(rules, route), `${route.method.toLowerCase()}${routeVariant(route)}`, {
        listenerArn,
        priority: listenerPriority(route),
        condition: conditionsOf(route),
        action: [...before, { type: "forward", targetGroupArn: targetGroup.arn }].map((action, index) => ({
          ...action,
          order: index + 1,
        })),
      });
    });
    this.targetGroupArn = targetGroup.arn;
    this.peer = loadBalancer.peer;
    this.idleTimeoutSeconds = loadBalancer.idleTimeoutSeconds;
  }
}

/** A parameter is any text to an ALB, so that also deeper paths arrive: the service answers those with 404. */
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
