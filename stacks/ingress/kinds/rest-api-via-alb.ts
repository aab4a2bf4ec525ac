import { Construct } from "constructs";
import { requireAwsProvider } from "../../provider";
import type { IngressMonitoringTargets } from "../../monitoring/monitoring-target";
import { InternalAlb } from "../load-balancers/internal-alb";
import type { RestApiConfig } from "../rest-api/config";
import { RestApi } from "../rest-api/rest-api";
import type { ServiceTargets } from "../service-target";
import { VpcLink } from "../vpc-link";
import type { Ingress, IngressProps } from "../ingress";

/** REST API and a VPC link V2 straight to an internal ALB, which routes to the services. */
export class RestApiViaAlb extends Construct implements Ingress {
  public readonly targets: ServiceTargets;
  public readonly monitoringTargets: IngressMonitoringTargets;

  constructor(scope: Construct, id: string, props: IngressProps<RestApiConfig>) {
    super(scope, id);
    const { stage, ingress, network, dataServices } = props;
    requireAwsProvider(this);
    const vpcLink = new VpcLink(this, "vpc-link", { stage, network });
    const alb = new InternalAlb(this, "alb", { stage, network, from: vpcLink.peer });
    this.targets = alb.targets;
    const urlOf = () => `http://${alb.dnsName}:${alb.listener.listenerPort}`;
    const api = new RestApi(this, "api", {
      stage,
      ingress,
      dataServices,
      backend: { vpcLinkId: vpcLink.id, integrationTarget: alb.arn, urlOf },
    });
    this.monitoringTargets = { ...api.monitoringTargets, loadBalancer: alb.metricName };
  }
}
