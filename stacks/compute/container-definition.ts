import type { ServiceConfig } from "../../config";

/**
 * The part of ECS's container definition that the stacks use, in ECS's own spelling: neither Terraform nor its
 * provider refuses a wrong key. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly portMappings: readonly {
    readonly containerPort: number;
    readonly hostPort: number;
    readonly protocol: "tcp";
  }[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly user: string;
  readonly readonlyRootFilesystem: boolean;
  readonly linuxParameters: { readonly initProcessEnabled: boolean };
  /** Seconds. */
  readonly stopTimeout: number;
  /** Times in seconds. */
  readonly healthCheck: {
    readonly command: readonly string[];
    readonly interval: number;
    readonly timeout: number;
    readonly retries: number;
    readonly startPeriod: number;
  };
  readonly logConfiguration: { readonly logDriver: "awslogs"; readonly options: Readonly<Record<string, string>> };
}

/** What a service's container needs to know of the stage. */
export interface ContainerPlace {
  readonly name: string;
  readonly image: string;
  readonly logGroup: string;
  readonly region: string;
  /** Time after which the load balancer closes an idle connection, in seconds. */
  readonly idleTimeoutSeconds: number;
}

/** The container must not be the one that closes: a request may be on its way. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues */
const keepAliveSpareSeconds = 5;

/** The container of a service: not root, with a read-only file system, and a health check that its image can run. */
export function containerDefinition(service: ServiceConfig, place: ContainerPlace): ContainerDefinition {
  const { port, environment, healthCheck } = service;
  const { command, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = healthCheck.container;
  return {
    name: place.name,
    image: place.image,
    essential: true,
    portMappings: [{ containerPort: port, hostPort: port, protocol: "tcp" }],
    // By name, as ECS gives them back: otherwise a plan would show a change of order.
    environment: Object.entries({
      KEEP_ALIVE_SECONDS: String(place.idleTimeoutSeconds + keepAliveSpareSeconds),
      ...environment,
      PORT: String(port),
    })
      .map(([name, value]) => ({ name, value }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    user: service.user,
    readonlyRootFilesystem: !service.writableRoot,
    linuxParameters: { initProcessEnabled: true },
    stopTimeout: service.stopTimeoutSeconds,
    healthCheck: {
      command: ["CMD", ...command],
      interval: intervalSeconds,
      timeout: timeoutSeconds,
      retries,
      startPeriod: startPeriodSeconds,
    },
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": place.logGroup, "awslogs-region": place.region, "awslogs-stream-prefix": place.name },
    },
  };
}
