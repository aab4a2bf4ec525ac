import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Construct } from "constructs";
import { webServices } from "../../../schema";
import type { IngressMonitoringTargets } from "../../monitoring/monitoring-target";
import { loadBalancerNamePrefix, networkName, vpcLinkName } from "../../naming";
import type { Ingress, IngressProps, RestApiConfig } from "../ingress";
import { InternalAlb } from "../load-balancers/internal-alb";
import { NetworkLoadBalancer, TcpTarget } from "../load-balancers/network-load-balancer";
import { RestApi } from "../rest-api/rest-api";
import { targetsOf, type ServiceTargets } from "../service-target";
import { VpcLink } from "../vpc-link";

/** REST API, VPC link, and an internal NLB with a listener for each service. The API routes. */
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
      scheme: { kind: "internal", subnets: network.internalSubnets },
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

/** REST API, VPC link, and an internal NLB in front of an internal ALB, which routes to the services. */
export class RestApiViaNlbAndAlb extends Construct implements Ingress {
  public readonly targets: ServiceTargets;
  public readonly monitoringTargets: IngressMonitoringTargets;

  constructor(scope: Construct, id: string, props: IngressProps<RestApiConfig>) {
    super(scope, id);
    const { stage, ingress, network, dataServices } = props;
    const loadBalancer = new NetworkLoadBalancer(this, "nlb", {
      stage,
      vpcId: network.vpcId,
      scheme: { kind: "internal", subnets: network.internalSubnets },
    });
    const alb = new InternalAlb(this, "alb", { stage, network, from: loadBalancer.peer });
    this.forward(props, loadBalancer, alb);
    this.targets = alb.targets;
    const { id: vpcLinkId } = new ApiGatewayVpcLink(this, "vpc-link", {
      name: vpcLinkName(stage),
      targetArns: [loadBalancer.arn],
    });
    const urlOf = () => `http://${loadBalancer.dnsName}:${alb.listener.listenerPort}`;
    const api = new RestApi(this, "api", { stage, ingress, dataServices, backend: { vpcLinkId, urlOf } });
    this.monitoringTargets = { ...api.monitoringTargets, loadBalancer: alb.metricName };
  }

  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html */
  private forward(
    { stage, network }: IngressProps,
    { arn: loadBalancerArn }: NetworkLoadBalancer,
    alb: InternalAlb,
  ): void {
    const port = alb.listener.listenerPort;
    const toAlb = new Construct(this, "to-alb");
    const targetGroup = new LbTargetGroup(toAlb, "target-group", {
      namePrefix: loadBalancerNamePrefix("alb"),
      vpcId: network.vpcId,
      targetType: "alb",
      protocol: "TCP",
      port,
      // Any response means that the ALB is healthy, also 404 for a path without a rule.
      healthCheck: { protocol: "HTTP", path: "/", matcher: "200-499" },
      tags: { Name: networkName(stage, "to-alb") },
      lifecycle: { createBeforeDestroy: true },
    });
    new LbTargetGroupAttachment(toAlb, "attachment", {
      targetGroupArn: targetGroup.arn,
      targetId: alb.arn,
      port,
      // AWS accepts an ALB as a target only if it has a listener on the port.
      dependsOn: [alb.listener],
    });
    new LbListener(toAlb, "listener", {
      loadBalancerArn,
      port,
      protocol: "TCP",
      defaultAction: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    });
  }
}

/** REST API and a VPC link V2 to an internal ALB, which routes to the services. */
export class RestApiViaAlb extends Construct implements Ingress {
  public readonly targets: ServiceTargets;
  public readonly monitoringTargets: IngressMonitoringTargets;

  constructor(scope: Construct, id: string, props: IngressProps<RestApiConfig>) {
    super(scope, id);
    const { stage, ingress, network, dataServices } = props;
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
