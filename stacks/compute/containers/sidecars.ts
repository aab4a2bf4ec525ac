import type { ServiceConfig } from "../../../schema";
import type { Sidecar } from "../../../schema/services/container";
import type { ContainerDefinition } from "./container-definition";
import { awslogs, environmentOf, healthCheckOf, secretsOf, type LogPlace, type StageSecrets } from "./parts";

/** The containers of the team's own beside a service's. */
export function sidecarContainers(
  { sidecars }: ServiceConfig,
  logs: LogPlace,
  stageSecret: StageSecrets,
): ContainerDefinition[] {
  return Object.entries(sidecars).map(([name, sidecar]) => container(name, sidecar, logs, stageSecret));
}

/** What the service's container waits for, by the sidecars' own words. */
export function sidecarsWaitedFor({ sidecars }: ServiceConfig): NonNullable<ContainerDefinition["dependsOn"]> {
  const conditions = { start: "START", healthy: "HEALTHY", success: "SUCCESS", complete: "COMPLETE" } as const;
  return Object.entries(sidecars).flatMap(([containerName, { dependencyCondition }]) =>
    dependencyCondition === undefined ? [] : [{ containerName, condition: conditions[dependencyCondition] }],
  );
}

function container(name: string, sidecar: Sidecar, logs: LogPlace, stageSecret: StageSecrets): ContainerDefinition {
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
