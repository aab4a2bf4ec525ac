import type { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Construct } from "constructs";
import { webServices, type StageConfig } from "../../../schema";
import type { Route } from "../../../schema/route";
import type { UserPool } from "../../identity/user-pool";
import { authorizerName } from "../../naming";
import { routeScope } from "../route-scope";
import type { HttpApiConfig } from "./http-api";

/** How the API reaches the services. */
export interface HttpBackend {
  readonly vpcLinkId: string;
  readonly listenerArn: string;
}

export interface HttpRoutesProps {
  readonly stage: StageConfig;
  readonly ingress: HttpApiConfig;
  readonly api: Apigatewayv2Api;
  readonly backend: HttpBackend;
  /** @default - every route is open */
  readonly userPool: UserPool | undefined;
}

/** The routes of an HTTP API, generated from the routes of the services, and their one integration. */
export class HttpRoutes extends Construct {
  /** Limits of routes that have their own, by what API Gateway calls the route. */
  public readonly throttled: readonly {
    readonly route: Apigatewayv2Route;
    readonly throttling: HttpApiConfig["throttling"];
  }[];

  constructor(scope: Construct, id: string, props: HttpRoutesProps) {
    super(scope, id);
    const { stage, ingress, api, backend, userPool } = props;
    const integration = new Apigatewayv2Integration(this, "integration", {
      apiId: api.id,
      integrationType: "HTTP_PROXY",
      integrationMethod: "ANY",
      integrationUri: backend.listenerArn,
      connectionType: "VPC_LINK",
      connectionId: backend.vpcLinkId,
      payloadFormatVersion: "1.0",
      timeoutMilliseconds: ingress.timeoutMilliseconds,
      ...(ingress.internalTls !== undefined && {
        tlsConfig: { serverNameToVerify: ingress.internalTls.serverName },
      }),
    });
    const authorizer = userPool && this.authorizer(props, userPool);
    const routes = webServices(stage).flatMap(([, service]) => service.routes);
    const made = routes.flatMap((route) =>
      routeKeys(route).map(({ key, greedy }) => ({
        route: new Apigatewayv2Route(routeScope(this, { ...route, greedy }), route.method.toLowerCase(), {
          apiId: api.id,
          routeKey: key,
          target: `integrations/${integration.id}`,
          ...(authorizer === undefined || userPool === undefined || route.public === true
            ? { authorizationType: "NONE" }
            : {
                authorizationType: "JWT",
                authorizerId: authorizer.id,
                authorizationScopes: userPool.scopeIds(route.scopes),
              }),
        }),
        throttling: route.throttling,
      })),
    );
    this.throttled = made.flatMap(({ route, throttling }) => (throttling === undefined ? [] : [{ route, throttling }]));
  }

  private authorizer({ stage, api }: HttpRoutesProps, userPool: UserPool): Apigatewayv2Authorizer {
    return new Apigatewayv2Authorizer(this, "authorizer", {
      apiId: api.id,
      name: authorizerName(stage),
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: userPool.issuerUrl, audience: userPool.clientIds },
    });
  }
}

/** API Gateway's `{proxy+}` matches at least one segment, so a greedy route has two keys. */
function routeKeys({ method, segments, greedy }: Route): { key: string; greedy: boolean }[] {
  const path = segments.map((segment) => `/${segment}`).join("");
  const exact = { key: `${method} ${path || "/"}`, greedy: false };
  return greedy ? [exact, { key: `${method} ${path}/{proxy+}`, greedy: true }] : [exact];
}
