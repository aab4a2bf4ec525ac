import { object, text, type JsonObject } from "../../wire/json";
import { textResponse, urlOf, type DataRequest, type DataResponse } from "../message";
import type { Trace } from "../trace";

/**
 * The answer of an action that authenticates users, to a request without a session; undefined when the next action runs.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function authenticate(
  action: JsonObject,
  request: DataRequest,
  region: string,
  trace: Trace,
): DataResponse | undefined {
  const isCognito = action.Type === "authenticate-cognito";
  const config = object(isCognito ? action.AuthenticateCognitoConfig : action.AuthenticateOidcConfig);
  const cookie = text(config.SessionCookieName) || "AWSELBAuthSessionCookie";
  if (request.headers.cookie?.includes(`${cookie}-0=`)) {
    trace.notEvaluated("the session of a signed-in user");
    return undefined;
  }
  const unauthenticated = text(config.OnUnauthenticatedRequest) || "authenticate";
  if (unauthenticated === "allow") return undefined;
  if (unauthenticated === "deny") return textResponse(401, "Unauthorized", { server: "awselb/2.0" });
  const { scheme, host } = request;
  const query = new URLSearchParams({
    client_id: text(isCognito ? config.UserPoolClientId : config.ClientId),
    redirect_uri: `${scheme}://${host}/oauth2/idpresponse`,
    response_type: "code",
    scope: text(config.Scope) || "openid",
    state: Buffer.from(`${scheme}://${host}${urlOf(request)}`).toString("base64url"),
  });
  const endpoint = isCognito
    ? `${domainOf(text(config.UserPoolDomain), region)}/oauth2/authorize`
    : text(config.AuthorizationEndpoint);
  const location = `${endpoint}?${query.toString()}`;
  return { status: 302, headers: { server: "awselb/2.0", location }, body: Buffer.alloc(0) };
}

// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html
function domainOf(domain: string, region: string): string {
  return domain.includes(".") ? `https://${domain}` : `https://${domain}.auth.${region}.amazoncognito.com`;
}
