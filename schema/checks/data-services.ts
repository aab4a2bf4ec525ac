import { z } from "zod";
import { task } from "../services/task";
import { allServicesOf, allServicesWithReferences, servicesOf, servicesWithReferences, type Check } from "./check";

const dataService = z.looseObject({ keep: z.unknown().optional() });
const dataServices = z.record(z.string(), dataService);

const withDataServices = z.object({
  data: z.object({
    postgres: dataService.optional(),
    redis: dataService.optional(),
    uploads: dataService.optional(),
    queues: dataServices,
    tables: dataServices,
    secrets: dataServices,
    topics: dataServices,
  }),
});

/** A data service of a stage. */
interface DataService {
  /** Entry of `uses`, such as `queue:orders`. */
  readonly use: string;
  readonly path: readonly string[];
  readonly settings: z.output<typeof dataService>;
}

/** The services use only data services of the stage. */
export const usedDataServicesExist: Check = (stage, report) => {
  const uses = dataServicesOf(stage)?.map(({ use }) => use);
  if (uses === undefined) return;
  for (const { service, path } of servicesWithReferences(stage)) {
    service.uses.forEach((use, index) => {
      if (uses.includes(use)) return;
      const [kind = "", name] = use.split(":");
      const field = name === undefined ? `data.${kind}` : `data.${kind}s.${name}`;
      const message = `must be a data service of the stage, ${available(uses)}; write ${field}, or remove it`;
      report([...path, "uses", index], message, use);
    });
    if (service.kind !== "worker" || service.queue === undefined || uses.includes(`queue:${service.queue}`)) continue;
    const message = `must be a queue of the stage, ${available(uses)}; write data.queues.${service.queue}`;
    report([...path, "queue"], message, service.queue);
  }
};

/** The containers read only secrets of the stage. */
export const usedSecretsExist: Check = (stage, report) => {
  const uses = dataServicesOf(stage)?.map(({ use }) => use);
  if (uses === undefined) return;
  const names = uses.flatMap((use) => (use.startsWith("secret:") ? [use.replace("secret:", "")] : []));
  for (const { name, path } of containerSecrets(servicesOf(stage, withContainers))) {
    if (names.includes(name)) continue;
    const message = `must be a secret of the stage, ${available(names)}; declare it in data.secrets, or write a secretArn`;
    report(path, message, name);
  }
};

const withUploads = z.object({ ingress: z.object({ uploads: z.unknown().optional() }) });

/** Every data service is used, or kept on purpose. */
export const dataServicesUsed: Check = (stage, report) => {
  const byServices = allServicesWithReferences(stage).flatMap(({ service }) => [
    ...service.uses,
    ...(service.queue === undefined ? [] : [`queue:${service.queue}`]),
  ]);
  const byIngress = withUploads.safeParse(stage).data?.ingress.uploads === undefined ? [] : ["uploads"];
  const byContainers = containerSecrets(allServicesOf(stage, withContainers)).map(({ name }) => `secret:${name}`);
  const used = new Set([...byServices, ...byIngress, ...byContainers]);
  for (const { use, path, settings } of dataServicesOf(stage) ?? []) {
    if (used.has(use) || settings.keep === true) continue;
    report(path, `is used by no service; write uses: ["${use}"], keep: true, or remove it`, settings);
  }
};

/** All data services of a stage, or undefined while its `data` has problems. */
function dataServicesOf(stage: unknown): readonly DataService[] | undefined {
  const { data } = withDataServices.safeParse(stage);
  if (data === undefined) return undefined;
  const { postgres, redis, uploads, queues, tables, secrets, topics } = data.data;
  const kinds = Object.entries({ queue: queues, table: tables, secret: secrets, topic: topics });
  return [
    ...Object.entries({ postgres, redis, uploads }).flatMap(([use, each]) =>
      each === undefined ? [] : [{ use, path: ["data", use], settings: each }],
    ),
    ...kinds.flatMap(([kind, all]) =>
      Object.entries(all).map(([name, each]) => ({
        use: `${kind}:${name}`,
        path: ["data", `${kind}s`, name],
        settings: each,
      })),
    ),
  ];
}

function available(names: readonly string[]): string {
  return names.length === 0 ? "which has none" : `which has ${names.join(", ")}`;
}

const withContainers = z.object({ secrets: task.secrets, sidecars: task.sidecars });

/** The stage's secrets that containers read, with the fields that name them. */
function containerSecrets(
  services: ReturnType<typeof servicesOf<typeof withContainers.shape>>,
): { readonly name: string; readonly path: readonly string[] }[] {
  return services.flatMap(({ service, path }) =>
    [
      { containerPath: path, ...service },
      ...Object.entries(service.sidecars).map(([name, sidecar]) => ({
        containerPath: [...path, "sidecars", name],
        ...sidecar,
      })),
    ].flatMap(({ containerPath, secrets }) =>
      Object.entries(secrets).flatMap(([variable, secret]) =>
        "secret" in secret ? [{ name: secret.secret, path: [...containerPath, "secrets", variable, "secret"] }] : [],
      ),
    ),
  );
}
