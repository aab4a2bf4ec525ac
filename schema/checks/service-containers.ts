import { z } from "zod";
import { knownServices, servicesOf } from "./checked-services";
import type { Check } from "./cross-checks";
import { container, longRunning } from "../services/container";
import { ecrRepository, sidecarImages } from "../services/image";
import { fits, neededSize } from "../services/shares";
import { stackVariables, storeVariable, urlVariable } from "../services/variables";

const parts = z.object(container);
const divided = parts.pick({ size: true, sidecars: true, logs: true, telemetry: true, writablePaths: true });

/** All containers of a task fit into its size. */
export const containersFit: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, divided)) {
    if (fits(service)) continue;
    const { cpu, memoryMiB } = neededSize(service);
    const message = `is too small for its containers; write cpu of ${cpu} or more and memoryMiB of ${memoryMiB} or more`;
    report([...path, "size"], message, service.size);
  }
};

const told = parts.pick({ environment: true, secrets: true, sidecars: true });

/** No variable is set twice: by the stack, by the stack and the file, or plain and as a secret. */
export const variablesApart: Check = (stage, report) => {
  const settings = new Map(knownServices(stage).map(({ name, service }) => [name, stackVariables(service)]));
  for (const { name, service, path } of servicesOf(stage, told)) {
    const fromStack = settings.get(name) ?? [];
    for (const field of ["environment", "secrets"] as const) {
      for (const variable of Object.keys(service[field])) {
        if (!fromStack.includes(variable)) continue;
        const remedy = variable === "PORT" ? "write the service's `port` instead" : "remove it";
        report([...path, field, variable], `is set by the stack; ${remedy}`, service[field][variable]);
      }
    }
    const containers = [
      { at: path, ...service },
      ...Object.entries(service.sidecars).map(([sidecar, each]) => ({ at: [...path, "sidecars", sidecar], ...each })),
    ];
    for (const { at, environment, secrets } of containers) {
      for (const variable of Object.keys(secrets)) {
        if (!Object.hasOwn(environment, variable)) continue;
        report([...at, "environment", variable], "is a secret already; remove one of the two", environment[variable]);
      }
    }
  }
  for (const { service, path } of knownServices(stage)) {
    const stores = new Set([...service.uses, ...(service.queue === undefined ? [] : [`queue:${service.queue}`])]);
    service.calls.forEach((called, index) => {
      const store = [...stores].find((use) => storeVariable(use) === urlVariable(called));
      if (store === undefined) return;
      const message = `is told by ${urlVariable(called)}, and so is ${store}; name one of the two differently`;
      report([...path, "calls", index], message, called);
    });
  }
};

const place = z.object({
  region: z.string(),
  network: z.object({ egress: z.object({ mode: z.string() }) }),
});
const images = parts.pick({ image: true, sidecars: true, logs: true, telemetry: true });

/** Without a way to the internet, only ECR of the region can be reached. */
export const imagesReachable: Check = (stage, report) => {
  const { data } = place.safeParse(stage);
  if (data?.network.egress.mode !== "vpc-endpoints") return;
  for (const { service, path } of servicesOf(stage, images)) {
    const { image } = service;
    const own = image === undefined ? [] : [{ field: ["image"], image }];
    for (const each of [...own, ...sidecarImages(service)]) {
      if (ecrRepository(each.image)?.region === data.region) continue;
      const message = `cannot be reached by VPC endpoints; copy it to ECR in ${data.region}, or choose egress "nat-gateway"`;
      report([...path, ...each.field], message, each.image);
    }
  }
};

const executable = z
  .object({ ...longRunning, writableRoot: container.writableRoot })
  .pick({ exec: true, writableRoot: true });

/** The agent that ECS puts into a container writes to its root. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
export const execPossible: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, executable)) {
    if (!service.exec || service.writableRoot) continue;
    report([...path, "exec"], "needs a root that can be written to; write writableRoot: true, or exec: false", true);
  }
};

const owning = parts.pick({ user: true, fileSystem: true });

/** EFS knows who owns files by numbers, and has no list of names. https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html */
export const filesOwned: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, owning)) {
    if (service.fileSystem === undefined || /^\d+(:\d+)?$/.test(service.user)) continue;
    const message = 'is no number, by which fileSystem knows who owns its files; write one such as "1000:1000"';
    report([...path, "user"], message, service.user);
  }
};
