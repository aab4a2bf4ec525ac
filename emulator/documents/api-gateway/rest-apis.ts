import { reference } from "../../rules/api-gateway/reference";
import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { badRequest, restCheck } from "./request";

/** Description, compression and policy of a REST API. */
export const restApis = restCheck(["CreateRestApi", "UpdateRestApi"], `${reference}/API_CreateRestApi.html`, [
  compression,
  policySize,
]);

/** Endpoints of a new REST API. */
export const newRestApis = restCheck(["CreateRestApi"], `${reference}/API_EndpointConfiguration.html`, [
  endpoints,
  description,
]);

/** Endpoints and API key source that a REST API changes to; the API model has them for a new one. */
export const changedRestApis: DocumentCheck = {
  service: "apigateway",
  operations: ["UpdateRestApi"],
  source: "https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html",
  check: ({ patchOperations }) => {
    const given = objects(patchOperations).filter(({ op }) => op === "add" || op === "replace");
    const refusals = given.map((operation) => firstRefusal([endpointType, addressType, keySource], operation));
    return refusals.find((refusal) => refusal !== undefined);
  },
};

/** Name, value and description of API keys. */
export const apiKeys = restCheck(["CreateApiKey", "UpdateApiKey"], `${reference}/API_CreateApiKey.html`, [apiKey]);

/** Names of request validators. */
export const requestValidators = restCheck(
  ["CreateRequestValidator", "UpdateRequestValidator"],
  `${reference}/API_CreateRequestValidator.html`,
  [({ name }) => (name === "" ? badRequest("Request Validator name cannot be blank") : undefined)],
);

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
function compression({ minimumCompressionSize: size }: JsonObject): Refusal | undefined {
  // Without a value, a patch operation turns compression off.
  if (!isSet(size) || size === "") return undefined;
  return numberOf(size) === undefined || isOutside(size, 0, 10_485_760)
    ? badRequest("Invalid minimum compression size, must be between 0 and 10485760")
    : undefined;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
function policySize({ policy }: JsonObject): Refusal | undefined {
  return text(policy).length > 8192
    ? badRequest("Resource policy exceeds the maximum length of 8192 characters")
    : undefined;
}

function description({ description: written }: JsonObject): Refusal | undefined {
  return written === "" ? badRequest("Description cannot be an empty string") : undefined;
}

function endpoints({ endpointConfiguration }: JsonObject): Refusal | undefined {
  if (!isSet(endpointConfiguration)) return undefined;
  const { types, ipAddressType, vpcEndpointIds } = object(endpointConfiguration);
  if (isSet(types) && list(types).length === 0) {
    return badRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
  }
  if (list(types).length > 1) return badRequest("Cannot create an api with multiple Endpoint Types.");
  const isPrivate = list(types).includes("PRIVATE");
  if (isPrivate && ipAddressType === "ipv4") {
    return badRequest("Only dualstack ipAddressType is supported for Private APIs.");
  }
  return !isPrivate && list(vpcEndpointIds).length > 0
    ? badRequest("VPCEndpoints can only be specified with PRIVATE apis.")
    : undefined;
}

function endpointType({ path, value }: JsonObject): Refusal | undefined {
  const types = ["REGIONAL", "EDGE", "PRIVATE"];
  return /^\/endpointConfiguration\/types\b/.test(text(path)) && !types.includes(text(value))
    ? badRequest(`Invalid EndpointTypes specified. Valid options are ${types.join(",")}`)
    : undefined;
}

function addressType({ path, value }: JsonObject): Refusal | undefined {
  return path === "/endpointConfiguration/ipAddressType" && value !== "ipv4" && value !== "dualstack"
    ? badRequest("ipAddressType must be either ipv4 or dualstack.")
    : undefined;
}

function keySource({ path, value }: JsonObject): Refusal | undefined {
  return path === "/apiKeySource" && value !== "HEADER" && value !== "AUTHORIZER"
    ? badRequest("Invalid API key source specified. Valid options are HEADER,AUTHORIZER")
    : undefined;
}

function apiKey({ name, value, description: written }: JsonObject): Refusal | undefined {
  if (text(name).length > 1024) return badRequest("Invalid API Key name, can be at most 1024 characters.");
  if (text(value).length > 128) return badRequest("API Key value exceeds maximum size of 128 characters");
  return text(written).length > 125_000 ? badRequest("Invalid API Key description specified.") : undefined;
}
