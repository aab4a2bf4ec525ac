import {
  LbListenerRule,
  type LbListenerRuleAction,
  type LbListenerRuleConfig,
} from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { Construct } from "constructs";
import { associationPriority, listenerPriority, testRoute, type TestHeader } from "../../../schema/listener-priority";
import type { Route } from "../../../schema/route";
import { matchId, matchScope } from "../route-scope";

export interface RouteRuleProps {
  /** Scope of the rules of the load balancer, in which their routes are their ids. */
  readonly rules: Construct;
  readonly listenerArn: string;
  readonly route: Route;
  /** Actions in their order: the last one forwards, others authenticate. */
  readonly actions: readonly LbListenerRuleAction[];
  /** @default - Terraform's */
  readonly lifecycle?: LbListenerRuleConfig["lifecycle"];
}

/**
 * The listener rule of a route. Its address is the route's, so that another service or another deployment strategy behind
 * the route updates the action of the rule, which has its conditions and its priority to itself.
 */
export class RouteRule extends LbListenerRule {
  constructor({ rules, listenerArn, route, actions, lifecycle }: RouteRuleProps) {
    super(matchScope(rules, route), matchId(route), {
      listenerArn,
      priority: listenerPriority(route),
      condition: conditionsOf(route),
      action: ordered(actions),
      ...(lifecycle && { lifecycle }),
    });
  }
}

export interface TestRuleProps extends RouteRuleProps {
  readonly testHeader: TestHeader;
}

/** The listener rule for the requests of a route that have the test header, which is evaluated before the route's own. */
export class TestRule extends LbListenerRule {
  constructor({ rules, listenerArn, route, testHeader, actions, lifecycle }: TestRuleProps) {
    super(matchScope(rules, route), `${matchId(route)}-test`, {
      listenerArn,
      priority: listenerPriority(testRoute(route, testHeader)),
      condition: [
        ...conditionsOf(route),
        { httpHeader: { httpHeaderName: testHeader.name, values: [testHeader.value] } },
      ],
      action: ordered(actions),
      ...(lifecycle && { lifecycle }),
    });
  }
}

export interface AssociationRuleProps {
  readonly listenerArn: string;
  /** Name of the service. */
  readonly service: string;
  readonly targetGroupArn: string;
}

/** The limited broadcast address, from which no request comes; callers cannot choose it as they can a host or a header. */
const noSource = "255.255.255.255/32";

/**
 * A listener rule that matches no request: it makes a target group one of the load balancer's, as ECS demands of the
 * target group of a new service, before any route leads to it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html
 */
export class AssociationRule extends LbListenerRule {
  constructor(scope: Construct, id: string, { listenerArn, service, targetGroupArn }: AssociationRuleProps) {
    super(scope, id, {
      listenerArn,
      priority: associationPriority(service),
      condition: [{ sourceIp: { values: [noSource] } }],
      action: [{ type: "forward", targetGroupArn }],
      // The service leaves the target group before the rule is deleted. A replacement belongs to another listener.
      lifecycle: { createBeforeDestroy: true },
    });
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
