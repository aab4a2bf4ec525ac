import type { Scope } from "../../models/aws";
import { object, objects, scalarText, text, type JsonObject, type JsonValue } from "../../wire/json";
import type { DataPlaneContext, RoutingContext } from "../context";
import type { HopEnd } from "../hop";
import { textResponse, type DataRequest, type DataResponse } from "../message";
import type { Trace } from "../trace";
import { attributesOfBalancer } from "./attributes";
import { authenticate } from "./authenticate";
import { meetsConditions } from "./conditions";
import { balancerError } from "./error-page";
import { forward, type Forwarder } from "./forward";
import { refusalOf } from "./headers";
import { redirect } from "./redirect";

/** A request's way into a load balancer. */
export interface Arrival {
  readonly context: DataPlaneContext;
  readonly scope: Scope;
  readonly balancer: JsonObject;
  readonly from: HopEnd;
}

const service = "elasticloadbalancing";

/**
 * Answers a request to a load balancer by the listener of its port: the first rule by priority whose conditions it meets.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export async function serveListener(arrival: Arrival, request: DataRequest, trace: Trace): Promise<DataResponse> {
  const { context, scope, balancer, from } = arrival;
  const LoadBalancerArn = text(balancer.LoadBalancerArn);
  const kind = balancer.Type === "network" ? "nlb" : "alb";
  const listener = (await listenersOf(context, scope, balancer)).find(({ Port }) => Port === request.port);
  trace.hop(`${kind}:${text(balancer.LoadBalancerName)}/listener:${request.port}`);
  if (!listener) return unreachable(trace, `the load balancer has no listener on port ${request.port}`);
  const blocked = await context.hopAllowed({
    scope,
    from,
    to: { kind: "load-balancer", arn: LoadBalancerArn },
    port: request.port,
  });
  if (blocked !== undefined) return unreachable(trace, blocked);
  const isTls = ["HTTPS", "TLS"].includes(text(listener.Protocol));
  const arrived: DataRequest = { ...request, scheme: isTls ? "https" : "http" };
  const attributes = await attributesOfBalancer(context, scope, balancer);
  const refusal = kind === "alb" ? refusalOf(arrived, attributes) : undefined;
  if (refusal) return refusal;
  const block = kind === "alb" && (await context.webAcls.evaluate(scope, LoadBalancerArn, arrived, trace));
  if (block) return block.response ?? balancerError(403, "Forbidden");
  const rule = kind === "nlb" ? undefined : await ruleOf(arrival, listener, arrived, trace);
  const actions = orderedActions(rule?.Actions ?? listener.DefaultActions);
  const forwarder: Forwarder = {
    context,
    scope,
    balancer,
    attributes,
    serveBalancer: (next, by, passed) => serveListener({ context, scope, balancer: next, from: by }, passed, trace),
  };
  return act(forwarder, actions, arrived, trace);
}

/** The listeners of a load balancer. */
export function listenersOf(
  { reader }: RoutingContext,
  scope: Scope,
  { LoadBalancerArn }: JsonObject,
): Promise<readonly JsonObject[]> {
  return reader.all(scope, service, "DescribeListeners", "Listeners", { LoadBalancerArn });
}

/** The rules of a listener by priority, without its default rule. */
export async function rulesOf(
  { reader }: RoutingContext,
  scope: Scope,
  { ListenerArn }: JsonObject,
): Promise<readonly JsonObject[]> {
  const rules = await reader.all(scope, service, "DescribeRules", "Rules", { ListenerArn });
  return rules
    .filter(({ Priority }) => scalarText(Priority) !== "default")
    .toSorted((one, other) => Number(one.Priority) - Number(other.Priority));
}

/** Actions in the order in which they are performed. */
export function orderedActions(actions: JsonValue): readonly JsonObject[] {
  return objects(actions).toSorted((one, other) => Number(one.Order ?? 1) - Number(other.Order ?? 1));
}

async function ruleOf(
  { context, scope }: Arrival,
  listener: JsonObject,
  request: DataRequest,
  trace: Trace,
): Promise<JsonObject | undefined> {
  const rules = await rulesOf(context, scope, listener);
  const rule = rules.find(({ Conditions }) => meetsConditions(Conditions, request));
  trace.hop(`rule:${rule ? scalarText(rule.Priority) : "default"}`);
  if (objects(rule?.Transforms).length > 0) trace.notEvaluated("transforms of the rule");
  return rule;
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
async function act(
  forwarder: Forwarder,
  actions: readonly JsonObject[],
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse> {
  for (const action of actions) {
    const type = text(action.Type);
    if (type === "forward") return forward(forwarder, action, request, trace);
    if (type === "redirect") return redirect(action, request);
    if (type === "fixed-response") return fixedResponse(action);
    if (type.startsWith("authenticate-")) {
      const answer = authenticate(action, request, forwarder.scope.region, trace);
      if (answer) return answer;
    } else {
      trace.notEvaluated(`the action ${type}`);
    }
  }
  return unreachable(trace, "the rule has no action that answers");
}

function fixedResponse(action: JsonObject): DataResponse {
  const { StatusCode, ContentType, MessageBody } = object(action.FixedResponseConfig);
  const headers = { server: "awselb/2.0", "content-type": text(ContentType) || "text/plain; charset=utf-8" };
  return { status: Number(StatusCode), headers, body: Buffer.from(text(MessageBody)) };
}

/** On AWS such a connection is refused or times out, for which HTTP has no answer. */
function unreachable(trace: Trace, reason: string): DataResponse {
  trace.because(reason);
  return textResponse(504, `${reason}\n`);
}
