import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { webServices, type StageConfig } from "../../../schema";
import type { Route } from "../../../schema/route";
import type { UserPool } from "../../identity/user-pool";
import { encodedJson } from "../../json";
import { apiName, authorizerName, logGroupName } from "../../naming";
import { commonLogFields } from "../access-log-fields";
import type { ApiEndpoint, HttpApiConfig, IngressKind, KindProps } from "../kind";
import { InternalAlb } from "../load-balancers/internal-alb";
import { matchScope } from "../route-scope";
import type { ServiceTargets } from "../service-target";
import { VpcLink } from "../vpc-link";

/** HTTP API and a VPC link V2 to an internal ALB, which routes to the services. */
export class HttpApiViaAlb extends Construct implements IngressKind {
  public readonly targets: ServiceTargets;
  public readonly endpoint: ApiEndpoint;
  public readonly monitoringTargets: IngressKind["monitoringTargets"];

  constructor(scope: Construct, id: string, props: KindProps<HttpApiConfig>) {
    super(scope, id);
    const { stage, ingress, network, userPool } = props;
    const vpcLink = new VpcLink(this, "vpc-link", { stage, network });
    const alb = new InternalAlb(this, "alb", {
      stage,
      network,
      from: vpcLink.peer,
      certificateArn: ingress.internalTls?.certificateArn,
    });
    this.targets = alb.targets;
    const backend = { vpcLinkId: vpcLink.id, listenerArn: alb.listener.arn };
    const api = new HttpApi(this, "api", { stage, ingress, userPool, backend });
    this.endpoint = api.endpoint;
    this.monitoringTargets = { ...api.monitoringTargets, loadBalancer: alb.metricName };
  }
}

interface HttpApiProps {
  readonly stage: StageConfig;
  readonly ingress: HttpApiConfig;
  /** @default - all routes are public */
  readonly userPool: UserPool | undefined;
  readonly backend: HttpBackend;
}

/** An HTTP API that forwards the routes of all services to one ALB. */
class HttpApi extends Construct {
  public readonly endpoint: ApiEndpoint;
  public readonly monitoringTargets: IngressKind["monitoringTargets"];

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { stage, ingress, userPool, backend } = props;
    const { domain, ipAddressType, cors } = ingress;
    const api = new Apigatewayv2Api(this, "api", {
      name: apiName(stage),
      description: `Services of ${stage.app} on ${stage.stage}`,
      protocolType: "HTTP",
      ipAddressType,
      // With a domain, the default endpoint would bypass what protects the domain.
      disableExecuteApiEndpoint: domain !== undefined,
      ...(cors !== undefined && {
        corsConfiguration: {
          allowOrigins: cors.allowOrigins,
          allowHeaders: cors.allowHeaders,
          allowMethods: ["*"],
          exposeHeaders: cors.exposeHeaders,
          maxAge: cors.maxAgeSeconds,
          allowCredentials: cors.allowCredentials,
        },
      }),
    });
    const routes = new HttpRoutes(this, "routes", { stage, ingress, api, backend, userPool });
    const { stage: apiStage, accessLog } = new HttpApiStage(this, "stage", { stage, ingress, api, routes });
    this.endpoint = { kind: "api", apiId: api.id, stageName: apiStage.id, url: apiStage.invokeUrl };
    this.monitoringTargets = {
      api: { kind: "http-api", dimensions: { ApiId: api.id, Stage: apiStage.name }, accessLog },
    };
  }
}

/** How the API reaches the services. */
interface HttpBackend {
  readonly vpcLinkId: string;
  readonly listenerArn: string;
}

interface HttpRoutesProps {
  readonly stage: StageConfig;
  readonly ingress: HttpApiConfig;
  readonly api: Apigatewayv2Api;
  readonly backend: HttpBackend;
  /** @default - all routes are public */
  readonly userPool: UserPool | undefined;
}

/** The routes of an HTTP API, generated from the routes of the services, and their one integration. */
class HttpRoutes extends Construct {
  /** Routes that have throttling limits of their own. */
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
    const target = `integrations/${integration.id}`;
    const made = routes.flatMap((route) =>
      routeKeys(route).map(({ key, greedy }) => ({
        route: new Apigatewayv2Route(matchScope(this, { ...route, greedy }), route.method.toLowerCase(), {
          apiId: api.id,
          routeKey: key,
          target,
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
    if (ingress.cors === undefined || authorizer === undefined) return;
    for (const route of preflightRoutes(routes)) {
      for (const { key: routeKey, greedy } of routeKeys(route)) {
        const path = matchScope(this, { ...route, greedy });
        new Apigatewayv2Route(path, "options", { apiId: api.id, routeKey, target, authorizationType: "NONE" });
      }
    }
  }

  private authorizer({ stage, api }: HttpRoutesProps, userPool: UserPool): Apigatewayv2Authorizer {
    return new Apigatewayv2Authorizer(this, "authorizer", {
      apiId: api.id,
      name: authorizerName(stage),
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: userPool.issuerUrl, audience: userPool.clientIds },
      // Routes refer to it until they are public.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/**
 * Routes for preflight requests, which have no token: a route of any method with an authorizer would answer them with 401.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
function preflightRoutes(routes: readonly Route[]): Route[] {
  const guarded = routes.filter((route) => route.method === "ANY" && route.public !== true);
  return guarded.map((route) => ({ ...route, method: "OPTIONS" }));
}

/** API Gateway's `{proxy+}` matches one segment or more, so a greedy route has two keys. */
function routeKeys({ method, segments, greedy }: Route): { key: string; greedy: boolean }[] {
  const path = segments.map((segment) => `/${segment}`).join("");
  const exact = { key: `${method} ${path || "/"}`, greedy: false };
  return greedy ? [exact, { key: `${method} ${path}/{proxy+}`, greedy: true }] : [exact];
}

interface HttpApiStageProps {
  readonly stage: StageConfig;
  readonly ingress: HttpApiConfig;
  readonly api: Apigatewayv2Api;
  readonly routes: HttpRoutes;
}

/** The stage `$default` of an HTTP API, whose name is not part of the path: access log, metrics and throttling. */
class HttpApiStage extends Construct {
  public readonly stage: Apigatewayv2Stage;
  public readonly accessLog: string;

  constructor(scope: Construct, id: string, props: HttpApiStageProps) {
    super(scope, id);
    const { stage, ingress, api, routes } = props;
    const { throttling, accessLogRetentionDays: retentionInDays } = ingress;
    const accessLog = new CloudwatchLogGroup(this, "access", {
      name: logGroupName(stage, "api-access"),
      retentionInDays,
    });
    this.accessLog = accessLog.name;
    this.stage = new Apigatewayv2Stage(this, "stage", {
      apiId: api.id,
      name: "$default",
      // Every change is deployed at once.
      autoDeploy: true,
      accessLogSettings: { destinationArn: accessLog.arn, format: encodedJson(accessLogFields) },
      defaultRouteSettings: { detailedMetricsEnabled: true, ...limits(throttling) },
      routeSettings: routes.throttled.map(({ route, throttling: own }) => ({
        routeKey: route.routeKey,
        detailedMetricsEnabled: true,
        ...limits(own),
      })),
    });
  }
}

function limits({ ratePerSecond, burst }: HttpApiConfig["throttling"]) {
  return { throttlingRateLimit: ratePerSecond, throttlingBurstLimit: burst };
}

const accessLogFields = {
  ...commonLogFields,
  route: "$context.routeKey",
  authorizerError: "$context.authorizer.error",
};
