import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { WebConfig } from "../../../schema";
import type { RoutePattern } from "../../../schema/route";
import type { RestApiConfig } from "../ingress";
import { routeScope } from "../route-scope";
import { RequestRules, type MethodRules } from "./request-validation";
import { CorsPreflight } from "./responses";

/** How the API reaches the services. */
export interface RestBackend {
  readonly vpcLinkId: string;
  /** The ALB behind a VPC link V2. @default - the NLB of the VPC link */
  readonly integrationTarget?: string;
  /** `http://host:port` of a service, without a path. */
  readonly urlOf: (service: string) => string;
}

export interface RestRoutesProps {
  readonly services: readonly (readonly [name: string, service: WebConfig])[];
  readonly ingress: RestApiConfig;
  readonly api: ApiGatewayRestApi;
  readonly backend: RestBackend;
  /** What a method asks of its callers. */
  readonly authorizationOf: (route: {
    readonly public?: true | undefined;
    readonly scopes: readonly string[];
  }) => MethodAuthorization;
}

/** The resources, methods and integrations of a REST API, generated from the routes of the services. */
export class RestRoutes extends Construct {
  /** What a deployment copies, for its hash: configured values, as whole resources would change with every plan. */
  public readonly content: object[] = [];
  /** What must exist before a deployment. */
  public readonly parts: ITerraformDependable[] = [];
  private readonly resources = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RestRoutesProps,
  ) {
    super(scope, id);
    const { services, ingress, api, backend, authorizationOf } = props;
    const requestRules = new RequestRules(this, "request-rules", { api });
    for (const [name, service] of services) {
      for (const route of service.routes) {
        for (const place of placesOf(route)) {
          const { method, integration } = new RestMethod(routeScope(this, place), route.method.toLowerCase(), {
            api,
            place: { ...place, method: route.method, resourceId: this.resourceAt(place) },
            backend,
            url: backend.urlOf(name),
            timeoutMilliseconds: ingress.timeoutMilliseconds,
            authorization: authorizationOf(route),
            apiKeyRequired: route.apiKey ?? false,
            rules: requestRules.for(route),
          });
          this.add(method, integration);
        }
      }
    }
    this.content.push(...requestRules.content);
    if (ingress.cors !== undefined) this.answerPreflights(api, ingress.cors);
  }

  /** The resource of a path, made with all above it when it is first asked for. */
  public resourceAt(place: Place): string {
    const { api } = this.props;
    if (place.segments.length === 0 && !place.greedy) return api.rootResourceId;
    const path = pathOf(place);
    const known = this.resources.get(path);
    if (known !== undefined) return known;
    const parentId = this.resourceAt({
      segments: place.greedy ? place.segments : place.segments.slice(0, -1),
      greedy: false,
    });
    const { id } = new ApiGatewayResource(routeScope(this, place), "resource", {
      restApiId: api.id,
      parentId,
      pathPart: place.greedy ? "{proxy+}" : (place.segments.at(-1) ?? ""),
    });
    this.resources.set(path, id);
    return id;
  }

  private add(...parts: readonly { readonly part: ITerraformDependable; readonly content: object }[]): void {
    this.parts.push(...parts.map(({ part }) => part));
    this.content.push(...parts.map(({ content }) => content));
  }

  private answerPreflights(api: ApiGatewayRestApi, cors: NonNullable<RestApiConfig["cors"]>): void {
    const places = new Map<string, Place>();
    for (const [, { routes }] of this.props.services) {
      for (const place of routes.flatMap(placesOf)) places.set(pathOf(place), place);
    }
    for (const place of places.values()) {
      const preflight = new CorsPreflight(routeScope(this, place), "preflight", {
        api,
        resourceId: this.resourceAt(place),
        cors,
      });
      this.parts.push(...preflight.parts);
    }
    this.content.push(cors);
  }
}

type Place = Pick<RoutePattern, "segments" | "greedy">;

/** API Gateway's `{proxy+}` matches at least one segment, so a greedy route stands in two places. */
function placesOf({ segments, greedy }: Place): Place[] {
  const exact = { segments, greedy: false };
  return greedy ? [exact, { segments, greedy: true }] : [exact];
}

function pathOf({ segments, greedy }: Place): string {
  return [...segments, ...(greedy ? ["{proxy+}"] : [])].join("/");
}

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
