import { z } from "zod";
import { ingress } from "./ingress/ingress";
import { parsedRoute, type Route } from "./route";

const routesOfServices = z.object({
  services: z.record(z.string(), z.object({ routes: z.array(parsedRoute) })),
});
const wayIn = z.object({ ingress });

/** A route of a stage, and where it is written. */
export interface WrittenRoute {
  readonly service: string;
  readonly route: Route;
  /** Path of the route in the stage file. */
  readonly path: readonly [string, string, string, number];
}

/** Every route of a stage that may have other problems; none while a route is wrong by itself. */
export function routesOf(stage: unknown): WrittenRoute[] {
  return Object.entries(routesOfServices.safeParse(stage).data?.services ?? {}).flatMap(([service, { routes }]) =>
    routes.map((route, index) => ({ service, route, path: ["services", service, "routes", index] as const })),
  );
}

/** The way in of a stage that may have other problems, or undefined while it is wrong by itself. */
export function ingressOf(stage: unknown) {
  return wayIn.safeParse(stage).data?.ingress;
}
