import { z } from "zod";
import { ingress, type Ingress } from "../ingress/ingress";
import { parsedRoute, type Route } from "../route";
import { continuous, task } from "../services/task";

// Checks across several fields of a stage. Each one reads only the fields it needs, and skips fields with problems of
// their own, so that one run reports all problems of a stage.

export type Report = (path: readonly PropertyKey[], message: string, input: unknown) => void;
export type Check = (stage: unknown, report: Report) => void;

/** Arguments of `superRefine` that run checks even while other fields have problems. */
export function crossChecks(checks: readonly Check[]) {
  const refinement = (stage: unknown, context: z.core.$RefinementCtx) => {
    const report: Report = (path, message, input) => {
      context.addIssue({ code: "custom", path: [...path], message, input });
    };
    for (const check of checks) check(stage, report);
  };
  return [refinement, { when: () => true }] as const;
}

const withServices = z.object({ services: z.record(z.string(), z.unknown()) });

/** The fields of a service that refer to other parts of the stage. */
const references = z.object({
  ...z.object(task).pick({ uses: true, calls: true, sidecars: true, logs: true, telemetry: true }).shape,
  tasks: continuous.tasks,
  kind: z.enum(["web", "worker", "job"]),
  queue: z.string().optional(),
});

/** The services whose fields of `shape` are valid; other fields may have problems. */
export function servicesOf<Shape extends z.ZodRawShape>(stage: unknown, shape: z.ZodObject<Shape>) {
  const services = Object.entries(withServices.safeParse(stage).data?.services ?? {});
  return services.flatMap(([name, service]) => {
    const { data } = shape.strip().safeParse(service);
    return data === undefined ? [] : [{ name, service: data, path: ["services", name] as const }];
  });
}

/** The services with their references to other parts of the stage. */
export function servicesWithReferences(stage: unknown) {
  return servicesOf(stage, references);
}

/** Names of all services, those with problems included. */
export function serviceNames(stage: unknown): string[] {
  return Object.keys(withServices.safeParse(stage).data?.services ?? {});
}

/** A route of a stage with its service. */
export interface ServiceRoute {
  readonly service: string;
  readonly route: Route;
  /** Path of the route in the stage file. */
  readonly path: readonly [string, string, string, number];
}

const withRoutes = z.object({ kind: z.literal("web"), routes: z.array(parsedRoute) });

/** All routes of a stage, without those of a service that has an invalid one. */
export function routesOf(stage: unknown): ServiceRoute[] {
  return servicesOf(stage, withRoutes).flatMap(({ name, service: { routes }, path }) =>
    routes.map((route, index) => ({ service: name, route, path: [...path, "routes", index] as const })),
  );
}

const withIngress = z.object({ ingress });

/** The ingress of a stage, or undefined while it has problems. */
export function ingressOf(stage: unknown) {
  return withIngress.safeParse(stage).data?.ingress;
}

/** Whether requests pass through an ALB. */
export function hasAlb(ingress: Ingress): boolean {
  return ingress.kind === "rest-api" ? ingress.via !== "nlb" : ingress.kind !== "nlb";
}

/** The authorization of an ingress, or undefined. */
export function authorizationOf(ingress: Ingress) {
  return ingress.kind === "nlb" ? undefined : ingress.authorization;
}
