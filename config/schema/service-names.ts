import { z } from "zod";
import { knownServices, serviceNames } from "./checked-services";
import type { Check } from "./cross-checks";
import { ownSidecars } from "./services/shares";

/** Task definitions, of services and of what runs once, have names of their own. */
export const taskDefinitionsApart: Check = (stage, report) => {
  const owners = new Map(serviceNames(stage).map((name) => [name, `service "${name}"`]));
  for (const { name, service, path } of knownServices(stage)) {
    for (const task of Object.keys(service.tasks)) {
      const family = `${name}-${task}`;
      const owner = owners.get(family);
      owners.set(family, owner ?? `task "${task}" of "${name}"`);
      if (owner === undefined) continue;
      report([...path, "tasks", task], `makes the task definition of ${owner}; write another name`, task);
    }
  }
};

/** Containers of one task have names of their own. */
export const containersApart: Check = (stage, report) => {
  for (const { name, service, path } of knownServices(stage)) {
    for (const sidecar of Object.keys(service.sidecars)) {
      if (sidecar !== name && !ownSidecars.some((own) => own === sidecar)) continue;
      report([...path, "sidecars", sidecar], "is the name of another container of the task; write another", sidecar);
    }
    const taken =
      (name === "log-router" && service.logs.driver === "firelens") ||
      (name === "collector" && service.telemetry !== undefined);
    if (taken) report(path, "has the name of another container of its task; name the service differently", name);
  }
};

const ownLogGroups: readonly string[] = ["api-access", "sessions", "vpc-flow-logs"];
const withQueues = z.object({ data: z.object({ queues: z.record(z.string(), z.unknown()) }) });

/** What a service has beside its tasks, such as a log group, has a name of its own. */
export const belongingsApart: Check = (stage, report) => {
  const services = knownServices(stage);
  const measured = services.filter(({ service }) => service.telemetry !== undefined);
  const queues = Object.keys(withQueues.safeParse(stage).data?.data.queues ?? {});
  for (const { name, service, path } of services) {
    if (ownLogGroups.includes(name)) {
      report(path, "has the name of a log group of the stack; name the service differently", name);
    }
    const other = measured.find((each) => `${each.name}-metrics` === name);
    if (other !== undefined) {
      const message = `has the name of the log group for the telemetry of "${other.name}"; name the service differently`;
      report(path, message, name);
    }
    if (service.kind === "job" && queues.includes(name)) {
      const message = `has the dead-letter queue of data.queues.${name}; name one of the two differently`;
      report(path, message, name);
    }
  }
};
