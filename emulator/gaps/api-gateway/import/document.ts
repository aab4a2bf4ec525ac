import { isJsonObject, list, object, scalarText, text, type JsonObject, type JsonValue } from "../../../wire/json";
import { integrationOf, integrationResponsesOf } from "./integration";
import { bodyModels, inlineModels, parametersOf, responseHeaders } from "./parameters";
import { authorizersOf, securityOf, type Security } from "./security";

/** What an OpenAPI document makes of a REST API: the parameters of the single calls, without ids. */
export interface ImportedApi {
  /** Settings that a document resets when it does not have them. */
  readonly settings: JsonObject;
  readonly models: readonly JsonObject[];
  readonly authorizers: readonly JsonObject[];
  readonly validators: readonly JsonObject[];
  readonly gatewayResponses: readonly JsonObject[];
  readonly methods: readonly ImportedMethod[];
}

/** A method of a path; it names its authorizer and validator, whose ids are known later. */
export interface ImportedMethod {
  readonly path: string;
  readonly verb: string;
  readonly security: Security;
  /** Name of the request validator; "" for none. */
  readonly validator: string;
  readonly method: JsonObject;
  readonly responses: readonly JsonObject[];
  /** @default - the method has no integration, and the API cannot be deployed */
  readonly integration?: JsonObject;
  readonly integrationResponses: readonly JsonObject[];
}

const verbs = ["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"];

/** The OpenAPI document in the body of PutRestApi or ImportRestApi; undefined when it is not JSON. */
export function documentIn({ body }: JsonObject): JsonObject | undefined {
  try {
    const value = JSON.parse(Buffer.from(text(body), "base64").toString()) as JsonValue; // untyped; a JsonValue is exactly what it can return
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a document of OpenAPI 3.0. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html */
export function readDocument(document: JsonObject): ImportedApi {
  const info = object(document.info);
  const schemas = Object.entries(object(object(document.components).schemas));
  const methods = Object.entries(object(document.paths)).flatMap(([path, item]) =>
    Object.entries(object(item))
      .filter(([verb]) => verbs.includes(verb))
      .map(([verb, operation]) => readMethod(document, path, verb, object(operation), object(item))),
  );
  return {
    settings: {
      name: info.title,
      description: info.description,
      binaryMediaTypes: document["x-amazon-apigateway-binary-media-types"],
      apiKeySource: document["x-amazon-apigateway-api-key-source"],
      minimumCompressionSize: document["x-amazon-apigateway-minimum-compression-size"],
      policy: document["x-amazon-apigateway-policy"],
      disableExecuteApiEndpoint: endpointsOf(document).disableExecuteApiEndpoint,
    },
    models: [
      ...schemas.map(([name, schema]) => modelOf(name, schema)),
      ...inlineModels(document).map(([name, schema]) => modelOf(name, schema)),
    ],
    authorizers: authorizersOf(document),
    validators: Object.entries(object(document["x-amazon-apigateway-request-validators"])).map(([name, validator]) => ({
      name,
      ...object(validator),
    })),
    gatewayResponses: Object.entries(object(document["x-amazon-apigateway-gateway-responses"])).map(
      ([responseType, response]) => ({ responseType, ...withTextStatus(object(response)) }),
    ),
    methods,
  };
}

function readMethod(
  document: JsonObject,
  path: string,
  verb: string,
  operation: JsonObject,
  item: JsonObject,
): ImportedMethod {
  const integration = operation["x-amazon-apigateway-integration"] ?? item["x-amazon-apigateway-integration"];
  const requestModels = bodyModels(object(object(operation.requestBody).content));
  return {
    path,
    verb: verb.startsWith("x-") ? "ANY" : verb.toUpperCase(),
    security: securityOf(document, operation),
    validator: text(
      operation["x-amazon-apigateway-request-validator"] ?? document["x-amazon-apigateway-request-validator"],
    ),
    method: {
      operationName: operation.operationId,
      requestParameters: parametersOf(document, item, operation),
      ...(Object.keys(requestModels).length > 0 && { requestModels }),
    },
    responses: Object.entries(object(operation.responses)).map(([statusCode, response]) => ({
      statusCode,
      responseParameters: responseHeaders(object(response)),
      responseModels: bodyModels(object(object(response).content)),
    })),
    ...(integration != null && { integration: integrationOf(object(integration)) }),
    integrationResponses: integrationResponsesOf(object(integration)),
  };
}

function modelOf(name: string, schema: JsonValue): JsonObject {
  return { name, contentType: "application/json", schema: JSON.stringify(schema) };
}

function withTextStatus({ statusCode, ...rest }: JsonObject): JsonObject {
  return statusCode == null ? rest : { ...rest, statusCode: scalarText(statusCode) };
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-endpoint-configuration.html
function endpointsOf(document: JsonObject): JsonObject {
  const name = "x-amazon-apigateway-endpoint-configuration";
  const [server] = list(document.servers);
  return object(object(server)[name] ?? document[name]);
}
