import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Construct } from "constructs";
import { loadBalancerNamePrefix, networkName, vpcLinkName } from "../../naming";
import type { IngressMonitoringTargets } from "../../monitoring/monitoring-target";
import { InternalAlb } from "../load-balancers/internal-alb";
import { NetworkLoadBalancer } from "../load-balancers/network-load-balancer";
import type { RestApiConfig } from "../rest-api/config";
import { RestApi } from "../rest-api/rest-api";
import type { ServiceTargets } from "../service-target";
import type { Ingress, IngressProps } from "../ingress";

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
      scheme: { kind: "internal", subnets: network.taskSubnets },
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
      // An ALB that answers is well, also where no rule takes the path.
      healthCheck: { protocol: "HTTP", path: "/", matcher: "200-499" },
      tags: { Name: networkName(stage, "to-alb") },
      lifecycle: { createBeforeDestroy: true },
    });
    new LbTargetGroupAttachment(toAlb, "attachment", {
      targetGroupArn: targetGroup.arn,
      targetId: alb.arn,
      port,
      // AWS takes an ALB as a target only when it listens on the port.
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
