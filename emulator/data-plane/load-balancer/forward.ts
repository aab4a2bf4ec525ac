import type { Scope } from "../../models/aws";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { DataPlaneContext } from "../context";
import type { HopEnd } from "../hop";
import { textResponse, type DataRequest, type DataResponse } from "../message";
import { sendTo } from "../send";
import type { ServiceContainer } from "../task/container";
import type { Trace } from "../trace";
import { attributesOfTargetGroup, type Attributes } from "./attributes";
import { balancerError } from "./error-page";
import { forwarded } from "./headers";
import { endOf, targetsOf, type Target } from "./target-group";

/** A load balancer that forwards. */
export interface Forwarder {
  readonly context: DataPlaneContext;
  readonly scope: Scope;
  readonly balancer: JsonObject;
  readonly attributes: Attributes;
  /** Answers a request to a load balancer that is a target. */
  readonly serveBalancer: (balancer: JsonObject, from: HopEnd, request: DataRequest) => Promise<DataResponse>;
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout
const networkTimeoutMs = 350_000;

// Requests take turns by weight, so that the same requests give the same answers.
const turns = new Map<string, number>();

/** Forwards a request by a forward action: chooses a target group by weight, and one of its targets. */
export async function forward(
  forwarder: Forwarder,
  action: JsonObject,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse> {
  const { context, scope } = forwarder;
  const arn = chosenGroup(action);
  const groups = await context.reader.ask(scope, "elasticloadbalancing", "DescribeTargetGroups", {
    TargetGroupArns: [arn],
  });
  const group = object(objects(groups.TargetGroups)[0]);
  trace.hop(`target-group:${text(group.TargetGroupName)}`);
  if (object(object(action.ForwardConfig).TargetGroupStickinessConfig).Enabled === true)
    trace.notEvaluated("stickiness of target groups");
  if (forwarder.balancer.Type === "application" && (await isSticky(context, scope, group)))
    trace.notEvaluated("stickiness of targets");
  const targets = await targetsOf(context, scope, group);
  const [first] = targets;
  // A registered address is reached by no process; a container of the same group is.
  const target = targets.find(({ kind }) => kind === "container") ?? first;
  if (target) return forwardTo(forwarder, target, request, trace);
  trace.because("the target group has no registered targets");
  return balancerError(503, "Service Temporarily Unavailable");
}

async function forwardTo(
  forwarder: Forwarder,
  target: Target,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse> {
  const { context, scope, balancer } = forwarder;
  if (target.kind === "container") return forwardToContainer(forwarder, target.container, request, trace);
  if (target.kind === "load-balancer") {
    const input = { LoadBalancerArns: [target.arn] };
    const output = await context.reader.ask(scope, "elasticloadbalancing", "DescribeLoadBalancers", input);
    const next = object(objects(output.LoadBalancers)[0]);
    const from = { kind: "load-balancer", arn: text(balancer.LoadBalancerArn) } as const;
    return forwarder.serveBalancer(next, from, { ...request, port: target.port });
  }
  trace.because(`the target ${target.id}:${target.port} is reached by no local process`);
  return balancerError(503, "Service Temporarily Unavailable");
}

async function forwardToContainer(
  { context, scope, balancer, attributes }: Forwarder,
  container: ServiceContainer,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse> {
  trace.hop(`service:${container.name}`);
  const from = { kind: "load-balancer", arn: text(balancer.LoadBalancerArn) } as const;
  const blocked = await context.hopAllowed({ scope, from, to: endOf(container), port: container.port });
  if (blocked !== undefined) {
    trace.because(blocked);
    return balancerError(504, "Gateway Time-out");
  }
  const endpoint = await context.tasks.endpointOf(container);
  if ("reason" in endpoint) {
    trace.because(endpoint.reason);
    return textResponse(503, `${endpoint.reason}\n`);
  }
  const isHttp = balancer.Type === "application";
  if (isHttp && attributes.get("routing.http.x_amzn_tls_version_and_cipher_suite.enabled") === "true")
    trace.notEvaluated("headers with the version and cipher of TLS");
  const sent = isHttp ? forwarded(request, attributes) : request;
  const answer = await sendTo(endpoint.port, sent, isHttp ? idleTimeoutMs(attributes) : networkTimeoutMs);
  if (typeof answer !== "string") return answer;
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
  trace.because(
    answer === "timeout"
      ? "the target did not answer within the idle timeout"
      : `the target ended the connection (${answer})`,
  );
  return answer === "timeout" ? balancerError(504, "Gateway Time-out") : balancerError(502, "Bad Gateway");
}

async function isSticky(context: DataPlaneContext, scope: Scope, group: JsonObject): Promise<boolean> {
  return (await attributesOfTargetGroup(context, scope, group)).get("stickiness.enabled") === "true";
}

function idleTimeoutMs(attributes: Attributes): number {
  return Number(attributes.get("idle_timeout.timeout_seconds") ?? 60) * 1000;
}

/** A target group of a forward action. */
export interface WeightedGroup {
  readonly arn: string;
  /** Its share of the requests, relative to those of the other groups. */
  readonly weight: number;
}

/** The target groups that receive the requests of a forward action. */
export function weightedGroups(action: JsonObject): readonly WeightedGroup[] {
  const groups = objects(object(action.ForwardConfig).TargetGroups).map(({ TargetGroupArn, Weight }) => ({
    arn: text(TargetGroupArn),
    weight: Number(Weight ?? 1),
  }));
  const weighted = groups.filter(({ weight }) => weight > 0);
  if (groups.length > 1 && weighted.length > 0) return weighted;
  return [{ arn: text(action.TargetGroupArn) || (groups[0]?.arn ?? ""), weight: 1 }];
}

function chosenGroup(action: JsonObject): string {
  const groups = weightedGroups(action);
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  const key = JSON.stringify(groups);
  const turn = turns.get(key) ?? 0;
  turns.set(key, turn + 1);
  let rest = turn % total;
  return groups.find(({ weight }) => (rest -= weight) < 0)?.arn ?? "";
}
