import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cors } from "../../../schema/ingress/common";
import { encodedJson } from "../../json";

export interface ErrorResponsesProps {
  readonly api: ApiGatewayRestApi;
  readonly cors: Cors | undefined;
}

/** Responses of the API itself where AWS's defaults mislead callers. */
export class ErrorResponses extends Construct {
  public readonly resources: readonly ITerraformDependable[];
  /** Configuration that a deployment copies, for its hash. */
  public readonly content: readonly object[];

  constructor(scope: Construct, id: string, props: ErrorResponsesProps) {
    super(scope, id);
    const { api, cors } = props;
    const headers: Record<string, string> =
      cors === undefined ? {} : { "gatewayresponse.header.Access-Control-Allow-Origin": originOf(cors) };
    const responses = [
      {
        // API Gateway responds to an unknown path with 403 "Missing Authentication Token".
        responseType: "MISSING_AUTHENTICATION_TOKEN",
        statusCode: "404",
        responseTemplates: { "application/json": encodedJson({ message: "Not Found" }) },
        responseParameters: headers,
      },
      // Without the header, browsers do not show the response to the page.
      ...(cors === undefined ? [] : ["DEFAULT_4XX", "DEFAULT_5XX"]).map((responseType) => ({
        responseType,
        responseParameters: headers,
      })),
    ];
    this.resources = responses.map(
      (response) =>
        new ApiGatewayGatewayResponse(this, response.responseType.toLowerCase().replaceAll("_", "-"), {
          restApiId: api.id,
          ...response,
        }),
    );
    this.content = responses;
  }
}

export interface CorsPreflightProps {
  readonly api: ApiGatewayRestApi;
  readonly resourceId: string;
  readonly cors: Cors;
}

/** The response to a preflight request, from API Gateway itself and without authorization. */
export class CorsPreflight extends Construct {
  public readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CorsPreflightProps) {
    super(scope, id);
    const { api, resourceId, cors } = props;
    const headers = preflightHeaders(cors);
    const common = { restApiId: api.id, resourceId, httpMethod: "OPTIONS" };
    const method = new ApiGatewayMethod(this, "method", { ...common, authorization: "NONE" });
    const integration = new ApiGatewayIntegration(this, "integration", {
      ...common,
      type: "MOCK",
      requestTemplates: { "application/json": encodedJson({ statusCode: 204 }) },
      dependsOn: [method],
    });
    const response = new ApiGatewayMethodResponse(this, "response", {
      ...common,
      statusCode: "204",
      responseParameters: Object.fromEntries(
        Object.keys(headers).map((name) => [`method.response.header.${name}`, true]),
      ),
      dependsOn: [method],
    });
    const integrationResponse = new ApiGatewayIntegrationResponse(this, "integration-response", {
      ...common,
      statusCode: "204",
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
      ),
      responseTemplates: { "application/json": originTemplate(cors) },
      dependsOn: [integration, response],
    });
    this.resources = [method, integration, response, integrationResponse];
  }
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
