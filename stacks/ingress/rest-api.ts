import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../config";
import { encodedJson } from "../json";
import { apiName, vpcLinkName } from "../naming";
import { ApiLogRole } from "./api-log-role";
import { ApiStage } from "./api-stage";
import type { NetworkLoadBalancer } from "./network-load-balancer";
import { RestRoutes } from "./rest-routes";
import type { ServiceTarget } from "./service-target";

export interface RestApiProps {
  readonly stage: StageConfig;
  readonly loadBalancer: NetworkLoadBalancer;
  /** Targets of the services, by their names. */
  readonly targets: ReadonlyMap<string, ServiceTarget>;
}

/** A REST API that hands each service its routes, through a VPC link to the NLB. */
export class RestApi extends Construct {
  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { stage, loadBalancer, targets } = props;
    const api = new ApiGatewayRestApi(this, "api", {
      name: apiName(stage),
      description: `Services of ${stage.app} on ${stage.stage}`,
      endpointConfiguration: { types: ["REGIONAL"] },
      lifecycle: { createBeforeDestroy: true },
    });
    const vpcLink = new ApiGatewayVpcLink(this, "vpc-link", {
      name: vpcLinkName(stage),
      targetArns: [loadBalancer.arn],
    });
    const routes = new RestRoutes(this, "routes", { stage, api, vpcLink, targets });
    const deployment = new ApiGatewayDeployment(this, "deployment", {
      restApiId: api.id,
      // A deployment is a copy: without a hash over all that it copies, a change would never go live.
      triggers: { redeployment: Fn.sha1(encodedJson(routes.content)) },
      dependsOn: [...routes.parts],
      lifecycle: { createBeforeDestroy: true },
    });
    const logRole = stage.ingress.accountLogRole === "manage" ? new ApiLogRole(this, "log-role", { stage }) : undefined;
    new ApiStage(this, "stage", { stage, api, deployment, dependsOn: logRole?.settings ?? [] });
  }
}
