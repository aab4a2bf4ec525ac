import { reference } from "../../rules/api-gateway/reference";
import { text, type JsonObject, type JsonValue } from "../../wire/json";
import type { Refusal } from "../document";
import { isOutside, isSet } from "../values";
import { integrationRequest, wrongMapping } from "./mapping";
import { badRequest, restCheck, wrongVerb } from "./request";

const passthroughBehaviors = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"];

/** Method, credentials, passthrough and parameters of integrations. */
export const integrations = restCheck(["PutIntegration", "UpdateIntegration"], `${reference}/API_PutIntegration.html`, [
  ({ integrationHttpMethod: verb }) => (text(verb) === "" ? undefined : wrongVerb(text(verb))),
  credentials,
  passthrough,
  (settings) => wrongMapping(settings.requestParameters, integrationRequest),
]);

/** What a new integration must have. */
export const newIntegrations = restCheck(["PutIntegration"], `${reference}/API_PutIntegration.html`, [
  connection,
  ({ type, uri }) => wrongEndpoint(type, uri),
  timeout,
]);

/** The refusal of an endpoint that an integration of a type cannot have. */
export function wrongEndpoint(type: JsonValue, uri: JsonValue): Refusal | undefined {
  const endpoint = text(uri);
  if (type === "HTTP" || type === "HTTP_PROXY") {
    return /^https?:\/\//i.test(endpoint) ? undefined : badRequest("Invalid HTTP endpoint specified for URI");
  }
  if (type !== "AWS" && type !== "AWS_PROXY") return undefined;
  if (!endpoint.startsWith("arn:")) return badRequest("Invalid ARN specified in the request");
  // A stage variable may be everything behind the service.
  return /^arn:[^:]+:apigateway:[^:]+:[^:]+:(path\/|action\/|\$\{stageVariables\.)/.test(endpoint)
    ? undefined
    : badRequest("AWS ARN for integration must contain path or action");
}

/**
 * The refusal of a timeout; a response that is streamed may take longer.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export function timeout({ timeoutInMillis, responseTransferMode }: JsonObject): Refusal | undefined {
  const most = responseTransferMode === "STREAM" ? 900_000 : 29_000;
  return isOutside(timeoutInMillis, 50, most)
    ? badRequest(`Timeout should be between 50 ms and ${most} ms`)
    : undefined;
}

function connection({ connectionType, connectionId }: JsonObject): Refusal | undefined {
  return connectionType === "VPC_LINK" && text(connectionId) === ""
    ? badRequest("ConnectionId should be set to the vpcLinkId or stage variable on connection type VPC_LINK")
    : undefined;
}

function passthrough({ passthroughBehavior: behavior }: JsonObject): Refusal | undefined {
  return text(behavior) === "" || passthroughBehaviors.includes(text(behavior).toUpperCase())
    ? undefined
    : badRequest(`Invalid passthrough behavior specified: ${text(behavior)}`);
}

function credentials({ credentials: role }: JsonObject): Refusal | undefined {
  return isSet(role) && text(role) !== "" && !text(role).startsWith("arn:")
    ? badRequest("Invalid ARN specified in the request")
    : undefined;
}
