import { z } from "zod";
import { valueAt } from "../fields";
import { ingress, type Ingress } from "../ingress/ingress";
import { parsedRoute, type Route } from "../route";
import { continuous, task } from "../services/task";
import { parsedOnly, unlessNotParsed } from "./parsed";

// Checks across several fields of a stage. Each one reads only the fields it needs. A field with a problem of its own ends
// the check that reads it: what does not depend on the field is still checked, so that one run reports as many problems
// as possible, and nothing is concluded from a field that a team has still to correct.

export type Report = (path: readonly PropertyKey[], message: string, input: unknown) => void;
export type Check = (stage: unknown, report: Report) => void;

/**
 * Arguments of `superRefine` that run checks even while other fields have problems.
 *
 * @param schema the schema that is refined
 */
export function crossChecks(checks: readonly Check[], schema: () => z.core.$ZodType) {
  const refinement = (stage: unknown, context: z.core.$RefinementCtx) => {
    const report: Report = (path, message, input) => {
      context.addIssue({ code: "custom", path: [...path], message, input });
    };
    const parsed = parsedOnly(stage, [...context.issues], schema());
    for (const check of parsed === undefined ? [] : checks) {
      unlessNotParsed(() => {
        check(parsed, report);
      });
    }
  };
  return [refinement, { when: () => true }] as const;
}

/** The fields of a service that refer to other parts of the stage. */
const references = z.object({
  ...z.object(task).pick({ uses: true, calls: true, sidecars: true, logs: true, telemetry: true }).shape,
  tasks: continuous.tasks,
  kind: z.enum(["web", "worker", "job"]),
  queue: z.string().optional(),
});

/**
 * The services whose fields fit `shape`, without those that have a problem in one of these fields.
 *
 * @param shape allows other fields, and exists once: Zod compiles each object that it is given
 */
export function servicesOf<Shape extends z.ZodRawShape>(stage: unknown, shape: z.ZodObject<Shape>) {
  return serviceNames(stage).flatMap((name) => unlessNotParsed(() => serviceOf(stage, name, shape)) ?? []);
}

/** The services whose fields fit `shape`, for conclusions from what no service has: none while one has a problem there. */
export function allServicesOf<Shape extends z.ZodRawShape>(stage: unknown, shape: z.ZodObject<Shape>) {
  return serviceNames(stage).flatMap((name) => serviceOf(stage, name, shape));
}

function serviceOf<Shape extends z.ZodRawShape>(stage: unknown, name: string, shape: z.ZodObject<Shape>) {
  const { data } = shape.safeParse(valueAt(stage, ["services", name]));
  return data === undefined ? [] : [{ name, service: data, path: ["services", name] as const }];
}

/** The services with their references to other parts of the stage. */
export const servicesWithReferences = oncePerStage((stage) => servicesOf(stage, references));

/** The same, for conclusions from what no service refers to. */
export function allServicesWithReferences(stage: unknown) {
  return allServicesOf(stage, references);
}

/** Names of all services, those with problems included. */
export function serviceNames(stage: unknown): string[] {
  return Object.keys(valueAt(stage, ["services"]) ?? {});
}

/** A route of a stage with its service. */
export interface ServiceRoute {
  readonly service: string;
  readonly route: Route;
  /** Path of the route in the stage file. */
  readonly path: readonly [string, string, string, number];
}

const withRoutes = z.object({ kind: z.literal("web"), routes: z.array(parsedRoute) });

/** The routes of a stage, without those of a service that has an invalid one. */
export const routesOf = oncePerStage((stage) => routesOfServices(servicesOf(stage, withRoutes)));

/** The routes of a stage, for conclusions from a route that is missing. */
export function allRoutesOf(stage: unknown): ServiceRoute[] {
  return routesOfServices(allServicesOf(stage, withRoutes));
}

function routesOfServices(services: ReturnType<typeof servicesOf<typeof withRoutes.shape>>): ServiceRoute[] {
  return services.flatMap(({ name, service: { routes }, path }) =>
    routes.map((route, index) => ({ service: name, route, path: [...path, "routes", index] as const })),
  );
}

const withIngress = z.object({ ingress });

/** The ingress of a stage, or undefined while it has problems. */
export const ingressOf = oncePerStage((stage) => withIngress.safeParse(stage).data?.ingress);

/** Whether requests pass through an ALB. */
export function hasAlb(ingress: Ingress): boolean {
  return ingress.kind === "rest-api" ? ingress.via !== "nlb" : ingress.kind !== "nlb";
}

/** The authorization of an ingress, or undefined. */
export function authorizationOf(ingress: Ingress) {
  return ingress.kind === "nlb" ? undefined : ingress.authorization;
}

/** Reads a stage once for all checks. */
function oncePerStage<Result>(read: (stage: unknown) => Result): (stage: unknown) => Result {
  const results = new WeakMap<object, { readonly result: Result }>();
  return (stage) => {
    if (typeof stage !== "object" || stage === null) return read(stage);
    const known = results.get(stage) ?? { result: read(stage) };
    results.set(stage, known);
    return known.result;
  };
}
