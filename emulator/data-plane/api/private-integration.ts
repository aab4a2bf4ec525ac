import { setTimeout as sleep } from "node:timers/promises";
import type { Scope } from "../../models/aws";
import { list, objects, text, type JsonObject } from "../../wire/json";
import { addressInSubnet } from "../address";
import type { DataPlaneContext, RoutingContext } from "../context";
import { serveListener } from "../load-balancer/listener";
import { forwarded } from "../load-balancer/headers";
import type { DataRequest, DataResponse } from "../message";
import { balancerRegion, loadBalancer } from "../name/destination";
import { sendTo } from "../send";
import { containersOfRegistry, receivesRequests } from "../task/services";
import type { Trace } from "../trace";

const service = "elasticloadbalancing";

/** An integration of an API that sends requests over HTTP. */
export interface HttpIntegration {
  readonly context: DataPlaneContext;
  readonly scope: Scope;
  /** Id of the VPC link. @default - the integration is reached over the internet */
  readonly vpcLinkId?: string;
  readonly timeoutMs: number;
}

/** Runs an integration until its time-out; undefined when it takes longer. */
export async function within<Result>(timeoutMs: number, run: Promise<Result>): Promise<Result | undefined> {
  const ended = new AbortController();
  const timer = sleep(timeoutMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
  try {
    return await Promise.race([run, timer]);
  } finally {
    ended.abort();
  }
}

/** Sends a request to a listener of a load balancer, by the listener's ARN. */
export async function sendToListener(
  { context, scope, vpcLinkId = "" }: HttpIntegration,
  listenerArn: string,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse | undefined> {
  const found = await listenerByArn(context, scope, listenerArn);
  if (!found) return missing(trace, `the listener ${listenerArn} does not exist`);
  const { balancer, port } = found;
  trace.hop(`vpc-link:${vpcLinkId}`);
  const from = { kind: "vpc-link", id: vpcLinkId } as const;
  const arrived = { ...request, port, sourceIp: await linkAddress(context, scope, vpcLinkId) };
  return serveListener({ context, scope, balancer, from }, arrived, trace);
}

/** Sends a request to a load balancer by its ARN; the port is the request's. */
export async function sendToBalancer(
  { context, scope, vpcLinkId = "" }: HttpIntegration,
  balancerArn: string,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse | undefined> {
  const balancer = await balancerOf(context, scope, balancerArn);
  if (!balancer) return missing(trace, `the load balancer ${balancerArn} does not exist`);
  trace.hop(`vpc-link:${vpcLinkId}`);
  const arrived = { ...request, sourceIp: await linkAddress(context, scope, vpcLinkId) };
  return serveListener({ context, scope, balancer, from: { kind: "vpc-link", id: vpcLinkId } }, arrived, trace);
}

/** Sends a request to an instance of a Cloud Map service, by the service's ARN. */
export async function sendToRegistry(
  { context, scope, vpcLinkId = "", timeoutMs }: HttpIntegration,
  registryArn: string,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse | undefined> {
  const [container] = (await containersOfRegistry(context, scope, registryArn)).filter(receivesRequests);
  if (!container) return missing(trace, `the Cloud Map service ${registryArn} has no instances`);
  trace.hop(`vpc-link:${vpcLinkId}/cloud-map:${registryArn.split("/").at(-1) ?? ""}/service:${container.name}`);
  const blocked = await context.hopAllowed({
    scope,
    from: { kind: "vpc-link", id: vpcLinkId },
    to: { kind: "ecs-service", arn: container.serviceArn },
    port: container.port,
  });
  if (blocked !== undefined) return missing(trace, blocked);
  const endpoint = await context.tasks.endpointOf(container);
  if ("reason" in endpoint) return missing(trace, endpoint.reason);
  const answer = await sendTo(endpoint.port, forwarded(request), timeoutMs);
  return typeof answer === "string" ? missing(trace, `the instance gave no answer (${answer})`) : answer;
}

/** Sends a request to the load balancer that the request's host names, as over the internet. */
export async function sendToUrl(
  { context }: HttpIntegration,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse | undefined> {
  const region = balancerRegion(request.host);
  const found = region === undefined ? undefined : await loadBalancer(context, region, request.host);
  if (!found)
    return missing(trace, `the emulated AWS has no load balancer ${request.host}; other hosts are not requested`);
  const { scope, balancer } = found;
  // A load balancer in a VPC is reached by a public address of API Gateway.
  const from = { kind: "internet", sourceIp: "3.5.140.1" } as const;
  return serveListener({ context, scope, balancer, from }, request, trace);
}

/** ARNs of the Network Load Balancers of a VPC link V1. */
export async function targetsOfVpcLink({
  context,
  scope,
  vpcLinkId = "",
}: Pick<HttpIntegration, "scope" | "vpcLinkId"> & { readonly context: RoutingContext }): Promise<readonly string[]> {
  return list((await context.reader.apiGateway(scope, `/vpclinks/${vpcLinkId}`)).targetArns).map(text);
}

/** An address of the network interfaces of a VPC link V2, or of the load balancer behind a VPC link V1. */
async function linkAddress(context: RoutingContext, scope: Scope, vpcLinkId: string): Promise<string> {
  const { subnetIds } = await context.reader.apiGateway(scope, `/v2/vpclinks/${vpcLinkId}`);
  return addressInSubnet(context.reader, scope, text(list(subnetIds)[0]));
}

/** A listener's load balancer and port, by the listener's ARN. */
export async function listenerByArn(
  context: RoutingContext,
  scope: Scope,
  arn: string,
): Promise<{ readonly balancer: JsonObject; readonly port: number } | undefined> {
  const { Listeners } = await context.reader.ask(scope, service, "DescribeListeners", { ListenerArns: [arn] });
  const [listener] = objects(Listeners);
  const balancer = await balancerOf(context, scope, text(listener?.LoadBalancerArn));
  return listener && balancer && { balancer, port: Number(listener.Port) };
}

/** A load balancer by its ARN. */
export async function balancerOf(
  { reader }: RoutingContext,
  scope: Scope,
  arn: string,
): Promise<JsonObject | undefined> {
  if (arn === "") return undefined;
  const { LoadBalancers } = await reader.ask(scope, service, "DescribeLoadBalancers", { LoadBalancerArns: [arn] });
  return objects(LoadBalancers)[0];
}

function missing(trace: Trace, reason: string): DataResponse | undefined {
  trace.because(reason);
  return undefined;
}
