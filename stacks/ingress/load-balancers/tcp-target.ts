import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Peer } from "../../network/security-group";
import type { LoadBalancerMonitoringTarget } from "../../monitoring/monitoring-target";
import type { ServiceTarget } from "../service-target";
import { networkIdleTimeoutSeconds, type NetworkLoadBalancer } from "./network-load-balancer";
import { ServiceTargetGroup, type ServiceTargetGroupProps } from "./target-group";
import { tlsPolicy } from "./tls-policy";

export interface TcpTargetProps extends Omit<ServiceTargetGroupProps, "protocol"> {
  readonly loadBalancer: NetworkLoadBalancer;
  /** Port on which the NLB listens for this service. */
  readonly listenerPort: number;
  /** Ends TLS at the NLB when given. @default - plain TCP */
  readonly certificateArn?: string;
}

/** A service's place behind an NLB: a target group, and a listener of its own. */
export class TcpTarget extends Construct implements ServiceTarget {
  public readonly targetGroupArn: string;
  public readonly listeners: readonly ITerraformDependable[];
  public readonly peer: Peer;
  public readonly monitoringTargets: LoadBalancerMonitoringTarget;
  public readonly idleTimeoutSeconds = networkIdleTimeoutSeconds;

  constructor(scope: Construct, id: string, props: TcpTargetProps) {
    super(scope, id);
    const { loadBalancer, listenerPort, certificateArn } = props;
    const targetGroup = new ServiceTargetGroup(this, "group", { ...props, protocol: "TCP" });
    const listener = new LbListener(this, "listener", {
      loadBalancerArn: loadBalancer.arn,
      port: listenerPort,
      ...(certificateArn === undefined
        ? { protocol: "TCP" }
        : { protocol: "TLS", certificateArn, sslPolicy: tlsPolicy }),
      defaultAction: [{ type: "forward", targetGroupArn: targetGroup.arn }],
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
