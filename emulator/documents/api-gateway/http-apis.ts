import { referenceV2 } from "../../rules/api-gateway/reference";
import { list, object, text, type JsonObject } from "../../wire/json";
import type { Refusal } from "../document";
import { isSet } from "../values";
import { badRequest, httpCheck } from "./request";
import { wrongLogDestination, wrongLogFormat, wrongStageName, wrongVariables } from "./stage-settings";

/** Cross-origin resource sharing of HTTP APIs. */
export const cors = httpCheck(
  ["CreateApi", "UpdateApi"],
  "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
  [credentials],
);

/** What depends on the protocol of a new API. */
export const newApis = httpCheck(["CreateApi"], `${referenceV2}/apis.html`, [protocol]);

/** Authorization and target of routes. */
export const routes = httpCheck(["CreateRoute", "UpdateRoute"], `${referenceV2}/apis-apiid-routes.html`, [target]);

/** What a new route must have for its authorization. */
export const newRoutes = httpCheck(["CreateRoute"], `${referenceV2}/apis-apiid-routes.html`, [authorizer, scopes]);

/** Name, variables and access log of the stages of HTTP and WebSocket APIs. */
export const httpStages = httpCheck(["CreateStage", "UpdateStage"], `${referenceV2}/apis-apiid-stages.html`, [
  ({ StageName }) => (StageName === "$default" ? undefined : wrongStageName(StageName)),
  ({ StageVariables }) => wrongVariables(StageVariables),
  ({ AccessLogSettings }) => wrongLogDestination(object(AccessLogSettings).DestinationArn, ["logs"]),
  ({ AccessLogSettings }) => wrongLogFormat(object(AccessLogSettings).Format),
]);

/** A new stage with automatic deployment, which has no deployment of its own. */
export const newHttpStages = httpCheck(["CreateStage"], `${referenceV2}/apis-apiid-stages.html`, [
  ({ StageName, AutoDeploy, DeploymentId }) =>
    AutoDeploy === true && isSet(DeploymentId)
      ? badRequest(`Deployment ID cannot be set on this stage ${text(StageName)} because AutoDeploy is enabled.`)
      : undefined,
]);

function credentials({ CorsConfiguration }: JsonObject): Refusal | undefined {
  const { AllowCredentials, AllowOrigins } = object(CorsConfiguration);
  return AllowCredentials === true && list(AllowOrigins).includes("*")
    ? badRequest("allow-credentials is not supported if 'allow-origin' is *")
    : undefined;
}

function protocol({ ProtocolType, CorsConfiguration, RouteSelectionExpression }: JsonObject): Refusal | undefined {
  const expression = text(RouteSelectionExpression);
  if (ProtocolType === "WEBSOCKET") {
    if (isSet(CorsConfiguration)) return badRequest("Cors is not supported for WEBSOCKET protocolType");
    return expression === "" ? badRequest("Invalid routeSelectionExpression") : undefined;
  }
  const allowed = ["", "$request.method $request.path", "${request.method} ${request.path}"];
  return ProtocolType === "HTTP" && !allowed.includes(expression)
    ? badRequest('Route selection expression is currently limited to "${request.method} ${request.path}"')
    : undefined;
}

function target({ Target }: JsonObject): Refusal | undefined {
  return isSet(Target) && text(Target) !== "" && !/^integrations\/.+$/.test(text(Target))
    ? badRequest("Unexpected or malformed target in route. Correct format should be integrations/<integration_id>.")
    : undefined;
}

function authorizer({ AuthorizationType, AuthorizerId }: JsonObject): Refusal | undefined {
  if (text(AuthorizerId) !== "") return undefined;
  if (AuthorizationType === "JWT") {
    return badRequest(
      "Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer.",
    );
  }
  return AuthorizationType === "CUSTOM"
    ? badRequest(
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
      )
    : undefined;
}

function scopes({ AuthorizationType, AuthorizationScopes }: JsonObject): Refusal | undefined {
  return list(AuthorizationScopes).length > 0 && AuthorizationType !== "JWT"
    ? badRequest(
        "Invalid Route authorization type specified. Authorization Scopes are only valid for COGNITO_USER_POOLS and JWT authorization types",
      )
    : undefined;
}
