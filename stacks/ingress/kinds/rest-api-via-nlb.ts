import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { Construct } from "constructs";
import { webServices } from "../../../schema";
import { vpcLinkName } from "../../naming";
import type { IngressMonitoringTargets } from "../../monitoring/monitoring-target";
import { NetworkLoadBalancer } from "../load-balancers/network-load-balancer";
import { TcpTarget } from "../load-balancers/tcp-target";
import type { RestApiConfig } from "../rest-api/config";
import { RestApi } from "../rest-api/rest-api";
import { targetsOf, type ServiceTargets } from "../service-target";
import type { Ingress, IngressProps } from "../ingress";

/** REST API, VPC link, and an internal NLB with a listener for each service: the API alone routes. */
export class RestApiViaNlb extends Construct implements Ingress {
  public readonly targets: ServiceTargets;
  public readonly monitoringTargets: IngressMonitoringTargets;

  constructor(scope: Construct, id: string, props: IngressProps<RestApiConfig>) {
    super(scope, id);
    const { stage, ingress, network, dataServices } = props;
    const { vpcId } = network;
    const loadBalancer = new NetworkLoadBalancer(this, "nlb", {
      stage,
      vpcId,
      scheme: { kind: "internal", subnets: network.taskSubnets },
    });
    const targetScope = new Construct(this, "targets");
    const ports = new Map(webServices(stage).map(([name, { listenerPort, port }]) => [name, listenerPort ?? port]));
    const listenerPort = (name: string) => ports.get(name) ?? 0;
    this.targets = targetsOf(stage, (name, service) => {
      return new TcpTarget(targetScope, name, {
        stage,
        name,
        service,
        vpcId,
        loadBalancer,
        listenerPort: listenerPort(name),
      });
    });
    const { id: vpcLinkId } = new ApiGatewayVpcLink(this, "vpc-link", {
      name: vpcLinkName(stage),
      targetArns: [loadBalancer.arn],
    });
    const urlOf = (name: string) => `http://${loadBalancer.dnsName}:${listenerPort(name)}`;
    const api = new RestApi(this, "api", { stage, ingress, dataServices, backend: { vpcLinkId, urlOf } });
    this.monitoringTargets = api.monitoringTargets;
  }
}
