import type { Scope } from "../../models/aws";
import { object, text, type JsonObject } from "../../wire/json";
import { sendToBalancer, sendToUrl, targetsOfVpcLink, within, type HttpIntegration } from "../api/private-integration";
import type { DataPlaneContext } from "../context";
import { withStageVariables } from "../http-api/parameters";
import { hostOf, target, type DataRequest, type DataResponse } from "../message";
import type { Trace } from "../trace";
import type { GatewayResponseType } from "./gateway-response";

/** A request to a method, and what its integration refers to. */
export interface MethodCall {
  readonly context: DataPlaneContext;
  readonly scope: Scope;
  readonly apiId: string;
  readonly stage: JsonObject;
  readonly request: DataRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const defaultTimeoutMs = 29_000;

/** Answers a request by an HTTP integration, or the kind of answer of API Gateway itself. */
export async function integrateHttp(
  call: MethodCall,
  integration: JsonObject,
  trace: Trace,
): Promise<DataResponse | GatewayResponseType> {
  const { context, scope, stage } = call;
  const isPrivate = integration.connectionType === "VPC_LINK";
  const timeoutMs = Number(integration.timeoutInMillis ?? defaultTimeoutMs);
  const variables = object(stage.variables);
  const link: HttpIntegration = {
    context,
    scope,
    timeoutMs,
    ...(isPrivate && { vpcLinkId: withStageVariables(text(integration.connectionId), variables) }),
  };
  const sent = integrationRequest(call, integration, withStageVariables(text(integration.uri), variables));
  const target = withStageVariables(text(integration.integrationTarget), variables);
  const answer = await within(
    timeoutMs,
    sendAlong(link, target, sent, trace).then((response) => ({ response })),
  );
  if (!answer) return "INTEGRATION_TIMEOUT";
  return answer.response ? remapped(answer.response) : "INTEGRATION_FAILURE";
}

async function sendAlong(
  link: HttpIntegration,
  integrationTarget: string,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse | undefined> {
  if (link.vpcLinkId === undefined) return sendToUrl(link, request, trace);
  // A VPC link V1 has Network Load Balancers; an integration with a VPC link V2 names its load balancer.
  const [balancer] = integrationTarget === "" ? await targetsOfVpcLink(link) : [integrationTarget];
  return sendToBalancer(link, balancer ?? "", request, trace);
}

/**
 * The request that an HTTP proxy integration sends.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
function integrationRequest(call: MethodCall, integration: JsonObject, uri: string): DataRequest {
  const { request, apiId } = call;
  const mapped = Object.entries(object(integration.requestParameters)).flatMap(([key, expression]) => {
    const [, location = "", name = ""] = /^integration\.request\.(path|header|querystring)\.(.+)$/.exec(key) ?? [];
    const value = mappedValue(text(expression), call);
    return value === undefined ? [] : [{ location, name, value }];
  });
  const at = (location: string): Record<string, string> =>
    Object.fromEntries(mapped.filter((item) => item.location === location).map(({ name, value }) => [name, value]));
  const paths = at("path");
  const url = new URL(
    uri.replace(/\{([^}+]+)\+?\}/g, (whole, name: string) => paths[name] ?? encodeURIComponent(whole)),
  );
  const query = new URLSearchParams(request.query);
  for (const [name, value] of Object.entries(at("querystring"))) query.set(name, value);
  const { name, port } = hostOf(url.host);
  const scheme = url.protocol === "https:" ? "https" : "http";
  const method = text(integration.httpMethod);
  const lower = Object.fromEntries(Object.entries(at("header")).map(([key, value]) => [key.toLowerCase(), value]));
  const chain = request.headers["x-forwarded-for"];
  return {
    ...request,
    ...target(url.pathname),
    // Without mapped parameters the query is passed as it is.
    query: Object.keys(at("querystring")).length === 0 ? request.query : query.toString(),
    method: method === "" || method === "ANY" ? request.method : method,
    scheme,
    host: name,
    port: port ?? (scheme === "https" ? 443 : 80),
    headers: {
      ...request.headers,
      "x-forwarded-for": chain === undefined ? request.sourceIp : `${chain}, ${request.sourceIp}`,
      "x-forwarded-proto": "https",
      "x-forwarded-port": "443",
      "x-amzn-apigateway-api-id": apiId,
      ...lower,
      host: lower.host ?? url.host,
    },
  };
}

function mappedValue(
  expression: string,
  { request, pathParameters, stage, scope, apiId }: MethodCall,
): string | undefined {
  const constant = /^'(.*)'$/.exec(expression)?.[1];
  if (constant !== undefined) return constant;
  const [root, part, kind, ...rest] = expression.split(".");
  if (root === "stageVariables") return text(object(stage.variables)[part ?? ""]);
  if (root === "context") {
    const known: Readonly<Record<string, string>> = {
      apiId,
      accountId: scope.account,
      httpMethod: request.method,
      stage: text(stage.stageName),
      "identity.sourceIp": request.sourceIp,
    };
    return known[expression.slice("context.".length)];
  }
  const name = rest.join(".");
  if (kind === "path") return pathParameters[name];
  if (kind === "header") return request.headers[name.toLowerCase()];
  return kind === "querystring" ? (new URLSearchParams(request.query).get(name) ?? undefined) : undefined;
}

/** Headers that API Gateway returns under another name: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const remappedHeaders = ["date", "server", "www-authenticate"];

function remapped(response: DataResponse): DataResponse {
  const headers = Object.entries(response.headers).map(([name, value]) => [
    remappedHeaders.includes(name) ? `x-amzn-remapped-${name}` : name,
    value,
  ]);
  return { ...response, headers: Object.fromEntries(headers) as DataResponse["headers"] }; // entries of names and values
}
