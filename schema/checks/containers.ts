import { z } from "zod";
import { ecrRepository, sidecarImages } from "../services/image";
import { continuous, task } from "../services/task";
import { fits, requiredTaskSize } from "../services/task-size";
import { stackVariables, dataVariable, urlVariable } from "../services/variables";
import { servicesOf, servicesWithReferences, type Check } from "./check";

const fields = z.object(task);
const sized = fields.pick({ size: true, sidecars: true, logs: true, telemetry: true, tmpfs: true });

/** All containers of a task fit into its size. */
export const containersFit: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, sized)) {
    if (fits(service)) continue;
    const { cpu, memoryMiB } = requiredTaskSize(service);
    const message = `is too small for its containers; write cpu of ${cpu} or more and memoryMiB of ${memoryMiB} or more`;
    report([...path, "size"], message, service.size);
  }
};

const withVariables = fields.pick({ environment: true, secrets: true, sidecars: true });

/** Every variable of a container has one source: the stack, `environment` or `secrets`. */
export const variablesDistinct: Check = (stage, report) => {
  const fromStack = new Map(servicesWithReferences(stage).map(({ name, service }) => [name, stackVariables(service)]));
  for (const { name, service, path } of servicesOf(stage, withVariables)) {
    for (const field of ["environment", "secrets"] as const) {
      for (const variable of Object.keys(service[field])) {
        if (!fromStack.get(name)?.includes(variable)) continue;
        const remedy = variable === "PORT" ? "write the service's `port` instead" : "remove it";
        report([...path, field, variable], `is set by the stack; ${remedy}`, service[field][variable]);
      }
    }
    const containers = [
      { containerPath: path, ...service },
      ...Object.entries(service.sidecars).map(([sidecar, each]) => ({
        containerPath: [...path, "sidecars", sidecar],
        ...each,
      })),
    ];
    for (const { containerPath, environment, secrets } of containers) {
      for (const variable of Object.keys(secrets)) {
        if (!Object.hasOwn(environment, variable)) continue;
        const message = "is also in `secrets`; remove one of the two";
        report([...containerPath, "environment", variable], message, environment[variable]);
      }
    }
  }
};

/** The URL variables of called services differ from the variables of data services. */
export const urlVariablesDistinct: Check = (stage, report) => {
  for (const { service, path } of servicesWithReferences(stage)) {
    const used = new Set([...service.uses, ...(service.queue === undefined ? [] : [`queue:${service.queue}`])]);
    service.calls.forEach((called, index) => {
      const use = [...used].find((use) => dataVariable(use) === urlVariable(called));
      if (use === undefined) return;
      const message = `has the variable ${urlVariable(called)}, as has ${use}; rename one of the two`;
      report([...path, "calls", index], message, called);
    });
  }
};

const withEgress = z.object({
  region: z.string(),
  network: z.object({ egress: z.object({ mode: z.string() }) }),
});
const withImages = fields.pick({ image: true, sidecars: true, logs: true, telemetry: true });

/** VPC endpoints reach only ECR of the stage's region. */
export const imagesReachable: Check = (stage, report) => {
  const { data } = withEgress.safeParse(stage);
  if (data?.network.egress.mode !== "vpc-endpoints") return;
  for (const { service, path } of servicesOf(stage, withImages)) {
    const { image } = service;
    const serviceImage = image === undefined ? [] : [{ field: ["image"], image }];
    for (const each of [...serviceImage, ...sidecarImages(service)]) {
      if (ecrRepository(each.image)?.region === data.region) continue;
      const message = `cannot be reached through VPC endpoints; copy it to ECR in ${data.region}, or choose egress "nat-gateway"`;
      report([...path, ...each.field], message, each.image);
    }
  }
};

const executable = z
  .object({ ...continuous, readonlyRootFilesystem: task.readonlyRootFilesystem })
  .pick({ enableExecuteCommand: true, readonlyRootFilesystem: true });

/** ECS Exec needs a writable root file system. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
export const executeCommandPossible: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, executable)) {
    if (!service.enableExecuteCommand || !service.readonlyRootFilesystem) continue;
    const message =
      "needs a writable root file system; write readonlyRootFilesystem: false, or enableExecuteCommand: false";
    report([...path, "enableExecuteCommand"], message, true);
  }
};

const withFileSystem = fields.pick({ user: true, fileSystem: true });

/** EFS access points identify the owner of files by numeric IDs. https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html */
export const fileOwnersNumeric: Check = (stage, report) => {
  for (const { service, path } of servicesOf(stage, withFileSystem)) {
    if (service.fileSystem === undefined || /^\d+(:\d+)?$/.test(service.user)) continue;
    report([...path, "user"], 'must be numeric with a fileSystem; write one such as "1000:1000"', service.user);
  }
};
