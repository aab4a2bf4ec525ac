import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../config";
import { balancingPrefix, networkName } from "../naming";
import type { Network } from "../network/network";
import type { Peer } from "../network/security-group";
import type { NetworkLoadBalancer } from "./network-load-balancer";

export interface ServiceTargetProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly network: Network;
  readonly loadBalancer: NetworkLoadBalancer;
}

/** A service's place behind the NLB: a target group that its tasks join, and a listener of its own. */
export class ServiceTarget extends Construct {
  public readonly targetGroupArn: string;
  /** Exists before a task may join. */
  public readonly listener: LbListener;
  /** Who sends the requests and the health checks. */
  public readonly peer: Peer;
  /** `http://host:port`, without a path. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: ServiceTargetProps) {
    super(scope, id);
    const { stage, name, service, network, loadBalancer } = props;
    const { path, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = service.healthCheck.target;
    const { port } = service;
    const targetGroup = new LbTargetGroup(this, "group", {
      namePrefix: balancingPrefix(name),
      vpcId: network.vpcId,
      targetType: "ip",
      protocol: "TCP",
      port,
      deregistrationDelay: String(service.deregistrationDelaySeconds),
      connectionTermination: true,
      healthCheck: {
        protocol: "HTTP",
        path,
        interval: intervalSeconds,
        timeout: timeoutSeconds,
        healthyThreshold,
        unhealthyThreshold,
        matcher: "200",
      },
      tags: { Name: networkName(stage, name) },
      // The listener holds the old group until it points to the new one.
      lifecycle: { createBeforeDestroy: true },
    });
    const listenerPort = service.listenerPort ?? port;
    this.listener = new LbListener(this, "listener", {
      loadBalancerArn: loadBalancer.arn,
      port: listenerPort,
      protocol: "TCP",
      defaultAction: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    });
    this.targetGroupArn = targetGroup.arn;
    this.peer = loadBalancer.peer;
    this.url = `http://${loadBalancer.dnsName}:${listenerPort}`;
  }
}
