import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { Construct } from "constructs";
import type { StageConfig, WebConfig } from "../../../schema";
import { loadBalancerNamePrefix, networkName } from "../../naming";

export interface ServiceTargetGroupProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: WebConfig;
  readonly vpcId: string;
  /** What the load balancer speaks: `TCP` behind an NLB, `HTTP` behind an ALB. */
  readonly protocol: "TCP" | "HTTP";
}

/** The tasks of a service as a load balancer knows them: by their IPs, checked over HTTP. */
export class ServiceTargetGroup extends LbTargetGroup {
  constructor(scope: Construct, id: string, props: ServiceTargetGroupProps) {
    const { stage, name, service, vpcId, protocol } = props;
    const { path, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = service.healthCheck.target;
    super(scope, id, {
      namePrefix: loadBalancerNamePrefix(name),
      vpcId,
      targetType: "ip",
      protocol,
      port: service.port,
      deregistrationDelay: String(service.deregistrationDelaySeconds),
      // An ALB ends connections by itself.
      ...(protocol === "TCP" && { connectionTermination: true }),
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
  }
}
