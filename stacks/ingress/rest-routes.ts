import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../config";
import { parseRoute, type Route } from "../../config/schema/route";
import { hashOf } from "../naming";
import type { ServiceTarget } from "./service-target";

export interface RestRoutesProps {
  readonly stage: StageConfig;
  readonly api: ApiGatewayRestApi;
  readonly vpcLink: ApiGatewayVpcLink;
  readonly targets: ReadonlyMap<string, ServiceTarget>;
}

/** The resources, methods and integrations of a REST API, generated from the routes of the services. */
export class RestRoutes extends Construct {
  /** What a deployment copies, for its hash. */
  public readonly content: object[] = [];
  /** What must exist before a deployment. */
  public readonly parts: ITerraformDependable[] = [];
  private readonly resources = new Map<string, PathResource>();

  constructor(scope: Construct, id: string, props: RestRoutesProps) {
    super(scope, id);
    const { stage, api } = props;
    this.resources.set("", { scope: this, resourceId: api.rootResourceId });
    for (const [name, { routes }] of Object.entries(stage.services)) {
      const target = props.targets.get(name);
      if (target === undefined) throw new Error(`service ${name} has routes, but no target to send them to`);
      for (const method of routes.map(parseRoute).flatMap(methodsOf)) {
        this.addMethod(props, { ...method, target });
      }
    }
  }

  private addMethod(props: RestRoutesProps, { httpMethod, segments, target }: RestMethod): void {
    const { api, vpcLink, stage } = props;
    const { scope, resourceId } = this.resourceAt(api, segments);
    const parameters = segments.flatMap((segment) => /^\{(\w+)\+?\}$/.exec(segment)?.[1] ?? []);
    const place = { restApiId: api.id, resourceId, httpMethod };
    const id = httpMethod.toLowerCase();
    const method = {
      ...place,
      authorization: "NONE",
      requestParameters: Object.fromEntries(parameters.map((name) => [`method.request.path.${name}`, true])),
    };
    const integration = {
      ...place,
      type: "HTTP_PROXY",
      integrationHttpMethod: httpMethod,
      connectionType: "VPC_LINK",
      connectionId: vpcLink.id,
      uri: `${target.url}/${segments.map((segment) => segment.replace("+}", "}")).join("/")}`,
      requestParameters: Object.fromEntries(
        parameters.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
      ),
      timeoutMilliseconds: stage.ingress.timeoutMilliseconds,
    };
    const restMethod = new ApiGatewayMethod(scope, id, method);
    const restIntegration = new ApiGatewayIntegration(scope, `${id}-integration`, {
      ...integration,
      dependsOn: [restMethod],
    });
    this.parts.push(restMethod, restIntegration);
    this.content.push(method, { ...integration, uri: restIntegration.uri });
  }

  private resourceAt(api: ApiGatewayRestApi, segments: readonly string[]): PathResource {
    const path = segments.join("/");
    const known = this.resources.get(path);
    if (known !== undefined) return known;
    const parent = this.resourceAt(api, segments.slice(0, -1));
    const pathPart = segments.at(-1) ?? "";
    const scope = new Construct(parent.scope, segmentId(pathPart));
    const resource = new ApiGatewayResource(scope, "resource", {
      restApiId: api.id,
      parentId: parent.resourceId,
      pathPart,
    });
    const added = { scope, resourceId: resource.id };
    this.resources.set(path, added);
    return added;
  }
}

interface PathResource {
  readonly scope: Construct;
  readonly resourceId: string;
}

interface RestMethod {
  readonly httpMethod: string;
  readonly segments: readonly string[];
  readonly target: ServiceTarget;
}

/** API Gateway's `{proxy+}` matches at least one segment, so a greedy route is two methods. */
function methodsOf({ method: httpMethod, segments, greedy }: Route): Omit<RestMethod, "target">[] {
  const exact = { httpMethod, segments };
  return greedy ? [exact, { httpMethod, segments: [...segments, "{proxy+}"] }] : [exact];
}

/** Tells `/orders` from `/{orders}`, `/a.b` from `/a-b`, and all from what stands on their resource. */
function segmentId(segment: string): string {
  if (segment === "{proxy+}") return "proxy";
  const id = segment.replace(/[{}]/g, "").replace(/[^A-Za-z0-9-]/g, "-");
  // One parameter stands in a place, so nothing can look like it.
  if (segment.startsWith("{")) return `parameter-${id}`;
  return id === segment ? `path-${id}` : `path-${id}-${hashOf(segment)}`;
}
