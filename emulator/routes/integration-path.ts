import { balancerOf, listenerByArn, targetsOfVpcLink } from "../data-plane/api/private-integration";
import { withStageVariables } from "../data-plane/http-api/parameters";
import { hostOf, target } from "../data-plane/message";
import { balancerRegion, loadBalancer } from "../data-plane/name/destination";
import { containersOfRegistry, receivesRequests } from "../data-plane/task/services";
import { object, text, type JsonObject } from "../wire/json";
import { listenerBlockedReason } from "./load-balancer-path";
import { sampleRequest, type Place } from "./route";

/** Why the integration of a REST API's method leads to no healthy target; undefined when it does, or answers itself. */
export async function restBlockedReason(
  place: Place,
  integration: JsonObject,
  stage: JsonObject,
): Promise<string | undefined> {
  const type = text(integration.type);
  if (type === "") return "the method has no integration";
  // What integrations with other services lead to is not part of the data plane.
  if (type !== "HTTP" && type !== "HTTP_PROXY") return undefined;
  const variables = object(stage.variables);
  const uri = withStageVariables(text(integration.uri), variables);
  if (integration.connectionType !== "VPC_LINK") return urlBlockedReason(place, uri);
  const vpcLinkId = withStageVariables(text(integration.connectionId), variables);
  const missing = await linkBlockedReason(place, vpcLinkId);
  if (missing !== undefined) return missing;
  const named = withStageVariables(text(integration.integrationTarget), variables);
  const [arn = ""] = named === "" ? await targetsOfVpcLink({ ...place, vpcLinkId }) : [named];
  const balancer = await balancerOf(place.context, place.scope, arn);
  const request = requestTo(uri);
  if (!request) return invalidUri(uri);
  if (!balancer) return `the load balancer ${nameIn(arn)} does not exist`;
  const from = { kind: "vpc-link", id: vpcLinkId } as const;
  return listenerBlockedReason({ ...place, balancer, from }, request);
}

/** Why the integration of an HTTP API's route leads to no healthy target; undefined when it does. */
export async function httpBlockedReason(
  place: Place,
  integration: JsonObject,
  stage: JsonObject,
  path: string,
): Promise<string | undefined> {
  const type = text(integration.integrationType);
  if (type === "") return "the route has no integration";
  // What integrations with other services lead to is not part of the data plane.
  if (type !== "HTTP_PROXY") return undefined;
  const { context, scope } = place;
  const uri = withStageVariables(text(integration.integrationUri), object(stage.stageVariables));
  if (integration.connectionType !== "VPC_LINK") return urlBlockedReason(place, uri);
  const id = text(integration.connectionId);
  const missing = await linkBlockedReason(place, id);
  if (missing !== undefined) return missing;
  const from = { kind: "vpc-link", id } as const;
  if (uri.includes(":servicediscovery:")) {
    const [container] = (await containersOfRegistry(context, scope, uri)).filter(receivesRequests);
    if (!container) return `the Cloud Map service ${nameIn(uri)} has no instances`;
    const { serviceArn: arn, port } = container;
    return context.hopAllowed({ scope, from, to: { kind: "ecs-service", arn }, port });
  }
  const found = await listenerByArn(context, scope, uri);
  if (!found) return `the listener of the integration does not exist`;
  const { balancer, port } = found;
  const stageName = text(stage.stageName);
  const sent = stageName === "$default" ? path : `/${stageName}${path}`;
  return listenerBlockedReason({ ...place, balancer, from }, sampleRequest({ port, path: sent }));
}

async function linkBlockedReason({ context, scope }: Place, id: string): Promise<string | undefined> {
  const first = await context.reader.apiGateway(scope, `/vpclinks/${id}`);
  const { status } = first;
  if (first.id !== undefined) return isReady(status) ? undefined : `the VPC link ${id} is ${text(status)}`;
  const { vpcLinkId, vpcLinkStatus } = await context.reader.apiGateway(scope, `/v2/vpclinks/${id}`);
  if (vpcLinkId === undefined) return `the VPC link ${id} does not exist`;
  return isReady(vpcLinkStatus) ? undefined : `the VPC link ${id} is ${text(vpcLinkStatus)}`;
}

function isReady(status: JsonObject[string]): boolean {
  return status === undefined || status === "AVAILABLE";
}

/** A load balancer is evaluated; every other host is not part of the emulated AWS. */
async function urlBlockedReason({ context }: Place, uri: string): Promise<string | undefined> {
  const request = requestTo(uri);
  if (!request) return invalidUri(uri);
  const region = balancerRegion(request.host);
  if (region === undefined) return undefined;
  const found = await loadBalancer(context, region, request.host);
  if (!found) return `the load balancer ${request.host} does not exist`;
  const { scope, balancer } = found;
  // A load balancer in a VPC is reached by a public address of API Gateway.
  const from = { kind: "internet", sourceIp: "3.5.140.1" } as const;
  return listenerBlockedReason({ context, scope, balancer, from }, request);
}

function requestTo(uri: string): ReturnType<typeof sampleRequest> | undefined {
  const filled = uri.replace(/\{[^}]+\}/g, "any");
  if (!URL.canParse(filled)) return undefined;
  const url = new URL(filled);
  const { name, port } = hostOf(url.host);
  const scheme = url.protocol === "https:" ? "https" : "http";
  return sampleRequest({
    ...target(url.pathname),
    scheme,
    host: name,
    port: port ?? (scheme === "https" ? 443 : 80),
  });
}

function invalidUri(uri: string): string {
  return `the URI of the integration is invalid: ${uri}`;
}

function nameIn(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}
