import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { webServices, type StageConfig } from "../../../schema";
import type { DataServices } from "../../data/data-services";
import type { UserPool } from "../../identity/user-pool";
import { encodedJson } from "../../json";
import { apiName } from "../../naming";
import type { ApiEndpoint, IngressKind, RestApiConfig } from "../kind";
import { RestAuthorizer } from "./authorizer";
import { ErrorResponses } from "./responses";
import { RestRoutes, type RestBackend } from "./routes";
import { ApiKeys, ApiLogRole, ApiStage } from "./stage";
import { Uploads } from "./uploads";

export interface RestApiProps {
  readonly stage: StageConfig;
  readonly ingress: RestApiConfig;
  readonly dataServices: DataServices;
  /** @default - all methods are public */
  readonly userPool: UserPool | undefined;
  readonly backend: RestBackend;
}

/** A REST API that forwards the routes of the services, with its authorizer and its stage. */
export class RestApi extends Construct {
  public readonly endpoint: ApiEndpoint;
  public readonly monitoringTargets: IngressKind["monitoringTargets"];

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { stage, ingress, dataServices, userPool, backend } = props;
    const { domain, uploads, apiKeys } = ingress;
    const api = new ApiGatewayRestApi(this, "api", {
      name: apiName(stage),
      description: `Services of ${stage.app} on ${stage.stage}`,
      endpointConfiguration: { types: ["REGIONAL"], ipAddressType: ingress.ipAddressType },
      // With a domain, the default endpoint would bypass what protects the domain.
      disableExecuteApiEndpoint: domain !== undefined,
      binaryMediaTypes: [...new Set([...ingress.binaryMediaTypes, ...(uploads?.contentTypes ?? [])])],
      lifecycle: { createBeforeDestroy: true },
    });
    const authorizer = new RestAuthorizer(this, "authorizer", { stage, api, userPool });
    const routes = new RestRoutes(this, "routes", {
      services: webServices(stage),
      ingress,
      api,
      backend,
      authorizationOf: (route) => authorizer.of(route),
    });
    const errors = new ErrorResponses(this, "errors", { api, cors: ingress.cors });
    const bucket = dataServices.uploads;
    const upload =
      uploads && bucket && new Uploads(this, "uploads", { stage, uploads, bucket, api, routes, authorizer });
    const deployed = [authorizer, routes, errors, ...(upload === undefined ? [] : [upload])];
    const deployment = new ApiGatewayDeployment(this, "deployment", {
      restApiId: api.id,
      // A deployment is a snapshot: without a hash over its content, a change would not be deployed.
      triggers: { redeployment: Fn.sha1(encodedJson(deployed.flatMap(({ content }) => content))) },
      dependsOn: deployed.flatMap(({ resources }) => resources),
      lifecycle: { createBeforeDestroy: true },
    });
    const logRole = ingress.accountLogRole === "manage" ? new ApiLogRole(this, "logging", { stage }) : undefined;
    const dependsOn = logRole?.settings ?? [];
    const { stage: apiStage, accessLog } = new ApiStage(this, "stage", { stage, ingress, api, deployment, dependsOn });

    if (apiKeys !== undefined) new ApiKeys(this, "keys", { stage, apiKeys, apiStage });
    this.endpoint = {
      kind: "api",
      apiId: api.id,
      stageName: apiStage.stageName,
      url: apiStage.invokeUrl,
      webAclResourceArn: apiStage.arn,
    };
    this.monitoringTargets = {
      api: { kind: "rest-api", dimensions: { ApiName: api.name, Stage: apiStage.stageName }, accessLog },
    };
  }
}
