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
import { restSecurity } from "./authorizer";
import { RestDocument, type OwnPaths, type PathItem } from "./document";
import { ResourcesBeside } from "./resources-beside";
import { gatewayResponses } from "./responses";
import { addRoutes, type RestBackend } from "./routes";
import { ApiKeys, ApiStage } from "./stage";
import { Uploads } from "./uploads";

export interface RestApiProps {
  readonly stage: StageConfig;
  readonly ingress: RestApiConfig;
  readonly dataServices: DataServices;
  /** @default - all methods are public */
  readonly userPool: UserPool | undefined;
  readonly backend: RestBackend;
}

/** A REST API that forwards the routes of the services, one document, with its stage. */
export class RestApi extends Construct implements OwnPaths {
  public readonly endpoint: ApiEndpoint;
  public readonly monitoringTargets: IngressKind["monitoringTargets"];
  private readonly document: RestDocument;

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { stage, ingress, dataServices, userPool, backend } = props;
    const { domain, uploads, apiKeys } = ingress;
    const security = restSecurity(stage, userPool);
    const info = { title: apiName(stage), description: `Services of ${stage.app} on ${stage.stage}` };
    const document = new RestDocument({
      info,
      securitySchemes: security.schemes,
      gatewayResponses: gatewayResponses(ingress.cors),
    });
    this.document = document;
    addRoutes(document, { services: webServices(stage), ingress, backend, security });
    const bucket = dataServices.uploads;
    const upload = uploads && bucket && new Uploads(this, "uploads", { stage, uploads, bucket, document, security });
    // Settings that an import resets, and that the provider then sets again: without them here it would set those of its
    // state, although the document has others.
    const settings = {
      endpointConfiguration: { types: ["REGIONAL"], ipAddressType: ingress.ipAddressType },
      // With a domain, the default endpoint would bypass what protects the domain.
      disableExecuteApiEndpoint: domain !== undefined,
      binaryMediaTypes: [...new Set([...ingress.binaryMediaTypes, ...(uploads?.contentTypes ?? [])])],
    };
    const api = new ApiGatewayRestApi(this, "api", {
      name: info.title,
      description: info.description,
      ...settings,
      body: encodedJson(document.content),
      putRestApiMode: "overwrite",
      lifecycle: { createBeforeDestroy: true },
    });
    api.node.addValidation(new ResourcesBeside(api));
    const deployment = new ApiGatewayDeployment(this, "deployment", {
      restApiId: api.id,
      // A deployment is a snapshot: without a hash over its content, a change would not be deployed.
      triggers: { redeployment: Fn.sha1(encodedJson([api.body, settings])) },
      dependsOn: [...(upload?.dependencies ?? [])],
      lifecycle: { createBeforeDestroy: true },
    });
    const { stage: apiStage, accessLog } = new ApiStage(this, "stage", { stage, ingress, api, deployment });

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

  public addPath(path: string, item: PathItem): void {
    this.document.addPath(path, item);
  }
}
