import { randomBytes } from "node:crypto";
import type { Scope } from "../../models/aws";
import { object, objects, text, type JsonObject } from "../../wire/json";
import { bestMatch, type RouteMatch } from "../api/path-match";
import type { Throttle } from "../api/throttle";
import type { DataPlaneContext } from "../context";
import { jsonResponse, type DataRequest, type DataResponse } from "../message";
import type { Trace } from "../trace";
import { refuse } from "./authorize";
import { preflight, withCors } from "./cors";
import { integrate } from "./integrate";

/** A request to a stage of an HTTP API. */
export interface HttpApiRequest {
  readonly scope: Scope;
  readonly api: JsonObject;
  readonly stage: JsonObject;
  /** Path without the stage or the key of an API mapping. */
  readonly path: string;
  readonly request: DataRequest;
}

interface HttpRoute {
  readonly method: string;
  readonly path: string;
  readonly route: JsonObject;
}

interface Match {
  readonly route: JsonObject;
  readonly parameters: RouteMatch<HttpRoute>["parameters"];
}

/** Answers a request to an HTTP API by the most specific of its routes. */
export async function serveHttpApi(
  context: DataPlaneContext,
  throttle: Throttle,
  call: HttpApiRequest,
  trace: Trace,
): Promise<DataResponse> {
  const { api, stage, request } = call;
  trace.hop(`http-api:${text(api.apiId)}/stage:${text(stage.stageName)}`);
  const match = await matchOf(context, call);
  const early = preflight(api, request);
  const called = early && match && { apiId: text(api.apiId), route: match.route };
  const refusal = called && (await refuse(context, call.scope, called, request, trace));
  if (early && !refusal) return early;
  return withCors(api, request, refusal ?? (await answer(context, throttle, { ...call, match }, trace)));
}

/**
 * The route of a request. An OPTIONS request may match one of any method, with its authorizer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
async function matchOf(context: DataPlaneContext, { scope, api, path, request }: HttpApiRequest) {
  const { items } = await context.reader.apiGateway(scope, `/v2/apis/${text(api.apiId)}/routes`);
  return routeFor(objects(items), request.method, path);
}

async function answer(
  context: DataPlaneContext,
  throttle: Throttle,
  { scope, api, stage, path, request, match }: HttpApiRequest & { readonly match: Match | undefined },
  trace: Trace,
): Promise<DataResponse> {
  const apiId = text(api.apiId);
  if (!match) return jsonResponse(404, { message: "Not Found" });
  const { route, parameters } = match;
  const key = text(route.routeKey);
  trace.hop(`route:${key.replace(" ", "")}`);
  const refusal = await refuse(context, scope, { apiId, route }, request, trace);
  if (refusal) return refusal;
  if (!isWithinLimits(throttle, stage, apiId, key)) return jsonResponse(429, { message: "Too Many Requests" });
  const integrationId = text(route.target).replace("integrations/", "");
  const integration = await context.reader.apiGateway(scope, `/v2/apis/${apiId}/integrations/${integrationId}`);
  const stageName = text(stage.stageName);
  // The path of a private integration has the stage: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
  const sent = { ...request, path: stageName === "$default" ? path : `/${stageName}${path}` };
  const values = {
    request,
    path,
    pathParameters: parameters,
    stageVariables: object(stage.stageVariables),
    context: contextOf(scope, { apiId, stageName, key, path }, request),
    trace,
  };
  return integrate({ context, scope }, integration, sent, values);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
function contextOf(
  { account }: Scope,
  names: { readonly apiId: string; readonly stageName: string; readonly key: string; readonly path: string },
  { method, host, headers, sourceIp }: DataRequest,
): Readonly<Record<string, string>> {
  const requestId = randomBytes(11).toString("base64");
  return {
    accountId: account,
    apiId: names.apiId,
    domainName: host,
    domainPrefix: host.split(".")[0] ?? "",
    extendedRequestId: requestId,
    httpMethod: method,
    "identity.sourceIp": sourceIp,
    "identity.userAgent": headers["user-agent"] ?? "",
    path: names.path,
    protocol: "HTTP/1.1",
    requestId,
    requestTimeEpoch: String(Date.now()),
    routeKey: names.key,
    stage: names.stageName,
  };
}

function routeFor(routes: readonly JsonObject[], method: string, path: string): Match | undefined {
  const keyed = routes.flatMap((route): HttpRoute[] => {
    const [verb = "", pattern] = text(route.routeKey).split(" ");
    return pattern === undefined ? [] : [{ method: verb, path: pattern, route }];
  });
  const match = bestMatch(keyed, method, path);
  if (match) return { route: match.route.route, parameters: match.parameters };
  const fallback = routes.find(({ routeKey }) => routeKey === "$default");
  return fallback && { route: fallback, parameters: {} };
}

function isWithinLimits(throttle: Throttle, stage: JsonObject, apiId: string, routeKey: string): boolean {
  const own = object(object(stage.routeSettings)[routeKey]);
  const settings = own.throttlingRateLimit === undefined ? object(stage.defaultRouteSettings) : own;
  const { throttlingRateLimit: rate, throttlingBurstLimit: burst } = settings;
  if (rate == null || burst == null) return true;
  return throttle.take(`${apiId} ${text(stage.stageName)} ${routeKey}`, { rate: Number(rate), burst: Number(burst) });
}
