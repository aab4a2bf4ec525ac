import { randomUUID } from "node:crypto";
import { list, object, text, type JsonObject } from "../../wire/json";
import type { DataPlaneContext } from "../context";
import { jsonResponse, type DataRequest, type DataResponse } from "../message";
import type { Trace } from "../trace";
import { keySetOf, poolOf, type UserPool } from "./keys";

// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
const unitSeconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** Answers a request to an issuer's URL: its key set, and its OpenID configuration. */
export async function serveIssuer(
  context: DataPlaneContext,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse> {
  const [, id = "", document] = /^\/([^/]+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(request.path) ?? [];
  const issuer = `https://${request.host}/${id}`;
  const pool = await poolOf(context, issuer);
  trace.hop(`user-pool:${id}`);
  if (!pool || document === undefined) return jsonResponse(400, { message: `User pool ${id} does not exist.` });
  if (document === "jwks.json") return jsonResponse(200, await keySetOf(context, pool));
  return jsonResponse(200, {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ["RS256"],
    subject_types_supported: ["public"],
    response_types_supported: ["code", "token"],
  });
}

/**
 * Answers a request to the domain of a user pool: tokens for client credentials.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 */
export async function serveUserPoolDomain(
  context: DataPlaneContext,
  pool: UserPool,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse> {
  trace.hop(`user-pool:${pool.id}${request.path}`);
  if (request.path !== "/oauth2/token" || request.method !== "POST") {
    trace.because("of a user pool's domain, only the token endpoint is emulated");
    return jsonResponse(501, { error: "not_emulated" });
  }
  const form = new URLSearchParams(request.body.toString());
  if (form.get("grant_type") !== "client_credentials") return refusal("unsupported_grant_type");
  const { clientId, clientSecret } = credentialsOf(request, form);
  const input = { UserPoolId: pool.id, ClientId: clientId };
  const output = await context.reader.ask(pool.scope, "cognito-idp", "DescribeUserPoolClient", input);
  const client = object(output.UserPoolClient);
  if (text(client.ClientSecret) === "" || client.ClientSecret !== clientSecret) return refusal("invalid_client");
  if (!list(client.AllowedOAuthFlows).includes("client_credentials")) return refusal("unauthorized_client");
  const allowed = list(client.AllowedOAuthScopes).map(text);
  const requested = (form.get("scope") ?? "").split(" ").filter(Boolean);
  if (!requested.every((scope) => allowed.includes(scope))) return refusal("invalid_scope");
  const expires = lifetime(client);
  const scopes = requested.length > 0 ? requested : allowed;
  const token = await context.signer.sign(claims(pool, clientId, scopes, expires));
  return jsonResponse(200, { access_token: token, expires_in: expires, token_type: "Bearer" });
}

function claims({ scope, id }: UserPool, clientId: string, scopes: readonly string[], expires: number): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: clientId,
    token_use: "access",
    scope: scopes.join(" "),
    auth_time: now,
    iss: `https://cognito-idp.${scope.region}.amazonaws.com/${id}`,
    exp: now + expires,
    iat: now,
    version: 2,
    jti: randomUUID(),
    client_id: clientId,
  };
}

function credentialsOf({ headers }: DataRequest, form: URLSearchParams): { clientId: string; clientSecret: string } {
  const [, basic] = /^basic (.+)$/i.exec(headers.authorization ?? "") ?? [];
  const [id = "", ...rest] = Buffer.from(basic ?? "", "base64")
    .toString()
    .split(":");
  if (basic !== undefined) return { clientId: id, clientSecret: rest.join(":") };
  return { clientId: form.get("client_id") ?? "", clientSecret: form.get("client_secret") ?? "" };
}

function lifetime({ AccessTokenValidity, TokenValidityUnits }: JsonObject): number {
  const unit = text(object(TokenValidityUnits).AccessToken) || "hours";
  return Number(AccessTokenValidity ?? 1) * (unitSeconds[unit] ?? 3600);
}

function refusal(error: string): DataResponse {
  return jsonResponse(400, { error });
}
