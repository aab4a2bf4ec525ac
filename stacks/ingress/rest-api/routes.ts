import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { WebConfig } from "../../../schema";
import type { RoutePattern } from "../../../schema/route";
import type { RestApiConfig } from "../kind";
import { routeScope } from "../route-scope";
import { RequestValidation, type MethodValidation } from "./request-validation";
import { CorsPreflight } from "./responses";

/** How the API reaches the services. */
export interface RestBackend {
  readonly vpcLinkId: string;
  /** The ALB behind a VPC link V2. @default - the NLB of the VPC link */
  readonly integrationTarget?: string;
  /** `http://host:port` of a service, without a path. */
  readonly urlOf: (service: string) => string;
}

/** The authorization that a method requires. */
export interface MethodAuthorization {
  readonly authorization: "NONE" | "COGNITO_USER_POOLS";
  readonly authorizerId?: string;
  readonly authorizationScopes?: string[];
}

export interface RestRoutesProps {
  readonly services: readonly (readonly [name: string, service: WebConfig])[];
  readonly ingress: RestApiConfig;
  readonly api: ApiGatewayRestApi;
  readonly backend: RestBackend;
  /** The authorization that a method requires. */
  readonly authorizationOf: (route: {
    readonly public?: true | undefined;
    readonly scopes: readonly string[];
  }) => MethodAuthorization;
}

/** The resources, methods and integrations of a REST API, generated from the routes of the services. */
export class RestRoutes extends Construct {
  /** Configuration that a deployment copies, for its hash; a hash of whole resources would change with every plan. */
  public readonly content: object[] = [];
  /** For `dependsOn` of the deployment. */
  public readonly resources: ITerraformDependable[] = [];
  private readonly resourceIds = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RestRoutesProps,
  ) {
    super(scope, id);
    const { services, ingress, api, backend, authorizationOf } = props;
    const requestValidation = new RequestValidation(this, "request-rules", { api });
    for (const [name, service] of services) {
      for (const route of service.routes) {
        for (const path of resourcePaths(route)) {
          const { method, integration } = new RestMethod(routeScope(this, path), route.method.toLowerCase(), {
            api,
            route: { ...path, method: route.method, resourceId: this.resourceAt(path) },
            backend,
            url: backend.urlOf(name),
            timeoutMilliseconds: ingress.timeoutMilliseconds,
            authorization: authorizationOf(route),
            apiKeyRequired: route.apiKey ?? false,
            validation: requestValidation.for(route),
          });
          this.add(method, integration);
        }
      }
    }
    this.content.push(...requestValidation.content);
    if (ingress.cors !== undefined) this.answerPreflights(api, ingress.cors);
  }

  /** Id of the resource of a path, which is created with its parents on first use. */
  public resourceAt(path: ResourcePath): string {
    const { api } = this.props;
    if (path.segments.length === 0 && !path.greedy) return api.rootResourceId;
    const key = pathOf(path);
    const known = this.resourceIds.get(key);
    if (known !== undefined) return known;
    const parentId = this.resourceAt({
      segments: path.greedy ? path.segments : path.segments.slice(0, -1),
      greedy: false,
    });
    const { id } = new ApiGatewayResource(routeScope(this, path), "resource", {
      restApiId: api.id,
      parentId,
      pathPart: path.greedy ? "{proxy+}" : (path.segments.at(-1) ?? ""),
    });
    this.resourceIds.set(key, id);
    return id;
  }

  private add(...deployed: readonly { readonly resource: ITerraformDependable; readonly content: object }[]): void {
    this.resources.push(...deployed.map(({ resource }) => resource));
    this.content.push(...deployed.map(({ content }) => content));
  }

  private answerPreflights(api: ApiGatewayRestApi, cors: NonNullable<RestApiConfig["cors"]>): void {
    const paths = new Map<string, ResourcePath>();
    for (const [, { routes }] of this.props.services) {
      for (const path of routes.flatMap(resourcePaths)) paths.set(pathOf(path), path);
    }
    for (const path of paths.values()) {
      const preflight = new CorsPreflight(routeScope(this, path), "preflight", {
        api,
        resourceId: this.resourceAt(path),
        cors,
      });
      this.resources.push(...preflight.resources);
    }
    this.content.push(cors);
  }
}

type ResourcePath = Pick<RoutePattern, "segments" | "greedy">;

/** API Gateway's `{proxy+}` matches one segment or more, so a greedy route has two paths. */
function resourcePaths({ segments, greedy }: ResourcePath): ResourcePath[] {
  const exact = { segments, greedy: false };
  return greedy ? [exact, { segments, greedy: true }] : [exact];
}

function pathOf({ segments, greedy }: ResourcePath): string {
  return [...segments, ...(greedy ? ["{proxy+}"] : [])].join("/");
}

interface RestMethodProps {
  readonly api: ApiGatewayRestApi;
  readonly route: Omit<RoutePattern, "method"> & { readonly method: string; readonly resourceId: string };
  readonly backend: RestBackend;
  readonly url: string;
  readonly timeoutMilliseconds: number;
  readonly authorization: MethodAuthorization;
  readonly apiKeyRequired: boolean;
  readonly validation: MethodValidation;
}

/** A resource, and the configuration that a deployment copies. */
interface DeployedResource {
  readonly resource: ITerraformDependable;
  readonly content: object;
}

/** One method of a REST API and its integration, which forwards the request unchanged. */
class RestMethod {
  public readonly method: DeployedResource;
  public readonly integration: DeployedResource;

  constructor(scope: Construct, id: string, props: RestMethodProps) {
    const { api, route, backend, url, authorization, validation } = props;
    const parameters = parametersOf(route);
    const common = { restApiId: api.id, resourceId: route.resourceId, httpMethod: route.method };
    const method = {
      ...common,
      ...authorization,
      apiKeyRequired: props.apiKeyRequired,
      ...validation.settings,
      requestParameters: {
        ...Object.fromEntries(parameters.map((name) => [`method.request.path.${name}`, true])),
        ...validation.parameters,
      },
    };
    const integration = {
      ...common,
      type: "HTTP_PROXY",
      integrationHttpMethod: route.method,
      connectionType: "VPC_LINK",
      connectionId: backend.vpcLinkId,
      integrationTarget: backend.integrationTarget,
      uri: `${url}/${[...route.segments, ...(route.greedy ? ["{proxy}"] : [])].join("/")}`,
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
    this.method = { resource: restMethod, content: method };
    this.integration = { resource: restIntegration, content: { ...integration, uri: restIntegration.uri } };
  }
}

function parametersOf({ segments, greedy }: Pick<RoutePattern, "segments" | "greedy">): string[] {
  const named = segments.flatMap((segment) => /^\{(\w+)\}$/.exec(segment)?.[1] ?? []);
  return greedy ? [...named, "proxy"] : named;
}
