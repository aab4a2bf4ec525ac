import { list, object, text, type JsonObject } from "../../wire/json";
import type { DataPlaneContext } from "../context";
import type { Scope } from "../../models/aws";
import { jsonResponse, type DataRequest, type DataResponse } from "../message";
import { bearer, scopesOf, verifyToken } from "../token/verify";
import type { Trace } from "../trace";

/**
 * The refusal of a request that the authorizer of a route does not allow; undefined when it is allowed.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export async function refuse(
  context: DataPlaneContext,
  scope: Scope,
  { apiId, route }: { readonly apiId: string; readonly route: JsonObject },
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse | undefined> {
  const type = text(route.authorizationType) || "NONE";
  if (type === "NONE") return undefined;
  if (type !== "JWT") {
    trace.notEvaluated(`authorization of type ${type}`);
    return undefined;
  }
  const path = `/v2/apis/${apiId}/authorizers/${text(route.authorizerId)}`;
  const authorizer = await context.reader.apiGateway(scope, path);
  const { audience, issuer } = object(authorizer.jwtConfiguration);
  const token = bearer(identity(list(authorizer.identitySource).map(text), request));
  if (token === undefined) return unauthorized("Bearer");
  const verified = await verifyToken(context, token, [text(issuer)]);
  if ("problem" in verified) return invalid(trace, verified.problem);
  const { claims } = verified;
  const audiences = claims.aud === undefined ? [claims.client_id] : [claims.aud].flat();
  if (!audiences.some((candidate) => list(audience).includes(candidate))) {
    return invalid(trace, "the token's audience is not allowed");
  }
  const required = list(route.authorizationScopes).map(text);
  if (required.length === 0 || scopesOf(claims).some((candidate) => required.includes(candidate))) return undefined;
  trace.because(`the token has none of the scopes ${required.join(", ")}`);
  const challenge = `Bearer scope="${required.join(" ")}" error="insufficient_scope"`;
  return jsonResponse(403, { message: "Forbidden" }, { "www-authenticate": challenge });
}

function identity(sources: readonly string[], { headers, query }: DataRequest): string | undefined {
  for (const source of sources) {
    const [, location, name = ""] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    const value = location === "header" ? headers[name.toLowerCase()] : new URLSearchParams(query).get(name);
    if (value != null && value !== "") return value;
  }
  return undefined;
}

function invalid(trace: Trace, problem: string): DataResponse {
  trace.because(problem);
  return unauthorized(`Bearer error="invalid_token" error_description="${problem}"`);
}

function unauthorized(challenge: string): DataResponse {
  return jsonResponse(401, { message: "Unauthorized" }, { "www-authenticate": challenge });
}
