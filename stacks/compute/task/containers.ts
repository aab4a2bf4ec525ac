import type { ServiceConfig, StageConfig } from "../../../schema";
import { taskSecrets, type Sidecar } from "../../../schema/services/container";
import { serviceContainerSize } from "../../../schema/services/task-size";
import {
  awslogs,
  environmentOf,
  healthCheckOf,
  secretsOf,
  type ContainerDefinition,
  type LogConfiguration,
  type LogTarget,
  type StageSecrets,
} from "./container-definition";

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
