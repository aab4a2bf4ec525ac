import type { ServiceConfig } from "../../../schema";
import { serviceContainerSize } from "../../../schema/services/task-size";
import type { ContainerDefinition, LogConfiguration } from "./container-definition";
import { environmentOf, healthCheckOf, secretsOf, type StageSecrets } from "./parts";

/** Volume of a service that has a file system. */
export const filesVolume = "files";

/** Name of a container's port, by which Service Connect knows it. */
export const portName = "http";

/** What a service's container needs to know of the stage. */
export interface ServicePlace {
  readonly name: string;
  readonly image: string;
  /** Variables that the stack sets. */
  readonly settings: Readonly<Record<string, string>>;
  readonly stageSecret: StageSecrets;
  /** Notes, whose change makes a new revision. */
  readonly labels: Readonly<Record<string, string>>;
  readonly logConfiguration: LogConfiguration;
  /** Containers that it waits for. */
  readonly dependsOn: NonNullable<ContainerDefinition["dependsOn"]>;
  /** Whether others share its task, so that CPU is divided. */
  readonly accompanied: boolean;
}

/** The container of a service: not root, with a read-only file system, and a health check that its image can run. */
export function serviceContainer(service: ServiceConfig, place: ServicePlace): ContainerDefinition {
  const { command } = service;
  const healthCheck = checkOf(service);
  return {
    ...oneOffContainer(service, place),
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

/** The same container for a program that runs once: it answers nothing, and its end is its end. */
export function oneOffContainer(service: ServiceConfig, place: ServicePlace): ContainerDefinition {
  const { secrets, fileSystem, openFileLimit: limit } = service;
  return {
    name: place.name,
    image: place.image,
    essential: true,
    ...(place.accompanied && { cpu: serviceContainerSize(service).cpu }),
    environment: environmentOf({ ...service.environment, ...place.settings }),
    ...(Object.keys(secrets).length > 0 && { secrets: secretsOf(secrets, place.stageSecret) }),
    ...(Object.keys(place.labels).length > 0 && { dockerLabels: place.labels }),
    user: service.user,
    readonlyRootFilesystem: service.readonlyRootFilesystem,
    linuxParameters: { initProcessEnabled: service.initProcessEnabled, ...memoryPaths(service) },
    ...(limit !== undefined && { ulimits: [{ name: "nofile", softLimit: limit, hardLimit: limit }] }),
    ...(fileSystem !== undefined && {
      mountPoints: [{ sourceVolume: filesVolume, containerPath: fileSystem.mountPath, readOnly: false }],
    }),
    ...(place.dependsOn.length > 0 && { dependsOn: place.dependsOn }),
    stopTimeout: service.stopTimeoutSeconds,
    logConfiguration: place.logConfiguration,
  };
}

/** Fargate takes tmpfs since platform version 1.4.0: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html */
function memoryPaths({ tmpfs }: ServiceConfig) {
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

function checkOf(service: ServiceConfig) {
  return service.kind === "job" ? undefined : service.healthCheck?.container;
}
