import { list, text, type JsonObject } from "../../wire/json";
import type { DataPlaneContext } from "../context";
import type { DataRequest } from "../message";
import { bearer, scopesOf, verifyToken } from "../token/verify";
import type { Trace } from "../trace";
import type { GatewayResponseType } from "./gateway-response";
import type { ServedApi, ServedMethod } from "./served";

/** Why a method's authorizer refuses a request. */
export interface Refusal {
  readonly type: GatewayResponseType;
  /** @default - the message of the type */
  readonly message?: string;
}

/**
 * The refusal of a request that the authorizer of a method does not allow; undefined when it is allowed.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export async function authorize(
  context: DataPlaneContext,
  { authorizers }: ServedApi,
  { definition }: ServedMethod,
  request: DataRequest,
  trace: Trace,
): Promise<Refusal | undefined> {
  const type = text(definition.authorizationType) || "NONE";
  if (type === "NONE") return undefined;
  if (type !== "COGNITO_USER_POOLS") {
    trace.notEvaluated(`authorization of type ${type}`);
    return undefined;
  }
  const authorizer = authorizers.find(({ id }) => id === definition.authorizerId) ?? {};
  const header = /^method\.request\.header\.(.+)$/.exec(text(authorizer.identitySource))?.[1] ?? "Authorization";
  const token = bearer(request.headers[header.toLowerCase()]);
  if (token === undefined) return { type: "UNAUTHORIZED" };
  const verified = await verifyToken(context, token, list(authorizer.providerARNs).map(text).map(issuerOf));
  if ("problem" in verified) {
    trace.because(verified.problem);
    return { type: "UNAUTHORIZED", ...(verified.isExpired && { message: "The incoming token has expired" }) };
  }
  const problem = problemOf(verified.claims, list(definition.authorizationScopes).map(text));
  if (problem === undefined) return undefined;
  trace.because(problem);
  return { type: "UNAUTHORIZED" };
}

/** With scopes, a method requires an access token, without, an id token. */
function problemOf(claims: JsonObject, scopes: readonly string[]): string | undefined {
  const use = text(claims.token_use);
  if (scopes.length === 0)
    return use === "id" ? undefined : `a method without scopes requires an id token, not one for ${use}`;
  if (use !== "access") return `a method with scopes requires an access token, not one for ${use}`;
  return scopesOf(claims).some((scope) => scopes.includes(scope))
    ? undefined
    : `the token has none of the scopes ${scopes.join(", ")}`;
}

function issuerOf(poolArn: string): string {
  const [, , , region = "", , pool = ""] = poolArn.split(":");
  return `https://cognito-idp.${region}.amazonaws.com/${pool.replace("userpool/", "")}`;
}
