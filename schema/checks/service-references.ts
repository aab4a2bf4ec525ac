import { z } from "zod";
import { knownServices, serviceNames, servicesOf } from "./checked-services";
import type { Check } from "./cross-checks";
import { storesOf } from "./known-stores";
import { secretsUsed } from "./secrets-used";

/** Services use only stores that the stage has. */
export const storesKnown: Check = (stage, report) => {
  const known = storesOf(stage)?.map(({ use }) => use);
  if (known === undefined) return;
  const has = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  for (const { service, path } of knownServices(stage)) {
    service.uses.forEach((use, index) => {
      if (known.includes(use)) return;
      const [kind = "", name] = use.split(":");
      const place = name === undefined ? `data.${kind}` : `data.${kind}s.${name}`;
      report([...path, "uses", index], `is no store of the stage, ${has}; write ${place}, or remove it`, use);
    });
    if (service.kind !== "worker" || service.queue === undefined || known.includes(`queue:${service.queue}`)) continue;
    const message = `is no queue of the stage, ${has}; write data.queues.${service.queue}`;
    report([...path, "queue"], message, service.queue);
  }
};

/** Containers are given only secrets that the stage has. */
export const secretsKnown: Check = (stage, report) => {
  const stores = storesOf(stage);
  if (stores === undefined) return;
  const known = stores.filter(({ use }) => use.startsWith("secret:")).map(({ use }) => use.replace("secret:", ""));
  const has = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  for (const { name, path } of secretsUsed(stage)) {
    if (known.includes(name)) continue;
    report(path, `is no secret of the stage, ${has}; declare it in data.secrets, or write a secretArn`, name);
  }
};

const discovery = z.object({ discovery: z.string() });
const answering = z.object({ kind: z.literal("web") });

/** Services call only services that answer, by a name that can be found. */
export const callsKnown: Check = (stage, report) => {
  const web = servicesOf(stage, answering).map(({ name }) => name);
  const mode = discovery.safeParse(stage).data?.discovery;
  for (const { name, service, path } of knownServices(stage)) {
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

const imaged = z.object({ image: z.unknown().optional(), sharesImageOf: z.unknown().optional() });

/** Services share the image of one that has an image of its own. */
export const imagesShared: Check = (stage, report) => {
  const services = servicesOf(stage, imaged);
  for (const { name, service, path } of services) {
    const { image, sharesImageOf: owner } = service;
    if (owner === undefined) continue;
    if (image !== undefined)
      report([...path, "image"], "is not run beside sharesImageOf; remove one of the two", image);
    const others = services.filter((other) => other.name !== name && other.service.sharesImageOf === undefined);
    if (others.some((other) => other.name === owner)) continue;
    const names = others.map((other) => other.name).join(", ");
    const remedy = names === "" ? "remove it" : `write one of ${names}`;
    report([...path, "sharesImageOf"], `has no image of its own to share; ${remedy}`, owner);
  }
};
