import type { LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { Route } from "../../../schema/route";

/** A parameter is any text to an ALB, so that also deeper paths arrive: the service answers those with 404. */
export function conditionsOf({ method, segments, greedy, hosts, header }: Route) {
  const path = `/${segments.map((segment) => (segment.startsWith("{") ? "*" : segment)).join("/")}`;
  const paths = greedy ? (segments.length === 0 ? ["/*"] : [path, `${path}/*`]) : [path];
  return [
    { pathPattern: { values: paths } },
    ...(method === "ANY" ? [] : [{ httpRequestMethod: { values: [method] } }]),
    ...(hosts.length === 0 ? [] : [{ hostHeader: { values: [...hosts] } }]),
    ...(header === undefined ? [] : [{ httpHeader: { httpHeaderName: header.name, values: header.values } }]),
  ];
}

/** Actions in the order in which the ALB takes them. */
export function ordered(actions: readonly LbListenerRuleAction[]): LbListenerRuleAction[] {
  return actions.map((action, index) => ({ ...action, order: index + 1 }));
}
