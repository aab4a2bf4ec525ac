import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Construct } from "constructs";
import { webServices } from "../../../schema";
import { loadBalancerNamePrefix, networkName } from "../../naming";
import type { ApiEndpoint, IngressKind, KindProps, RestApiConfig } from "../kind";
import { InternalAlb } from "../load-balancers/internal-alb";
import { NetworkLoadBalancer, portId, TcpTarget } from "../load-balancers/network-load-balancer";
import { RestApi } from "../rest-api/rest-api";
import { targetsOf, type ServiceTargets } from "../service-target";
import { PrivateLink, VpcLink } from "../vpc-link";

/** REST API, VPC link, and an internal NLB with a listener for each service. The API routes. */
export class RestApiViaNlb extends Construct implements IngressKind {
  public readonly targets: ServiceTargets;
  public readonly endpoint: ApiEndpoint;
  public readonly monitoringTargets: IngressKind["monitoringTargets"];

  constructor(scope: Construct, id: string, props: KindProps<RestApiConfig>) {
    super(scope, id);
    const { stage, ingress, network, dataServices, userPool } = props;
    const { vpcId } = network;
    const loadBalancer = new NetworkLoadBalancer(this, "nlb", {
      stage,
      vpcId,
      scheme: { kind: "internal", subnets: network.taskSubnets },
    });
    const ports = new Map(webServices(stage).map(([name, { listenerPort, port }]) => [name, listenerPort ?? port]));
    const listenerPort = (name: string) => ports.get(name) ?? 0;
    this.targets = targetsOf(stage, (name, service) => {
      return new TcpTarget({ stage, name, service, vpcId, loadBalancer, listenerPort: listenerPort(name) });
    });
    const { id: vpcLinkId } = new PrivateLink(this, "vpc-link", { stage, loadBalancer });
    const urlOf = (name: string) => `http://${loadBalancer.dnsName}:${listenerPort(name)}`;
    const api = new RestApi(this, "api", { stage, ingress, dataServices, userPool, backend: { vpcLinkId, urlOf } });
    this.endpoint = api.endpoint;
    this.monitoringTargets = api.monitoringTargets;
  }
}

/** REST API, VPC link, and an internal NLB in front of an internal ALB, which routes to the services. */
export class RestApiViaNlbAndAlb extends Construct implements IngressKind {
  public readonly targets: ServiceTargets;
  public readonly endpoint: ApiEndpoint;
  public readonly monitoringTargets: IngressKind["monitoringTargets"];

  constructor(scope: Construct, id: string, props: KindProps<RestApiConfig>) {
    super(scope, id);
    const { stage, ingress, network, dataServices, userPool } = props;
    const loadBalancer = new NetworkLoadBalancer(this, "nlb", {
      stage,
      vpcId: network.vpcId,
      scheme: { kind: "internal", subnets: network.taskSubnets },
    });
    const alb = new InternalAlb(this, "alb", { stage, network, from: loadBalancer.peer });
    this.forward(props, loadBalancer, alb);
    this.targets = alb.targets;
    const { id: vpcLinkId } = new PrivateLink(this, "vpc-link", { stage, loadBalancer });
    const urlOf = () => `http://${loadBalancer.dnsName}:${alb.listener.listenerPort}`;
    const api = new RestApi(this, "api", { stage, ingress, dataServices, userPool, backend: { vpcLinkId, urlOf } });
    this.endpoint = api.endpoint;
    this.monitoringTargets = { ...api.monitoringTargets, loadBalancer: alb.metricName };
  }

  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html */
  private forward({ stage, network }: KindProps, loadBalancer: NetworkLoadBalancer, alb: InternalAlb): void {
    const port = alb.listener.listenerPort;
    const toAlb = new Construct(loadBalancer, portId(port));
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
      loadBalancerArn: loadBalancer.arn,
      port,
      protocol: "TCP",
      defaultAction: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      // A replacement belongs to another load balancer.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** REST API and a VPC link V2 to an internal ALB, which routes to the services. */
export class RestApiViaAlb extends Construct implements IngressKind {
  public readonly targets: ServiceTargets;
  public readonly endpoint: ApiEndpoint;
  public readonly monitoringTargets: IngressKind["monitoringTargets"];

  constructor(scope: Construct, id: string, props: KindProps<RestApiConfig>) {
    super(scope, id);
    const { stage, ingress, network, dataServices, userPool } = props;
    const vpcLink = new VpcLink(this, "vpc-link", { stage, network });
    const alb = new InternalAlb(this, "alb", { stage, network, from: vpcLink.peer });
    this.targets = alb.targets;
    const urlOf = () => `http://${alb.dnsName}:${alb.listener.listenerPort}`;
    const api = new RestApi(this, "api", {
      stage,
      ingress,
      dataServices,
      userPool,
      backend: { vpcLinkId: vpcLink.id, integrationTarget: alb.arn, urlOf },
    });
    this.endpoint = api.endpoint;
    this.monitoringTargets = { ...api.monitoringTargets, loadBalancer: alb.metricName };
  }
}
