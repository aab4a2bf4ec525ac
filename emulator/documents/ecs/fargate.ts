import { list, object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet } from "../values";
import { clientException, isFargate, isWindows } from "./task-definition";

/** Parameters of a container that Fargate does not have; `tmpfs` it has since 2026. */
const unsupported = [
  "disableNetworking",
  "dnsSearchDomains",
  "dnsServers",
  "dockerSecurityOptions",
  "extraHosts",
  "links",
  "privileged",
];
const unsupportedLinux = ["devices", "sharedMemorySize", "maxSwap", "swappiness"];

const logDrivers = ["awslogs", "splunk", "awsfirelens"];

/** What a task definition for Fargate cannot have. */
export const fargate: DocumentCheck = {
  service: "ecs",
  operations: ["RegisterTaskDefinition"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
  check: (input) =>
    isFargate(input)
      ? firstRefusal([network, task, containerParameters, linuxParameters, logging, timeouts, platform], input)
      : undefined,
};

function network({ networkMode }: JsonObject): Refusal | undefined {
  return networkMode === "awsvpc" ? undefined : clientException("Fargate only supports network mode ‘awsvpc’.");
}

function task(input: JsonObject): Refusal | undefined {
  if (isUsed(input.placementConstraints)) return notSupported("placementConstraints");
  if (isUsed(input.ipcMode)) return notSupported("ipcMode");
  if (input.pidMode === "host") return notSupported("pidMode 'host'");
  if (objects(input.volumes).some(({ dockerVolumeConfiguration }) => isUsed(dockerVolumeConfiguration))) {
    return notSupported("dockerVolumeConfiguration");
  }
  return objects(input.volumes).some(({ host }) => text(object(host).sourcePath) !== "")
    ? notSupported("host.sourcePath")
    : undefined;
}

function containerParameters(input: JsonObject): Refusal | undefined {
  for (const container of objects(input.containerDefinitions)) {
    const name = unsupported.find((parameter) => isUsed(container[parameter]));
    if (name !== undefined) return notSupported(name);
    if (objects(container.resourceRequirements).some(({ type }) => type === "GPU")) return notSupported("GPU");
  }
  return undefined;
}

function linuxParameters(input: JsonObject): Refusal | undefined {
  for (const container of objects(input.containerDefinitions)) {
    const parameters = object(container.linuxParameters);
    const name = unsupportedLinux.find((parameter) => isUsed(parameters[parameter]));
    if (name !== undefined) return notSupported(name);
    const added = list(object(parameters.capabilities).add).find((capability) => capability !== "SYS_PTRACE");
    if (added !== undefined) return notSupported(`adding the capability '${text(added)}'`);
  }
  return undefined;
}

function logging(input: JsonObject): Refusal | undefined {
  for (const { logConfiguration } of objects(input.containerDefinitions)) {
    const driver = text(object(logConfiguration).logDriver);
    if (driver !== "" && !logDrivers.includes(driver)) return notSupported(`log driver '${driver}'`);
  }
  return undefined;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
function timeouts(input: JsonObject): Refusal | undefined {
  for (const container of objects(input.containerDefinitions)) {
    for (const name of ["startTimeout", "stopTimeout"]) {
      if (isOutside(container[name], 2, 120)) {
        return clientException(
          `Invalid setting for container '${text(container.name)}'. '${name}' must be between 2 and 120 for Fargate.`,
        );
      }
    }
  }
  return undefined;
}

function platform(input: JsonObject): Refusal | undefined {
  return isWindows(input) && object(input.runtimePlatform).cpuArchitecture === "ARM64"
    ? notSupported("cpuArchitecture 'ARM64' with a Windows operating system family")
    : undefined;
}

function notSupported(what: string): Refusal {
  return clientException(`Fargate compatible task definitions do not support ${what}`);
}

/** Empty lists and `false` are what SDKs send for parameters that are not used. */
function isUsed(value: JsonValue): boolean {
  return isSet(value) && value !== false && value !== "" && !(Array.isArray(value) && value.length === 0);
}
