import { reference } from "../../rules/api-gateway/reference";
import { list, object, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, type Refusal } from "../document";
import { isSet } from "../values";
import {
  gatewayResponse,
  integrationResponse,
  requestParameters,
  responseParameters,
  wrongContentType,
  wrongMapping,
} from "./mapping";
import { badRequest, restCheck, wrongVerb } from "./request";

/** Path parts of resources. */
export const resources = restCheck(["CreateResource", "UpdateResource"], `${reference}/API_CreateResource.html`, [
  pathPart,
]);

/** Authorization and parameters of methods. */
export const methods = restCheck(["PutMethod", "UpdateMethod"], `${reference}/API_PutMethod.html`, [
  authorizationType,
  (settings) => wrongMapping(settings.requestParameters, requestParameters),
]);

/** What a new method must have. */
export const newMethods = restCheck(["PutMethod"], `${reference}/API_PutMethod.html`, [
  ({ httpMethod }) => wrongVerb(text(httpMethod)),
  authorizer,
  scopes,
  parameterNames,
]);

/** Parameters of method responses. */
export const methodResponses = restCheck(
  ["PutMethodResponse", "UpdateMethodResponse"],
  `${reference}/API_PutMethodResponse.html`,
  [(settings) => wrongMapping(settings.responseParameters, responseParameters)],
);

/** Parameters and templates of integration responses. */
export const integrationResponses = restCheck(
  ["PutIntegrationResponse", "UpdateIntegrationResponse"],
  `${reference}/API_PutIntegrationResponse.html`,
  [
    (settings) => wrongMapping(settings.responseParameters, integrationResponse),
    ({ responseTemplates }) => wrongContentType(responseTemplates),
  ],
);

/** Parameters of gateway responses. */
export const gatewayResponses = restCheck(
  ["PutGatewayResponse", "UpdateGatewayResponse"],
  `${reference}/API_PutGatewayResponse.html`,
  [(settings) => wrongMapping(settings.responseParameters, gatewayResponse), gatewayStatus],
);

/** Authorization types with an authorizer. */
const authorized = ["CUSTOM", "COGNITO_USER_POOLS"];

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
function pathPart({ pathPart: part }: JsonObject): Refusal | undefined {
  if (!isSet(part) || /^([\w.,:-]+|\{[\w.:-]+\+?\})$/.test(text(part))) return undefined;
  return badRequest(
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
  );
}

// API Gateway takes the types in lower case too.
function authorizationType({ authorizationType: type }: JsonObject): Refusal | undefined {
  const types = ["NONE", "AWS_IAM", ...authorized];
  return !isSet(type) || types.includes(text(type).toUpperCase())
    ? undefined
    : badRequest(`Invalid authorization type specified. Valid options are ${types.join(",")}`);
}

function authorizer({ authorizationType: type, authorizerId }: JsonObject): Refusal | undefined {
  return authorized.includes(text(type).toUpperCase()) && text(authorizerId) === ""
    ? badRequest(
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
      )
    : undefined;
}

function scopes({ authorizationType: type, authorizationScopes }: JsonObject): Refusal | undefined {
  return list(authorizationScopes).length > 0 && text(type).toUpperCase() !== "COGNITO_USER_POOLS"
    ? badRequest("Authorization Scopes are only valid for COGNITO_USER_POOLS authorization type")
    : undefined;
}

function parameterNames(settings: JsonObject): Refusal | undefined {
  const names = Object.keys(object(settings.requestParameters)).map((key) => key.split(".").slice(3).join("."));
  return firstDuplicate(names) === undefined
    ? undefined
    : badRequest("Parameter names must be unique across querystring, header and path");
}

// The API model has the form for new responses.
function gatewayStatus({ statusCode }: JsonObject): Refusal | undefined {
  return !isSet(statusCode) || /^[1-5]\d\d$/.test(text(statusCode))
    ? undefined
    : badRequest(`Invalid status code specified: ${text(statusCode)}`);
}
