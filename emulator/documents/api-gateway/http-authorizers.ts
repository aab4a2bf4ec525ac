import { referenceV2 } from "../../rules/api-gateway/reference";
import { list, object, text, type JsonObject } from "../../wire/json";
import type { Refusal } from "../document";
import { isSet, numberOf } from "../values";
import { badRequest, httpCheck } from "./request";

const source = `${referenceV2}/apis-apiid-authorizers.html`;

/** Identity sources, issuer and payload of the authorizers of HTTP and WebSocket APIs. */
export const httpAuthorizers = httpCheck(["CreateAuthorizer", "UpdateAuthorizer"], source, [
  identitySources,
  issuer,
  payload,
]);

/** What a new authorizer must have. */
export const newHttpAuthorizers = httpCheck(["CreateAuthorizer"], source, [jwt, lambda]);

// HTTP APIs begin expressions with "$"; those of WebSocket APIs are as in the second form.
function identitySources({ IdentitySource }: JsonObject): Refusal | undefined {
  const wrong = list(IdentitySource)
    .map(text)
    .find((each) => !/^(\$\S|(route\.request\.(header|querystring)|context|stageVariables)\.\S)/.test(each));
  return wrong === undefined ? undefined : badRequest(`Invalid identity source expression: ${wrong}`);
}

function issuer({ JwtConfiguration }: JsonObject): Refusal | undefined {
  const { Issuer } = object(JwtConfiguration);
  return isSet(Issuer) && !text(Issuer).startsWith("https://")
    ? badRequest("Invalid issuer: Issuer is not a valid URL for JWT Authorizer")
    : undefined;
}

function payload({ AuthorizerPayloadFormatVersion: version }: JsonObject): Refusal | undefined {
  return isSet(version) && !["1.0", "2.0"].includes(text(version))
    ? badRequest(`Unsupported AuthorizerPayloadFormatVersion: ${text(version)}`)
    : undefined;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
function jwt({ AuthorizerType, JwtConfiguration }: JsonObject): Refusal | undefined {
  if (AuthorizerType !== "JWT") return undefined;
  if (!isSet(JwtConfiguration)) return badRequest("JwtConfiguration must not be null for JWT Authorizer");
  const { Issuer, Audience } = object(JwtConfiguration);
  if (text(Issuer) === "") return badRequest("Issuer must not be null for JWT Authorizer");
  return list(Audience).length === 0 ? badRequest("Audience must not be empty for JWT Authorizer") : undefined;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
function lambda(input: JsonObject): Refusal | undefined {
  if (input.AuthorizerType !== "REQUEST") return undefined;
  if (text(input.AuthorizerUri) === "") return badRequest("AuthorizerUri is a required field in an Authorizer");
  if (input.EnableSimpleResponses === true && input.AuthorizerPayloadFormatVersion !== "2.0") {
    return badRequest('EnableSimpleResponses can only be set for AuthorizerPayloadFormatVersion "2.0".');
  }
  return (numberOf(input.AuthorizerResultTtlInSeconds) ?? 0) > 0 && list(input.IdentitySource).length === 0
    ? badRequest("Identity source must be set if authorizer caching is enabled (TTL is greater than 0)")
    : undefined;
}
