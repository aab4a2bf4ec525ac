import type { z } from "zod";
import type { ServiceConfig, StageConfig } from "../../../schema";
import {
  taskSecrets,
  type containerHealthCheck,
  type Secret,
  type Secrets,
  type Sidecar,
} from "../../../schema/services/container";
import { serviceContainerSize } from "../../../schema/services/task-size";
import type { SecretRef } from "../../data/secret";

/**
 * The part of ECS's container definition that the stacks use. Its keys are typed here, as neither Terraform nor the AWS
 * provider rejects unknown ones. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly command?: readonly string[];
  /** In 1/1024 vCPU. */
  readonly cpu?: number;
  /** Hard limit, in MiB. */
  readonly memory?: number;
  readonly portMappings?: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly hostPort: number;
    readonly protocol: "tcp";
    readonly appProtocol: "http";
  }[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly dockerLabels?: Readonly<Record<string, string>>;
  readonly user: string;
  readonly readonlyRootFilesystem: boolean;
  readonly linuxParameters?: {
    readonly initProcessEnabled: boolean;
    readonly tmpfs?: readonly {
      readonly containerPath: string;
      /** In MiB. */
      readonly size: number;
      readonly mountOptions: readonly string[];
    }[];
  };
  readonly ulimits?: readonly { readonly name: "nofile"; readonly softLimit: number; readonly hardLimit: number }[];
  readonly mountPoints?: readonly {
    readonly sourceVolume: string;
    readonly containerPath: string;
    readonly readOnly: boolean;
  }[];
  readonly dependsOn?: readonly {
    readonly containerName: string;
    readonly condition: "START" | "COMPLETE" | "SUCCESS" | "HEALTHY";
  }[];
  readonly restartPolicy?: {
    readonly enabled: true;
    readonly ignoredExitCodes: readonly number[];
    /** Seconds. */
    readonly restartAttemptPeriod: number;
  };
  /** Seconds. */
  readonly stopTimeout?: number;
  readonly healthCheck?: ContainerHealthCheck;
  readonly logConfiguration: LogConfiguration;
  readonly firelensConfiguration?: { readonly type: "fluentbit"; readonly options: Readonly<Record<string, string>> };
}

/** Times in seconds. */
export interface ContainerHealthCheck {
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
}

export interface LogConfiguration {
  readonly logDriver: "awslogs" | "awsfirelens";
  readonly options: Readonly<Record<string, string>>;
}

/** The log group that ECS's awslogs driver writes to. */
export interface LogTarget {
  readonly group: string;
  readonly region: string;
}

/** Returns a secret of the stage by its name. */
export type StageSecrets = (name: string) => SecretRef;

/** Volume of a service that has a file system. */
export const filesVolume = "files";

/** Name of a container's port, to which Service Connect refers. */
export const portName = "http";

/** What a service's container takes from its stage and its task. */
export interface ContainerSettings {
  readonly name: string;
  readonly image: string;
  /** Environment variables that the stack adds to those of the stage file. */
  readonly variables: Readonly<Record<string, string>>;
  readonly stageSecret: StageSecrets;
  /** Docker labels. */
  readonly labels: Readonly<Record<string, string>>;
  readonly logConfiguration: LogConfiguration;
  /** Containers that must have started before. */
  readonly dependsOn: NonNullable<ContainerDefinition["dependsOn"]>;
  /** Whether the task has other containers, so that its CPU is divided. */
  readonly hasSidecars: boolean;
}

/** The container of a service: not root by default, with a read-only root file system and a health check. */
export function serviceContainer(service: ServiceConfig, settings: ContainerSettings): ContainerDefinition {
  const { command } = service;
  const healthCheck = containerHealthCheckOf(service);
  return {
    ...oneOffContainer(service, settings),
    ...(command !== undefined && { command }),
    ...(service.kind === "web" && {
      portMappings: [
        { name: portName, containerPort: service.port, hostPort: service.port, protocol: "tcp", appProtocol: "http" },
      ],
    }),
    ...(service.restartPolicy !== undefined && {
      restartPolicy: {
        enabled: true,
        ignoredExitCodes: service.restartPolicy.ignoredExitCodes,
        restartAttemptPeriod: service.restartPolicy.restartAttemptPeriodSeconds,
      },
    }),
    ...(healthCheck !== undefined && { healthCheck: healthCheckOf(healthCheck) }),
  };
}

