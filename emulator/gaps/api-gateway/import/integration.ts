import { object, omit, scalarText, text, type JsonObject } from "../../../wire/json";

/** The input of PutIntegration. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html */
export function integrationOf(extension: JsonObject): JsonObject {
  const { type, httpMethod, passthroughBehavior, ...rest } = omit(extension, ["responses", "payloadFormatVersion"]);
  return {
    ...rest,
    type: text(type).toUpperCase(),
    ...(httpMethod != null && { integrationHttpMethod: httpMethod }),
    ...(passthroughBehavior != null && { passthroughBehavior: text(passthroughBehavior).toUpperCase() }),
  };
}

/** The inputs of PutIntegrationResponse; the response "default" has no pattern. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-responses.html */
export function integrationResponsesOf({ responses }: JsonObject): readonly JsonObject[] {
  return Object.entries(object(responses)).map(([pattern, response]) => {
    const { statusCode, ...rest } = object(response);
    const selectionPattern = pattern === "default" ? {} : { selectionPattern: pattern };
    return { ...rest, ...selectionPattern, statusCode: scalarText(statusCode) };
  });
}
