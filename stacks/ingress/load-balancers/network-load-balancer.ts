import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { LoadBalancerMonitoringTarget } from "../../monitoring/monitoring-target";
import { loadBalancerNamePrefix, networkName } from "../../naming";
import { SecurityGroup, type Peer } from "../../network/security-group";
import { ServiceTargetGroup, type ServiceTarget, type ServiceTargetGroupProps } from "../service-target";
import { internetFacingSettings, tlsPolicy, type Scheme } from "./load-balancer";

/** AWS's default, which cannot be changed for TLS listeners. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html */
const networkIdleTimeoutSeconds = 350;

export interface NetworkLoadBalancerProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  /** Whether it is internal or internet-facing, and its subnets. */
  readonly scheme: Scheme;
}

/** An NLB whose security group allows declared connections only. */
export class NetworkLoadBalancer extends Construct {
  public readonly arn: string;
  public readonly dnsName: string;
  public readonly zoneId: string;
  /** Name in the metrics of CloudWatch. */
  public readonly metricName: string;
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps) {
    super(scope, id);
    const { stage, vpcId, scheme } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId, role: "load-balancer" });
    const loadBalancer = new Lb(this, "lb", {
      namePrefix: loadBalancerNamePrefix(stage.stage),
      loadBalancerType: "network",
      internal: scheme.kind === "internal",
      subnets: scheme.subnets.subnetIds,
      securityGroups: [securityGroup.id],
      // The source addresses of a VPC link are unknown; without rules, the group allows no other traffic.
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: scheme.kind === "internal" ? "off" : undefined,
      enableCrossZoneLoadBalancing: true,
      ...internetFacingSettings(scheme),
      tags: { Name: networkName(stage, "nlb") },
      // VPC links move to a replacement before this one is deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.metricName = loadBalancer.arnSuffix;
    this.peer = securityGroup.peer;
  }
}

/** Id of the construct of a listener below its NLB: a load balancer has one listener on a port. */
export function portId(port: number): string {
  return `port-${port}`;
}

export interface TcpTargetProps extends Omit<ServiceTargetGroupProps, "protocol"> {
  readonly loadBalancer: NetworkLoadBalancer;
  /** Port on which the NLB listens for this service. */
  readonly listenerPort: number;
  /** Certificate to terminate TLS at the NLB. @default - plain TCP */
  readonly certificateArn?: string;
}

/**
 * A service behind an NLB: a listener and its target group, which are addressed by the listener's port, so that a service
 * with another name takes both over.
 */
export class TcpTarget extends Construct implements ServiceTarget {
  public readonly targetGroupArn: string;
  public readonly listeners: readonly ITerraformDependable[];
  public readonly peer: Peer;
  public readonly monitoringTargets: LoadBalancerMonitoringTarget;
  public readonly idleTimeoutSeconds = networkIdleTimeoutSeconds;

  constructor(props: TcpTargetProps) {
    const { loadBalancer, listenerPort, certificateArn } = props;
    super(loadBalancer, portId(listenerPort));
    const targetGroup = new ServiceTargetGroup(this, "group", { ...props, protocol: "TCP", role: "tcp" });
    const listener = new LbListener(this, "listener", {
      loadBalancerArn: loadBalancer.arn,
      port: listenerPort,
      ...(certificateArn === undefined
        ? { protocol: "TCP" }
        : { protocol: "TLS", certificateArn, sslPolicy: tlsPolicy }),
      defaultAction: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      // A replacement belongs to another load balancer.
      lifecycle: { createBeforeDestroy: true },
    });
    this.monitoringTargets = {
      balancer: "NLB",
      loadBalancer: loadBalancer.metricName,
      targetGroups: [targetGroup.arnSuffix],
    };
    this.targetGroupArn = targetGroup.arn;
    this.listeners = [listener];
    this.peer = loadBalancer.peer;
  }
}