/** The container of a one-off task: that of the service without ports, restarts and health check. */
export function oneOffContainer(service: ServiceConfig, settings: ContainerSettings): ContainerDefinition {
  const { secrets, fileSystem, openFileLimit: limit } = service;
  return {
    name: settings.name,
    image: settings.image,
    essential: true,
    ...(settings.hasSidecars && { cpu: serviceContainerSize(service).cpu }),
    environment: environmentOf({ ...service.environment, ...settings.variables }),
    ...(Object.keys(secrets).length > 0 && { secrets: secretsOf(secrets, settings.stageSecret) }),
    ...(Object.keys(settings.labels).length > 0 && { dockerLabels: settings.labels }),
    user: service.user,
    readonlyRootFilesystem: service.readonlyRootFilesystem,
    linuxParameters: { initProcessEnabled: service.initProcessEnabled, ...tmpfsOf(service) },
    ...(limit !== undefined && { ulimits: [{ name: "nofile", softLimit: limit, hardLimit: limit }] }),
    ...(fileSystem !== undefined && {
      mountPoints: [{ sourceVolume: filesVolume, containerPath: fileSystem.mountPath, readOnly: false }],
    }),
    ...(settings.dependsOn.length > 0 && { dependsOn: settings.dependsOn }),
    stopTimeout: service.stopTimeoutSeconds,
    logConfiguration: settings.logConfiguration,
  };
}

/** The sidecars of the stage file. */
export function sidecarContainers(
  { sidecars }: ServiceConfig,
  logs: LogTarget,
  stageSecret: StageSecrets,
): ContainerDefinition[] {
  return Object.entries(sidecars).map(([name, sidecar]) => sidecarContainer(name, sidecar, logs, stageSecret));
}

/** The sidecars that the service's container waits for. */
export function sidecarDependencies({ sidecars }: ServiceConfig): NonNullable<ContainerDefinition["dependsOn"]> {
  const conditions = { start: "START", healthy: "HEALTHY", success: "SUCCESS", complete: "COMPLETE" } as const;
  return Object.entries(sidecars).flatMap(([containerName, { dependencyCondition }]) =>
    dependencyCondition === undefined ? [] : [{ containerName, condition: conditions[dependencyCondition] }],
  );
}

/** Generations of the secrets that tasks read when they start, so that a new generation replaces the tasks. */
export function secretLabels(service: ServiceConfig, { secrets }: StageConfig["data"]): Record<string, string> {
  const names = [
    ...service.uses.flatMap((use) => (use.startsWith("secret:") ? [use.slice("secret:".length)] : [])),
    ...taskSecrets(service).flatMap((secret) => ("secret" in secret ? [secret.secret] : [])),
  ];
  return Object.fromEntries(
    [...new Set(names)].sort().flatMap((name) => {
      const generation = secrets[name]?.generation;
      return generation === undefined ? [] : [[`secret.${name}`, String(generation)]];
    }),
  );
}

/** Fargate supports tmpfs since platform version 1.4.0: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html */
function tmpfsOf({ tmpfs }: ServiceConfig) {
  const paths = Object.entries(tmpfs).toSorted(([one], [other]) => (one < other ? -1 : 1));
  if (paths.length === 0) return {};
  return {
    tmpfs: paths.map(([containerPath, { sizeMiB }]) => ({
      containerPath,
      size: sizeMiB,
      mountOptions: ["rw", "nosuid", "nodev"],
    })),
  };
}

function containerHealthCheckOf(service: ServiceConfig) {
  return service.kind === "job" ? undefined : service.healthCheck?.container;
}

function sidecarContainer(
  name: string,
  sidecar: Sidecar,
  logs: LogTarget,
  stageSecret: StageSecrets,
): ContainerDefinition {
  const { image, essential, cpu, memoryMiB, command, environment, secrets, user, readonlyRootFilesystem, healthCheck } =
    sidecar;
  return {
    name,
    image,
    essential,
    ...(command !== undefined && { command }),
    cpu,
    memory: memoryMiB,
    environment: environmentOf(environment),
    ...(Object.keys(secrets).length > 0 && { secrets: secretsOf(secrets, stageSecret) }),
    user,
    readonlyRootFilesystem,
    ...(healthCheck !== undefined && { healthCheck: healthCheckOf(healthCheck) }),
    logConfiguration: awslogs(logs, name),
  };
}

/** Sorted by name, as ECS returns them: another order would be a change in every plan. */
export function environmentOf(
  variables: Readonly<Record<string, string>>,
): NonNullable<ContainerDefinition["environment"]> {
  return byName(Object.entries(variables).map(([name, value]) => ({ name, value })));
}

export function secretsOf(secrets: Secrets, stageSecret: StageSecrets): NonNullable<ContainerDefinition["secrets"]> {
  return byName(Object.entries(secrets).map(([name, secret]) => ({ name, valueFrom: valueFrom(secret, stageSecret) })));
}

export function healthCheckOf(check: z.output<typeof containerHealthCheck>): ContainerHealthCheck {
  const { command, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = check;
  return {
    command: ["CMD", ...command],
    interval: intervalSeconds,
    timeout: timeoutSeconds,
    retries,
    startPeriod: startPeriodSeconds,
  };
}

export function awslogs({ group, region }: LogTarget, prefix: string): LogConfiguration {
  return {
    logDriver: "awslogs",
    options: { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": prefix },
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function valueFrom(secret: Secret, stageSecret: StageSecrets): string {
  if ("parameterArn" in secret) return secret.parameterArn;
  const arn = "secret" in secret ? stageSecret(secret.secret).arn : secret.secretArn;
  return secret.key === undefined ? arn : `${arn}:${secret.key}::`;
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
