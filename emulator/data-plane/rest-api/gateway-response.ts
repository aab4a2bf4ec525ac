import { object, text, type JsonObject } from "../../wire/json";
import type { DataRequest, DataResponse } from "../message";

/**
 * Answers of API Gateway itself, with status, error type and message.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const defaults = {
  MISSING_AUTHENTICATION_TOKEN: [403, "MissingAuthenticationTokenException", "Missing Authentication Token"],
  UNAUTHORIZED: [401, "UnauthorizedException", "Unauthorized"],
  ACCESS_DENIED: [403, "AccessDeniedException", "Forbidden"],
  INVALID_API_KEY: [403, "ForbiddenException", "Forbidden"],
  THROTTLED: [429, "TooManyRequestsException", "Too Many Requests"],
  QUOTA_EXCEEDED: [429, "LimitExceededException", "Limit Exceeded"],
  BAD_REQUEST_PARAMETERS: [400, "BadRequestException", "Missing required request parameters"],
  BAD_REQUEST_BODY: [400, "BadRequestException", "Invalid request body"],
  REQUEST_TOO_LARGE: [413, "RequestTooLargeException", "Request Too Long"],
  INTEGRATION_FAILURE: [504, "InternalServerErrorException", "Network error communicating with endpoint"],
  INTEGRATION_TIMEOUT: [504, "InternalServerErrorException", "Endpoint request timed out"],
  API_CONFIGURATION_ERROR: [500, "InternalServerErrorException", "Internal server error"],
  WAF_FILTERED: [403, "ForbiddenException", "Forbidden"],
} as const;

/** A kind of answer of API Gateway itself. */
export type GatewayResponseType = keyof typeof defaults;

/** An answer of API Gateway itself, as the API customizes it. */
export function gatewayResponse(
  customized: readonly JsonObject[],
  type: GatewayResponseType,
  request: DataRequest,
  message?: string,
): DataResponse {
  const [status, errorType, defaultMessage] = defaults[type];
  const error = message ?? defaultMessage;
  const named = (name: string): JsonObject | undefined => customized.find(({ responseType }) => responseType === name);
  const own = named(type) ?? named(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX") ?? {};
  const template =
    text(object(own.responseTemplates)["application/json"]) || '{"message":$context.error.messageString}';
  const body = template
    .replaceAll("$context.error.messageString", JSON.stringify(error))
    .replaceAll("$context.error.message", error)
    .replaceAll("$context.error.responseType", type);
  const headers = Object.entries(object(own.responseParameters)).flatMap(([key, value]) => {
    const [, name] = /^gatewayresponse\.header\.(.+)$/.exec(key) ?? [];
    const content = headerValue(text(value), request);
    return name === undefined || content === undefined ? [] : [[name.toLowerCase(), content] as const];
  });
  return {
    status: Number(own.statusCode ?? status),
    headers: { "content-type": "application/json", "x-amzn-errortype": errorType, ...Object.fromEntries(headers) },
    body: Buffer.from(body),
  };
}

function headerValue(expression: string, { headers, path }: DataRequest): string | undefined {
  const constant = /^'(.*)'$/.exec(expression)?.[1];
  if (constant !== undefined) return constant;
  const header = /^method\.request\.header\.(.+)$/.exec(expression)?.[1];
  if (header !== undefined) return headers[header.toLowerCase()];
  return expression === "context.path" ? path : undefined;
}
