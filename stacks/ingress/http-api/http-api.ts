import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Construct } from "constructs";
import type { IngressConfig, StageConfig } from "../../../schema";
import { UserPool } from "../../identity/user-pool";
import { apiName } from "../../naming";
import type { IngressMonitoringTargets } from "../../monitoring/monitoring-target";
import { addOutput } from "../../readable-stack";
import { HttpDomain } from "../domain/http-domain";
import { HttpApiStage } from "./http-api-stage";
import { HttpRoutes, type HttpBackend } from "./http-routes";

/** What a stage says about its HTTP API. */
export type HttpApiConfig = Extract<IngressConfig, { kind: "http-api" }>;

export interface HttpApiProps {
  readonly stage: StageConfig;
  readonly ingress: HttpApiConfig;
  readonly backend: HttpBackend;
}

/** An HTTP API that hands the routes of all services to one ALB. */
export class HttpApi extends Construct {
  public readonly monitoringTargets: IngressMonitoringTargets;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { stage, ingress, backend } = props;
    const { domain, ipAddressType, cors } = ingress;
    const api = new Apigatewayv2Api(this, "api", {
      name: apiName(stage),
      description: `Services of ${stage.app} on ${stage.stage}`,
      protocolType: "HTTP",
      ipAddressType,
      // With a domain, the default address would be a way around what guards the domain.
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
    const userPool = ingress.authorization && new UserPool(this, "user-pool", { stage, ...ingress.authorization });
    const routes = new HttpRoutes(this, "routes", { stage, ingress, api, backend, userPool });
    const { stage: apiStage, accessLog } = new HttpApiStage(this, "stage", { stage, ingress, api, routes });
    const ownDomain = domain && new HttpDomain(this, "domain", { stage, domain, apiStage, ipAddressType });
    addOutput(this, "api_url", { value: ownDomain?.url ?? apiStage.invokeUrl, description: "Base URL of the API" });
    this.monitoringTargets = {
      api: { kind: "http-api", dimensions: { ApiId: api.id, Stage: apiStage.name }, accessLog },
      domain: ownDomain?.monitoringTargets,
    };
  }
}
