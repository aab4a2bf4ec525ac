import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { webServices, type StageConfig, type WebConfig } from "../../schema";
import type { LoadBalancerMonitoringTarget } from "../monitoring/monitoring-target";
import { loadBalancerNamePrefix, networkName } from "../naming";
import type { Peer } from "../network/security-group";

/** Target of the ingress for one service: a target group that the service's tasks join. */
export interface ServiceTarget {
  readonly targetGroupArn: string;
  /** For `dependsOn` of the ECS service: ECS rejects a target group without a listener. */
  readonly listeners: readonly ITerraformDependable[];
  /** Makes requests switch to this target only once the ECS service is created or updated. @default - the listener is first */
  readonly forwardAfter?: (ecsService: ITerraformDependable) => void;
  /** Source of requests and health checks. */
  readonly peer: Peer;
  /** Time after which the load balancer closes an idle connection, in seconds. */
  readonly idleTimeoutSeconds: number;
  /** Request metrics of an ALB. @default - none, behind an NLB */
  readonly metrics?: TargetMetrics;
  /** Monitoring target of the load balancer. */
  readonly monitoringTargets: LoadBalancerMonitoringTarget;
  /** What ECS shifts traffic with. @default - none, for rolling deployments */
  readonly trafficShifting?: TrafficShifting;
}

/** Dimensions of a target in the metrics of CloudWatch. */
export interface TargetMetrics {
  readonly loadBalancer: string;
  /** One, or two for a service with traffic shifting. */
  readonly targetGroups: readonly string[];
}

/** The alternate target group of a service, and its listener rules. */
export interface TrafficShifting {
  readonly alternateTargetGroupArn: string;
  readonly productionRuleArn: string;
  readonly testRuleArn: string;
}

/** The web services of a stage with their targets. */
export type ServiceTargets = readonly {
  readonly name: string;
  readonly service: WebConfig;
  readonly target: ServiceTarget;
}[];

/** Creates a target for each web service of a stage. */
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
  /** `TCP` behind an NLB, `HTTP` behind an ALB. */
  readonly protocol: "TCP" | "HTTP";
  /** Beginning of the group's name. @default - the name of the service */
  readonly role?: string;
}

/**
 * The port of targets that are registered without one, which no task is.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const targetGroupPort = 80;

/** The target group of a service: IP targets with HTTP health checks. */
export class ServiceTargetGroup extends LbTargetGroup {
  constructor(scope: Construct, id: string, props: ServiceTargetGroupProps) {
    const { stage, name, service, vpcId, protocol, role = name } = props;
    const { path, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = service.healthCheck.target;
    super(scope, id, {
      namePrefix: loadBalancerNamePrefix(role),
      vpcId,
      targetType: "ip",
      protocol,
      // ECS registers each task with its container port; a port of the group cannot be changed.
      port: targetGroupPort,
      deregistrationDelay: String(service.deregistrationDelaySeconds),
      // Not an attribute of target groups of an ALB.
      ...(protocol === "TCP" && { connectionTermination: true }),
      healthCheck: {
        protocol: "HTTP",
        port: "traffic-port",
        path,
        interval: intervalSeconds,
        timeout: timeoutSeconds,
        healthyThreshold,
        unhealthyThreshold,
        matcher: "200",
      },
      tags: { Name: networkName(stage, name) },
      // The listener refers to the old group until it is updated.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
