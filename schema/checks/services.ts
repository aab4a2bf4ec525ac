import { z } from "zod";
import { allServicesOf, serviceNames, servicesWithReferences, type Check } from "./check";

/** The task definitions of services and of their one-off tasks have different families. */
export const taskDefinitionsDistinct: Check = (stage, report) => {
  const owners = new Map(serviceNames(stage).map((name) => [name, `service "${name}"`]));
  for (const { name, service, path } of servicesWithReferences(stage)) {
    for (const task of Object.keys(service.tasks)) {
      const family = `${name}-${task}`;
      const owner = owners.get(family);
      owners.set(family, owner ?? `task "${task}" of "${name}"`);
      if (owner === undefined) continue;
      report([...path, "tasks", task], `has the same task definition family as ${owner}; write another name`, task);
    }
  }
};

/** Names of the containers that the stack adds to a task. */
const addedContainers: readonly string[] = ["log-router", "collector"];

/** The containers of a task have different names. */
export const containersDistinct: Check = (stage, report) => {
  for (const { name, service, path } of servicesWithReferences(stage)) {
    for (const sidecar of Object.keys(service.sidecars)) {
      if (sidecar !== name && !addedContainers.includes(sidecar)) continue;
      report([...path, "sidecars", sidecar], "is the name of another container of the task; write another", sidecar);
    }
    const isTaken =
      (name === "log-router" && service.logs.driver === "firelens") ||
      (name === "collector" && service.telemetry !== undefined);
    if (isTaken) report(path, "is the name of another container of its task; rename the service", name);
  }
};

/** Names of the stack's own log groups, beside those of the services. */
const stackLogGroups: readonly string[] = ["api-access", "vpc-flow-logs"];

/** The log groups of services differ from those of the stack. */
export const logGroupsDistinct: Check = (stage, report) => {
  for (const { name, path } of servicesWithReferences(stage)) {
    if (!stackLogGroups.includes(name)) continue;
    report(path, "is the name of a log group of the stack; rename the service", name);
  }
};

const withDiscovery = z.object({ discovery: z.string() });
const webKind = z.object({ kind: z.literal("web") });

/** Services call only web services of the stage, and service discovery is on. */
export const calledServicesExist: Check = (stage, report) => {
  const web = allServicesOf(stage, webKind).map(({ name }) => name);
  const mode = withDiscovery.safeParse(stage).data?.discovery;
  for (const { name, service, path } of servicesWithReferences(stage)) {
    service.calls.forEach((called, index) => {
      const problem = callProblem(called, name, serviceNames(stage), web);
      if (problem !== undefined) report([...path, "calls", index], problem, called);
    });
    if (service.calls.length === 0) continue;
    if (mode === "none") {
      const message = 'need service discovery; write discovery: "service-connect" on the stage';
      report([...path, "calls"], message, service.calls);
    }
    if (mode === "service-connect" && service.kind === "job") {
      const message = 'are not supported by jobs with Service Connect; write discovery: "cloud-map"';
      report([...path, "calls"], message, service.calls);
    }
  }
};

/**
 * Services do not call each other in a cycle over Service Connect: a task resolves only the services that were created
 * before it, so that none of them could be created first.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
 */
export const callsAcyclic: Check = (stage, report) => {
  if (withDiscovery.safeParse(stage).data?.discovery !== "service-connect") return;
  const services = servicesWithReferences(stage);
  const calls = new Map(services.map(({ name, service }) => [name, service.calls]));
  const reported = new Set<string>();
  for (const { name, path } of services) {
    if (reported.has(name)) continue;
    const cycle = cycleFrom(name, calls);
    if (cycle === undefined) continue;
    for (const member of cycle) reported.add(member);
    const chain = [...cycle, name].join(" -> ");
    const message = `form a cycle over Service Connect, ${chain}; write discovery: "cloud-map", or remove one of these calls`;
    report([...path, "calls"], message, calls.get(name));
  }
};

/** The shortest chain of calls from a service back to itself, without its second mention. */
function cycleFrom(name: string, calls: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const visited = new Set<string>();
  let chains: readonly (readonly string[])[] = [[name]];
  while (chains.length > 0) {
    const next: (readonly string[])[] = [];
    for (const chain of chains) {
      for (const called of calls.get(chain.at(-1) ?? "") ?? []) {
        // A service that calls itself has a message of its own.
        if (called === name && chain.length > 1) return chain;
        if (called === name || visited.has(called)) continue;
        visited.add(called);
        next.push([...chain, called]);
      }
    }
    chains = next;
  }
  return undefined;
}

function callProblem(called: string, caller: string, all: readonly string[], web: readonly string[]) {
  if (called === caller) return "is the service itself; remove it";
  if (!all.includes(called)) return `must be a service of the stage; write one of ${web.join(", ")}`;
  return web.includes(called) ? undefined : 'receives no requests; write a service of kind "web"';
}

const withImage = z.object({ image: z.unknown().optional(), sharesImageOf: z.unknown().optional() });

/** Services share the image of a service with a repository of its own. */
export const sharedImagesExist: Check = (stage, report) => {
  const services = allServicesOf(stage, withImage);
  for (const { name, service, path } of services) {
    const { image, sharesImageOf: owner } = service;
    if (owner === undefined) continue;
    if (image !== undefined) {
      report([...path, "image"], "must not be combined with sharesImageOf; remove one of the two", image);
    }
    const others = services.filter((other) => other.name !== name && other.service.sharesImageOf === undefined);
    if (others.some((other) => other.name === owner)) continue;
    const names = others.map((other) => other.name).join(", ");
    const remedy = names === "" ? "remove it" : `write one of ${names}`;
    report([...path, "sharesImageOf"], `must be a service with an image of its own; ${remedy}`, owner);
  }
};
