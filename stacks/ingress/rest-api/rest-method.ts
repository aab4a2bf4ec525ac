import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { RoutePattern } from "../../../schema/route";
import type { MethodRules } from "./request-rules";
import type { RestBackend } from "./rest-routes";

/** What a method asks of its callers. */
export interface MethodAuthorization {
  readonly authorization: "NONE" | "COGNITO_USER_POOLS";
  readonly authorizerId?: string;
  readonly authorizationScopes?: string[];
}

export interface RestMethodProps {
  readonly api: ApiGatewayRestApi;
  readonly place: Omit<RoutePattern, "method"> & { readonly method: string; readonly resourceId: string };
  readonly backend: RestBackend;
  readonly url: string;
  readonly timeoutMilliseconds: number;
  readonly authorization: MethodAuthorization;
  readonly apiKeyRequired: boolean;
  readonly rules: MethodRules;
}

/** A resource, and what a deployment copies of it. */
interface Part {
  readonly part: ITerraformDependable;
  readonly content: object;
}

/** One method of a REST API and its integration, which hands the request on unchanged. */
export class RestMethod {
  public readonly method: Part;
  public readonly integration: Part;

  constructor(scope: Construct, id: string, props: RestMethodProps) {
    const { api, place, backend, url, authorization, rules } = props;
    const parameters = parametersOf(place);
    const common = { restApiId: api.id, resourceId: place.resourceId, httpMethod: place.method };
    const method = {
      ...common,
      ...authorization,
      apiKeyRequired: props.apiKeyRequired,
      ...rules.settings,
      requestParameters: {
        ...Object.fromEntries(parameters.map((name) => [`method.request.path.${name}`, true])),
        ...rules.parameters,
      },
    };
    const integration = {
      ...common,
      type: "HTTP_PROXY",
      integrationHttpMethod: place.method,
      connectionType: "VPC_LINK",
      connectionId: backend.vpcLinkId,
      integrationTarget: backend.integrationTarget,
      uri: `${url}/${[...place.segments, ...(place.greedy ? ["{proxy}"] : [])].join("/")}`,
      requestParameters: Object.fromEntries(
        parameters.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
      ),
      timeoutMilliseconds: props.timeoutMilliseconds,
    };
    const methodScope = new Construct(scope, id);
    const restMethod = new ApiGatewayMethod(methodScope, "method", method);
    const restIntegration = new ApiGatewayIntegration(methodScope, "integration", {
      ...integration,
      dependsOn: [restMethod],
    });
    this.method = { part: restMethod, content: method };
    this.integration = { part: restIntegration, content: { ...integration, uri: restIntegration.uri } };
  }
}

function parametersOf({ segments, greedy }: Pick<RoutePattern, "segments" | "greedy">): string[] {
  const named = segments.flatMap((segment) => /^\{(\w+)\}$/.exec(segment)?.[1] ?? []);
  return greedy ? [...named, "proxy"] : named;
}
