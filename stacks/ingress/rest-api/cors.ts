import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cors } from "../../../schema/ingress/common";
import { encodedJson } from "../../json";

export interface CorsPreflightProps {
  readonly api: ApiGatewayRestApi;
  readonly resourceId: string;
  readonly cors: Cors;
}

/** The answer to a browser's preflight request, which API Gateway gives without a service or an authorization. */
export class CorsPreflight extends Construct {
  public readonly parts: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CorsPreflightProps) {
    super(scope, id);
    const { api, resourceId, cors } = props;
    const headers = preflightHeaders(cors);
    const place = { restApiId: api.id, resourceId, httpMethod: "OPTIONS" };
    const method = new ApiGatewayMethod(this, "method", { ...place, authorization: "NONE" });
    const integration = new ApiGatewayIntegration(this, "integration", {
      ...place,
      type: "MOCK",
      requestTemplates: { "application/json": encodedJson({ statusCode: 204 }) },
      dependsOn: [method],
    });
    const response = new ApiGatewayMethodResponse(this, "response", {
      ...place,
      statusCode: "204",
      responseParameters: Object.fromEntries(
        Object.keys(headers).map((name) => [`method.response.header.${name}`, true]),
      ),
      dependsOn: [method],
    });
    const integrationResponse = new ApiGatewayIntegrationResponse(this, "integration-response", {
      ...place,
      statusCode: "204",
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
      ),
      responseTemplates: { "application/json": originTemplate(cors) },
      dependsOn: [integration, response],
    });
    this.parts = [method, integration, response, integrationResponse];
  }
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

/** A browser accepts one origin only, so that of several the answer must name the caller's. */
function originTemplate({ allowOrigins }: Cors): string {
  if (allowOrigins.length === 1) return "";
  const known = allowOrigins.map((origin) => `$origin == "${origin}"`).join(" || ");
  return `#set($origin = $input.params().header.get("origin"))
#if(${known})
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`;
}
