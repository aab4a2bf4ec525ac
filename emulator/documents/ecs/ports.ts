import { objects, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { clientException } from "./task-definition";

/** The port mappings of a task. */
export const ports: DocumentCheck = {
  service: "ecs",
  operations: ["RegisterTaskDefinition"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
  check: (input) => firstRefusal([numbers, hostPorts, uniqueHostPorts, names], input),
};

function numbers(input: JsonObject): Refusal | undefined {
  for (const { name, portMappings } of objects(input.containerDefinitions)) {
    for (const { containerPort, containerPortRange, hostPort } of objects(portMappings)) {
      const missing = !isSet(containerPort) && !isSet(containerPortRange);
      if (missing || isOutside(containerPort, 1, 65535)) {
        return clientException(`Invalid 'containerPort' setting for container '${text(name)}'.`);
      }
      if (isOutside(hostPort, 0, 65535)) {
        return clientException(`Invalid 'hostPort' setting for container '${text(name)}'.`);
      }
    }
  }
  return undefined;
}

function hostPorts(input: JsonObject): Refusal | undefined {
  const mode = text(input.networkMode);
  const all = mappings(input);
  if (mode === "none" && all.length > 0) {
    return clientException("Port mappings are not supported when networkMode=none.");
  }
  if (mode !== "awsvpc" && mode !== "host") return undefined;
  const differing = all.some(({ hostPort, containerPort }) => {
    const host = numberOf(hostPort) ?? 0;
    return host !== 0 && host !== numberOf(containerPort);
  });
  return differing
    ? clientException(`When networkMode=${mode}, the host ports and container ports in port mappings must match.`)
    : undefined;
}

/** In `awsvpc` and `host` a container port is a port of the task's or instance's only network interface. */
function uniqueHostPorts(input: JsonObject): Refusal | undefined {
  const shared = ["awsvpc", "host"].includes(text(input.networkMode));
  const used = mappings(input).flatMap(({ hostPort, containerPort, protocol }) => {
    const port = (shared ? numberOf(containerPort) : numberOf(hostPort)) ?? 0;
    return port === 0 ? [] : [`${text(protocol).toUpperCase() || "TCP"} host port '${port}'`];
  });
  const duplicate = firstDuplicate(used);
  return duplicate === undefined ? undefined : clientException(`${duplicate} is mapped multiple times in task.`);
}

function names(input: JsonObject): Refusal | undefined {
  const all = mappings(input)
    .map(({ name }) => text(name))
    .filter((name) => name !== "");
  const invalid = all.find((name) => !/^[a-z0-9_][a-z0-9_-]{0,63}$/.test(name));
  if (invalid !== undefined) return clientException(`Port mapping name '${invalid}' is not valid.`);
  const duplicate = firstDuplicate(all);
  return duplicate === undefined
    ? undefined
    : clientException(`Port mapping name '${duplicate}' must be unique within the task definition.`);
}

function mappings(input: JsonObject): readonly JsonObject[] {
  return objects(input.containerDefinitions).flatMap(({ portMappings }) => objects(portMappings));
}
