import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet } from "../values";

/** The refusal of a task definition. */
export function clientException(message: string): Refusal {
  return { code: "ClientException", message };
}

/** Whether a task definition requires to run on Fargate. */
export function isFargate(input: JsonObject): boolean {
  return list(input.requiresCompatibilities).includes("FARGATE");
}

/** Whether a task definition is for Windows. */
export function isWindows(input: JsonObject): boolean {
  return text(object(input.runtimePlatform).operatingSystemFamily).startsWith("WINDOWS");
}

/** The containers of a task as a whole: their names, which is essential, and in which order they start. */
export const containers: DocumentCheck = {
  service: "ecs",
  operations: ["RegisterTaskDefinition"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
  check: (input) => firstRefusal([present, names, essential, dependencies, cycle], objects(input.containerDefinitions)),
};

/** The storage of a task: volumes, their mount points, and the ephemeral storage. */
export const volumes: DocumentCheck = {
  service: "ecs",
  operations: ["RegisterTaskDefinition"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html",
  check: (input) => firstRefusal([mountPoints, fileSystems, ephemeralStorage], input),
};

type Containers = readonly JsonObject[];

function present(all: Containers): Refusal | undefined {
  if (all.length === 0) return clientException("Container list cannot be empty.");
  if (all.some(({ name }) => text(name) === "")) {
    return clientException("Container.name should not be null or empty.");
  }
  if (all.some(({ image }) => text(image) === "")) {
    return clientException("Container.image should not be null or empty.");
  }
  // The page names all of these characters but @, which is before a digest.
  return all.every(({ image }) => /^[\w\-:./#@]+$/.test(text(image)))
    ? undefined
    : clientException("Container.image contains invalid characters.");
}

function names(all: Containers): Refusal | undefined {
  const invalid = all.find(({ name }) => !/^[\w-]{1,255}$/.test(text(name)));
  if (invalid) return clientException("Container.name contains invalid characters.");
  return firstDuplicate(all.map(({ name }) => name)) === undefined
    ? undefined
    : clientException("Container names must be unique within a Task Definition.");
}

function essential(all: Containers): Refusal | undefined {
  return all.some((container) => container.essential !== false)
    ? undefined
    : clientException("A task definition must have at least one essential container.");
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
function dependencies(all: Containers): Refusal | undefined {
  for (const { dependsOn } of all) {
    for (const { containerName, condition } of objects(dependsOn)) {
      const dependency = all.find(({ name }) => name === containerName);
      if (!dependency) {
        return clientException(`Cannot depend on container + '${text(containerName)}' because it does not exist`);
      }
      if (["SUCCESS", "COMPLETE"].includes(text(condition)) && dependency.essential !== false) {
        return clientException(
          "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
        );
      }
      if (condition === "HEALTHY" && !isSet(dependency.healthCheck)) {
        return clientException(
          `Container '${text(containerName)}' must have a health check configured to be a dependency with HEALTHY condition`,
        );
      }
    }
  }
  return undefined;
}

function cycle(all: Containers): Refusal | undefined {
  const open = new Map(all.map(({ name, dependsOn }) => [name, objects(dependsOn).map((item) => item.containerName)]));
  for (;;) {
    const startable = [...open].filter(([, needed]) => !needed.some((name) => open.has(name)));
    if (startable.length === 0) break;
    for (const [name] of startable) open.delete(name);
  }
  return open.size === 0 ? undefined : clientException("Container dependencies should not have a cycle");
}

function mountPoints(input: JsonObject): Refusal | undefined {
  const known = objects(input.volumes).map(({ name }) => name);
  const duplicate = firstDuplicate(known);
  if (duplicate !== undefined) return clientException(`Volume name '${text(duplicate)}' is not unique.`);
  for (const { mountPoints: mounts, volumesFrom } of objects(input.containerDefinitions)) {
    const unknown = objects(mounts).find(({ sourceVolume }) => !known.includes(sourceVolume));
    if (unknown) return clientException(`Unknown volume '${text(unknown.sourceVolume)}'.`);
    const others = objects(input.containerDefinitions).map(({ name }) => name);
    const source = objects(volumesFrom).find(({ sourceContainer }) => !others.includes(sourceContainer));
    if (source) return clientException(`Unknown container '${text(source.sourceContainer)}'.`);
  }
  return undefined;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
function fileSystems(input: JsonObject): Refusal | undefined {
  for (const { efsVolumeConfiguration, host } of objects(input.volumes)) {
    if (!isSet(efsVolumeConfiguration)) continue;
    if (text(object(host).sourcePath) !== "") {
      return clientException("A volume cannot specify both 'host' and 'efsVolumeConfiguration'.");
    }
    const { transitEncryption, rootDirectory, authorizationConfig } = object(efsVolumeConfiguration);
    const { accessPointId, iam } = object(authorizationConfig);
    const encrypted = transitEncryption === "ENABLED";
    if (iam === "ENABLED" && !encrypted) {
      return clientException("EFS IAM authorization requires 'transitEncryption' to be ENABLED.");
    }
    if (text(accessPointId) === "") continue;
    if (!encrypted) return clientException("EFS access points require 'transitEncryption' to be ENABLED.");
    if (!["", "/"].includes(text(rootDirectory))) {
      return clientException(
        "'rootDirectory' must either be omitted or set to / when an EFS access point is specified.",
      );
    }
  }
  return undefined;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html
function ephemeralStorage(input: JsonObject): Refusal | undefined {
  return isOutside(object(input.ephemeralStorage).sizeInGiB, 21, 200)
    ? clientException("Invalid 'ephemeralStorage' setting for task. 'sizeInGiB' must be between 21 and 200.")
    : undefined;
}
