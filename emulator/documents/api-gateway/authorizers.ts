import { reference } from "../../rules/api-gateway/reference";
import { list, text, type JsonObject } from "../../wire/json";
import type { Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { badRequest, restCheck } from "./request";

const source = `${reference}/API_CreateAuthorizer.html`;

/** Cache and function of an authorizer. */
export const authorizers = restCheck(["CreateAuthorizer", "UpdateAuthorizer"], source, [ttl, uri]);

/** What a new authorizer must have. */
export const newAuthorizers = restCheck(["CreateAuthorizer"], source, [lambda, identitySource, userPools]);

function ttl({ authorizerResultTtlInSeconds: seconds }: JsonObject): Refusal | undefined {
  return isOutside(seconds, 0, 3600)
    ? badRequest("Authorizer result TTL outside allowable range. TTL must be between 0 and 3600 seconds.")
    : undefined;
}

function uri({ authorizerUri }: JsonObject): Refusal | undefined {
  const written = text(authorizerUri);
  return written === "" || /^arn:[^:]+:apigateway:[^:]+:lambda:path\//.test(written)
    ? undefined
    : badRequest(
        `Invalid Authorizer URI: ${written}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
      );
}

function lambda({ type, authorizerUri }: JsonObject): Refusal | undefined {
  return (type === "TOKEN" || type === "REQUEST") && text(authorizerUri) === ""
    ? badRequest("AuthorizerUri cannot be empty")
    : undefined;
}

function identitySource(input: JsonObject): Refusal | undefined {
  const written = text(input.identitySource);
  if (input.type === "TOKEN") {
    if (written === "") return badRequest("IdentitySource cannot be empty");
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
    return /^method\.request\.header\.\S+$/.test(written)
      ? undefined
      : badRequest(`Invalid mapping expression specified: ${written}`);
  }
  if (input.type !== "REQUEST") return undefined;
  if (written === "") {
    // Without a value the cache is on too, but AWS does not document what it says then.
    return (numberOf(input.authorizerResultTtlInSeconds) ?? 0) > 0
      ? badRequest("Identity source must be set if authorizer caching is enabled (TTL is greater than 0)")
      : undefined;
  }
  const sources = written.split(",").map((each) => each.trim());
  const wrong = sources.find(
    (each) =>
      !/^(method\.request\.(header|querystring|multivaluequerystring|multivalueheader|path)|context|stageVariables)\.\S+$/.test(
        each,
      ),
  );
  return wrong === undefined ? undefined : badRequest(`Invalid request identity source expression: ${wrong}`);
}

function userPools({ type, providerARNs }: JsonObject): Refusal | undefined {
  if (type !== "COGNITO_USER_POOLS") return undefined;
  if (!isSet(providerARNs) || list(providerARNs).length === 0) return badRequest("ProviderARNs cannot be empty");
  return list(providerARNs).every((arn) => /^arn:[^:]+:cognito-idp:[^:]+:\d{12}:userpool\/\S+$/.test(text(arn)))
    ? undefined
    : badRequest("Invalid ARN specified in the request");
}
