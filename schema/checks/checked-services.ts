import { z } from "zod";
import { container, longRunning } from "../services/container";

const written = z.object({ services: z.record(z.string(), z.unknown()) });

/** What rules over several services need to know of each; routes are read apart (checked-routes.ts). */
const known = z.object({
  ...z.object(container).pick({ uses: true, calls: true, sidecars: true, logs: true, telemetry: true }).shape,
  tasks: longRunning.tasks,
  kind: z.enum(["web", "worker", "job"]),
  queue: z.string().optional(),
});

/** The services of a stage that may have other problems, as far as each has the fields of `shape`. */
export function servicesOf<Shape extends z.ZodRawShape>(stage: unknown, shape: z.ZodObject<Shape>) {
  const services = Object.entries(written.safeParse(stage).data?.services ?? {});
  return services.flatMap(([name, service]) => {
    const { data } = shape.strip().safeParse(service);
    return data === undefined ? [] : [{ name, service: data, path: ["services", name] as const }];
  });
}

/** Every service with what it needs of others. */
export function knownServices(stage: unknown) {
  return servicesOf(stage, known);
}

/** Names of all services, also of those that are wrong by themselves. */
export function serviceNames(stage: unknown): string[] {
  return Object.keys(written.safeParse(stage).data?.services ?? {});
}
