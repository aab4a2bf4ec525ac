import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cors } from "../../../schema/ingress/common";
import { encodedJson } from "../../json";

export interface ErrorResponsesProps {
  readonly api: ApiGatewayRestApi;
  readonly cors: Cors | undefined;
}

/** What the API answers by itself, where its defaults mislead callers. */
export class ErrorResponses extends Construct {
  public readonly parts: readonly ITerraformDependable[];
  /** What a deployment copies, for its hash. */
  public readonly content: readonly object[];

  constructor(scope: Construct, id: string, props: ErrorResponsesProps) {
    super(scope, id);
    const { api, cors } = props;
    const headers: Record<string, string> =
      cors === undefined ? {} : { "gatewayresponse.header.Access-Control-Allow-Origin": originOf(cors) };
    const responses = [
      {
        // API Gateway answers a path that no route has with 403 "Missing Authentication Token".
        responseType: "MISSING_AUTHENTICATION_TOKEN",
        statusCode: "404",
        responseTemplates: { "application/json": encodedJson({ message: "Not Found" }) },
        responseParameters: headers,
      },
      // Without the header a browser hides from its page why it was refused.
      ...(cors === undefined ? [] : ["DEFAULT_4XX", "DEFAULT_5XX"]).map((responseType) => ({
        responseType,
        responseParameters: headers,
      })),
    ];
    this.parts = responses.map(
      (response) =>
        new ApiGatewayGatewayResponse(this, response.responseType.toLowerCase().replaceAll("_", "-"), {
          restApiId: api.id,
          ...response,
        }),
    );
    this.content = responses;
  }
}

function originOf({ allowOrigins }: Cors): string {
  return allowOrigins.length === 1 ? `'${allowOrigins[0] ?? ""}'` : "method.request.header.origin";
}
