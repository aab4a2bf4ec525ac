import { z } from "zod";
import { knownServices, serviceNames } from "./checked-services";
import type { Check } from "./cross-checks";
import { ownSidecars } from "./services/shares";

const stores = z.object({
  data: z.object({
    uploads: z.unknown(),
    queues: z.record(z.string(), z.unknown()),
    tables: z.record(z.string(), z.unknown()),
  }),
});

/** Services use only stores that the stage has. */
export const storesKnown: Check = (stage, report) => {
  const { data } = stores.safeParse(stage);
  if (data === undefined) return;
  const { uploads, queues, tables } = data.data;
  const known = [
    ...(uploads === undefined ? [] : ["uploads"]),
    ...Object.keys(queues).map((name) => `queue:${name}`),
    ...Object.keys(tables).map((name) => `table:${name}`),
  ];
  const has = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  for (const { service, path } of knownServices(stage)) {
    service.uses.forEach((use, index) => {
      if (known.includes(use)) return;
      const [kind = "", name] = use.split(":");
      const place = name === undefined ? `data.${kind}` : `data.${kind}s.${name}`;
      report([...path, "uses", index], `is no store of the stage, ${has}; write ${place}, or remove it`, use);
    });
    if (service.kind !== "worker" || service.queue === undefined || service.queue in queues) continue;
    const message = `is no queue of the stage, ${has}; write data.queues.${service.queue}`;
    report([...path, "queue"], message, service.queue);
  }
};

const discovery = z.object({ discovery: z.string() });

/** Services call only services that answer, by a name that can be found. */
export const callsKnown: Check = (stage, report) => {
  const services = knownServices(stage);
  const web = services.filter(({ service }) => service.kind === "web").map(({ name }) => name);
  const mode = discovery.safeParse(stage).data?.discovery;
  for (const { name, service, path } of services) {
    service.calls.forEach((called, index) => {
      const problem = callProblem(called, name, serviceNames(stage), web);
      if (problem !== undefined) report([...path, "calls", index], problem, called);
    });
    if (service.calls.length === 0) continue;
    if (mode === "none") {
      const message = 'find nobody without names; write discovery: "service-connect" on the stage';
      report([...path, "calls"], message, service.calls);
    }
    if (mode === "service-connect" && service.kind === "job") {
      const message = 'find nobody, Service Connect is for services that go on; write discovery: "cloud-map"';
      report([...path, "calls"], message, service.calls);
    }
  }
};

function callProblem(called: string, caller: string, all: readonly string[], web: readonly string[]) {
  if (called === caller) return "is the service itself; remove it";
  if (!all.includes(called)) return `is no service of the stage; write one of ${web.join(", ")}`;
  return web.includes(called) ? undefined : 'answers no requests; call a service of kind "web"';
}

/** Services share the image of one that has an image of its own. */
export const imagesShared: Check = (stage, report) => {
  const services = knownServices(stage);
  for (const { name, service, path } of services) {
    const { sharesImageOf: owner } = service;
    if (owner === undefined) continue;
    const others = services.filter((other) => other.name !== name && other.service.sharesImageOf === undefined);
    if (others.some((other) => other.name === owner)) continue;
    const names = others.map((other) => other.name).join(", ");
    report([...path, "sharesImageOf"], `has no image of its own to share; write one of ${names}`, owner);
  }
};

/** Task definitions and containers have names of their own. */
export const partsApart: Check = (stage, report) => {
  const names = serviceNames(stage);
  for (const { name, service, path } of knownServices(stage)) {
    for (const task of Object.keys(service.tasks)) {
      if (!names.includes(`${name}-${task}`)) continue;
      const message = `makes the task definition of service "${name}-${task}"; write another name`;
      report([...path, "tasks", task], message, task);
    }
    for (const sidecar of Object.keys(service.sidecars)) {
      if (sidecar !== name && !ownSidecars.some((own) => own === sidecar)) continue;
      report([...path, "sidecars", sidecar], "is the name of another container of the task; write another", sidecar);
    }
  }
};
