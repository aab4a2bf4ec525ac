import type { ITerraformDependable } from "cdktf";
import type { ServiceConfig, StageConfig } from "../../config";
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
}

/** The services of a stage with their targets. */
export type ServiceTargets = readonly {
  readonly name: string;
  readonly service: ServiceConfig;
  readonly target: ServiceTarget;
}[];

/** Makes a target for each service of a stage. */
export function targetsOf(
  { services }: StageConfig,
  make: (name: string, service: ServiceConfig) => ServiceTarget,
): ServiceTargets {
  return Object.entries(services).map(([name, service]) => ({ name, service, target: make(name, service) }));
}
