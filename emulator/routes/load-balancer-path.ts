import type { HopEnd } from "../data-plane/hop";
import { meetsConditions } from "../data-plane/load-balancer/conditions";
import { weightedGroups } from "../data-plane/load-balancer/forward";
import { listenersOf, orderedActions, rulesOf } from "../data-plane/load-balancer/listener";
import { endOf, targetsOf, type Target } from "../data-plane/load-balancer/target-group";
import type { DataRequest } from "../data-plane/message";
import { balancerOf } from "../data-plane/api/private-integration";
import { object, objects, scalarText, text, type JsonObject } from "../wire/json";
import { internetBlockedReason } from "./internet";
import type { Place } from "./route";

/** A request's way into a load balancer. */
export interface Entry extends Place {
  readonly balancer: JsonObject;
  /** @default - from somewhere in the VPC that may open the connection */
  readonly from?: HopEnd;
}

/**
 * Why a load balancer does not forward a request to a healthy target; undefined when it does, or answers itself.
 *
 * @param own the rule of the route, which is evaluated if the sample request meets the conditions of no rule
 */
export async function listenerBlockedReason(
  entry: Entry,
  request: DataRequest,
  own?: JsonObject,
): Promise<string | undefined> {
  const { context, scope, balancer, from } = entry;
  const { port } = request;
  const name = text(balancer.LoadBalancerName);
  const state = text(object(balancer.State).Code);
  if (state === "provisioning" || state === "failed") return `the load balancer ${name} is ${state}`;
  const listener = (await listenersOf(context, scope, balancer)).find(({ Port }) => Port === port);
  if (!listener) return `the load balancer ${name} has no listener on port ${port}`;
  const blocked = await entryBlockedReason(entry, port, from);
  if (blocked !== undefined) return blocked;
  if (balancer.Type === "network") return actionsBlockedReason(entry, listener.DefaultActions, request);
  const rules = await rulesOf(context, scope, listener);
  const rule = rules.find(({ Conditions }) => meetsConditions(Conditions, request)) ?? own;
  return actionsBlockedReason(entry, rule?.Actions ?? listener.DefaultActions, request);
}

function entryBlockedReason(
  { context, scope, balancer }: Entry,
  port: number,
  from: HopEnd | undefined,
): Promise<string | undefined> {
  if (!from) return Promise.resolve(undefined);
  if (from.kind === "internet") return internetBlockedReason({ context, scope }, balancer, port, from.sourceIp);
  const to = { kind: "load-balancer", arn: text(balancer.LoadBalancerArn) } as const;
  return context.hopAllowed({ scope, from, to, port });
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
async function actionsBlockedReason(
  entry: Entry,
  actions: JsonObject[string],
  request: DataRequest,
): Promise<string | undefined> {
  for (const action of orderedActions(actions)) {
    const type = text(action.Type);
    if (type === "forward") return forwardBlockedReason(entry, action, request);
    if (type === "redirect") return undefined;
    if (type === "fixed-response") return fixedBlockedReason(action);
  }
  return "the rule has no action that answers";
}

/** Why a fixed response is an error; undefined when it is not. */
export function fixedBlockedReason(action: JsonObject): string | undefined {
  const status = scalarText(object(action.FixedResponseConfig).StatusCode);
  return Number(status) < 400 ? undefined : `the load balancer answers with the fixed status ${status}`;
}

async function forwardBlockedReason(
  entry: Entry,
  action: JsonObject,
  request: DataRequest,
): Promise<string | undefined> {
  const groups = weightedGroups(action);
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  for (const { arn, weight } of groups) {
    const reason = await groupBlockedReason(entry, arn, request);
    const share = Math.round((weight / total) * 100);
    if (reason !== undefined) return groups.length === 1 ? reason : `${reason} (${share} % of the requests)`;
  }
  return undefined;
}

async function groupBlockedReason(entry: Entry, arn: string, request: DataRequest): Promise<string | undefined> {
  const { context, scope } = entry;
  const name = arn.split("/")[1] ?? arn;
  const { TargetGroups } = await context.reader.ask(scope, "elasticloadbalancing", "DescribeTargetGroups", {
    TargetGroupArns: [arn],
  });
  const [group] = objects(TargetGroups);
  if (!group) return `the target group ${name} does not exist`;
  const targets = await targetsOf(context, scope, group);
  const reasons: string[] = [];
  for (const target of targets) {
    const reason = await targetBlockedReason(entry, target, request);
    if (reason === undefined) return undefined;
    reasons.push(reason);
  }
  return reasons[0] ?? `the target group ${name} has no targets`;
}

async function targetBlockedReason(
  { context, scope, balancer }: Entry,
  target: Target,
  request: DataRequest,
): Promise<string | undefined> {
  const from = { kind: "load-balancer", arn: text(balancer.LoadBalancerArn) } as const;
  if (target.kind === "address") {
    const { id, port, health } = target;
    return health === "healthy" ? undefined : `the target ${id}:${port} is ${health}`;
  }
  if (target.kind === "load-balancer") {
    const next = await balancerOf(context, scope, target.arn);
    if (!next) return `the load balancer ${target.arn} does not exist`;
    return listenerBlockedReason({ context, scope, balancer: next, from }, { ...request, port: target.port });
  }
  const { container } = target;
  return context.hopAllowed({ scope, from, to: endOf(container), port: container.port });
}
