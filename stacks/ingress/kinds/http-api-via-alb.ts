import { Construct } from "constructs";
import type { IngressMonitoringTargets } from "../../monitoring/monitoring-target";
import { HttpApi, type HttpApiConfig } from "../http-api/http-api";
import { InternalAlb } from "../load-balancers/internal-alb";
import type { ServiceTargets } from "../service-target";
import { VpcLink } from "../vpc-link";
import type { Ingress, IngressProps } from "../ingress";

/** HTTP API and a VPC link V2 to an internal ALB, which routes to the services. */
export class HttpApiViaAlb extends Construct implements Ingress {
  public readonly targets: ServiceTargets;
  public readonly monitoringTargets: IngressMonitoringTargets;

  constructor(scope: Construct, id: string, props: IngressProps<HttpApiConfig>) {
    super(scope, id);
    const { stage, ingress, network } = props;
    const vpcLink = new VpcLink(this, "vpc-link", { stage, network });
    const alb = new InternalAlb(this, "alb", {
      stage,
      network,
      from: vpcLink.peer,
      certificateArn: ingress.internalTls?.certificateArn,
    });
    this.targets = alb.targets;
    const backend = { vpcLinkId: vpcLink.id, listenerArn: alb.listener.arn };
    const api = new HttpApi(this, "api", { stage, ingress, backend });
    this.monitoringTargets = { ...api.monitoringTargets, loadBalancer: alb.metricName };
  }
}
