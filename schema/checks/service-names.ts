import { knownServices, serviceNames } from "./checked-services";
import type { Check } from "./cross-checks";
import { ownSidecars } from "../services/shares";

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

/** Log groups that stand beside those of the services. */
const ownLogGroups: readonly string[] = ["api-access", "vpc-flow-logs"];

/** The log group of a service has a name of its own. */
export const logGroupsApart: Check = (stage, report) => {
  for (const { name, path } of knownServices(stage)) {
    if (!ownLogGroups.includes(name)) continue;
    report(path, "has the name of a log group of the stack; name the service differently", name);
  }
};
