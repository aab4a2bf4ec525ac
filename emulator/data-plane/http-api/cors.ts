import { list, object, text, type JsonObject } from "../../wire/json";
import type { DataRequest, DataResponse } from "../message";

/**
 * The answer to a preflight request of an API with CORS; undefined for other requests.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflight(api: JsonObject, request: DataRequest): DataResponse | undefined {
  const { method, headers } = request;
  if (api.corsConfiguration == null || method !== "OPTIONS") return undefined;
  if (headers.origin === undefined || headers["access-control-request-method"] === undefined) return undefined;
  const cors = object(api.corsConfiguration);
  const joined = (values: JsonObject[string]): string => list(values).map(text).join(",");
  const allowed = originHeaders(cors, headers.origin);
  if (Object.keys(allowed).length === 0) return { status: 204, headers: {}, body: Buffer.alloc(0) };
  return {
    status: 204,
    headers: {
      ...allowed,
      ...(list(cors.allowMethods).length > 0 && { "access-control-allow-methods": joined(cors.allowMethods) }),
      ...(list(cors.allowHeaders).length > 0 && { "access-control-allow-headers": joined(cors.allowHeaders) }),
      ...(cors.maxAge != null && { "access-control-max-age": String(Number(cors.maxAge)) }),
    },
    body: Buffer.alloc(0),
  };
}

/** An answer with the CORS headers of the API in place of those of the integration. */
export function withCors(api: JsonObject, request: DataRequest, response: DataResponse): DataResponse {
  if (api.corsConfiguration == null) return response;
  const own = Object.entries(response.headers).filter(([name]) => !name.startsWith("access-control-"));
  const cors = object(api.corsConfiguration);
  const { origin } = request.headers;
  const added = origin === undefined ? {} : originHeaders(cors, origin);
  const exposed = list(cors.exposeHeaders).map(text).join(",");
  const headers = {
    ...Object.fromEntries(own),
    ...added,
    ...(Object.keys(added).length > 0 && exposed !== "" && { "access-control-expose-headers": exposed }),
  };
  return { ...response, headers };
}

function originHeaders(cors: JsonObject, origin: string): Record<string, string> {
  const allowed = list(cors.allowOrigins).map(text);
  const isAllowed = allowed.some((candidate) => {
    if (candidate === "*") return true;
    // "https://*" allows every host of the scheme.
    return candidate.endsWith("*") ? origin.startsWith(candidate.slice(0, -1)) : candidate === origin;
  });
  if (!isAllowed) return {};
  return {
    "access-control-allow-origin": allowed.includes("*") ? "*" : origin,
    ...(cors.allowCredentials === true && { "access-control-allow-credentials": "true" }),
  };
}
