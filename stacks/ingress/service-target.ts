import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { webServices, type StageConfig, type WebConfig } from "../../schema";
import type { LoadBalancerMonitoringTarget } from "../monitoring/monitoring-target";
import { loadBalancerNamePrefix, networkName } from "../naming";
import type { Peer } from "../network/security-group";

/** Where a way in sends the requests of one service: a target group that the service's tasks join. */
export interface ServiceTarget {
  readonly targetGroupArn: string;
  /** Exist before a task may join: ECS refuses a target group that no listener leads to. */
  readonly listeners: readonly ITerraformDependable[];
  /** Who sends the requests and the health checks. */
  readonly peer: Peer;
  /** Time after which an idle connection is closed, in seconds; a service must keep it open for longer. */
  readonly idleTimeoutSeconds: number;
  /** What an ALB counts of the service. @default - nothing, an NLB knows no requests */
  readonly metrics?: TargetMetrics;
  /** Where its tasks are counted as well or unwell. */
  readonly monitoringTargets: LoadBalancerMonitoringTarget;
  /** What ECS shifts requests by. @default - nothing, tasks are replaced a few at a time */
  readonly trafficShifting?: TrafficShifting;
}

/** Names of a target in the metrics of CloudWatch. */
export interface TargetMetrics {
  readonly loadBalancer: string;
  /** One, or two of a service whose requests are shifted. */
  readonly targetGroups: readonly string[];
}

/** The second place of a service, and the rules that lead to one of the two. */
export interface TrafficShifting {
  readonly alternateTargetGroupArn: string;
  readonly productionRuleArn: string;
  readonly testRuleArn: string;
}

/** The services of a stage that requests reach, with their targets. */
export type ServiceTargets = readonly {
  readonly name: string;
  readonly service: WebConfig;
  readonly target: ServiceTarget;
}[];

/** Makes a target for each service of a stage that requests reach. */
export function targetsOf(
  stage: StageConfig,
  make: (name: string, service: WebConfig) => ServiceTarget,
): ServiceTargets {
  return webServices(stage).map(([name, service]) => ({ name, service, target: make(name, service) }));
}

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
