import type { Cors } from "../../../schema/ingress/common";
import { declaredHeaders, type Operation } from "./document";

/** Responses of the API itself where AWS's defaults mislead callers. */
export function gatewayResponses(cors: Cors | undefined): Readonly<Record<string, object>> {
  const responseParameters: Record<string, string> =
    cors === undefined ? {} : { "gatewayresponse.header.Access-Control-Allow-Origin": originOf(cors) };
  return {
    // API Gateway responds to an unknown path with 403 "Missing Authentication Token".
    MISSING_AUTHENTICATION_TOKEN: {
      statusCode: "404",
      responseTemplates: { "application/json": JSON.stringify({ message: "Not Found" }) },
      responseParameters,
    },
    // Without the header, browsers do not show the response to the page.
    ...(cors !== undefined && { DEFAULT_4XX: { responseParameters }, DEFAULT_5XX: { responseParameters } }),
  };
}

/** The response to a preflight request, from API Gateway itself and without authorization. */
export function corsPreflight(cors: Cors): Operation {
  const headers = preflightHeaders(cors);
  return {
    responses: { "204": { description: "Preflight response", headers: declaredHeaders(Object.keys(headers)) } },
    "x-amazon-apigateway-integration": {
      type: "mock",
      requestTemplates: { "application/json": JSON.stringify({ statusCode: 204 }) },
      responses: {
        default: {
          statusCode: "204",
          responseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
          ),
          responseTemplates: { "application/json": originTemplate(cors) },
        },
      },
    },
  };
}

function originOf({ allowOrigins }: Cors): string {
  return allowOrigins.length === 1 ? `'${allowOrigins[0] ?? ""}'` : "method.request.header.origin";
}

function preflightHeaders({
  allowHeaders,
  exposeHeaders,
  maxAgeSeconds,
  allowCredentials,
  allowOrigins,
}: Cors): Record<string, string> {
  return {
    "Access-Control-Allow-Origin": allowOrigins[0] ?? "",
    "Access-Control-Allow-Methods": "GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS",
    "Access-Control-Allow-Headers": allowHeaders.join(","),
    "Access-Control-Max-Age": String(maxAgeSeconds),
    ...(exposeHeaders.length > 0 && { "Access-Control-Expose-Headers": exposeHeaders.join(",") }),
    ...(allowCredentials && { "Access-Control-Allow-Credentials": "true" }),
    ...(allowOrigins.length > 1 && { Vary: "Origin" }),
  };
}

/** Browsers accept a single origin, so with several the response must contain the caller's. */
function originTemplate({ allowOrigins }: Cors): string {
  if (allowOrigins.length === 1) return "";
  const known = allowOrigins.map((origin) => `$origin == "${origin}"`).join(" || ");
  return `#set($origin = $input.params().header.get("origin"))
#if(${known})
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`;
}
