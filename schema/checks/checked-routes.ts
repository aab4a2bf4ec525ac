import { z } from "zod";
import { servicesOf } from "./checked-services";
import { ingress, type Ingress } from "../ingress/ingress";
import { parsedRoute, type Route } from "../route";

const routed = z.object({ kind: z.literal("web"), routes: z.array(parsedRoute) });
const wayIn = z.object({ ingress });

/** A route of a stage, and where it is written. */
export interface WrittenRoute {
  readonly service: string;
  readonly route: Route;
  /** Path of the route in the stage file. */
  readonly path: readonly [string, string, string, number];
}

/** Every route of a stage that may have other problems; without those of a service that has one wrong by itself. */
export function routesOf(stage: unknown): WrittenRoute[] {
  return servicesOf(stage, routed).flatMap(({ name, service: { routes }, path }) =>
    routes.map((route, index) => ({ service: name, route, path: [...path, "routes", index] as const })),
  );
}

/** The way in of a stage that may have other problems, or undefined while it is wrong by itself. */
export function ingressOf(stage: unknown) {
  return wayIn.safeParse(stage).data?.ingress;
}

/** Whether requests come through an ALB. */
export function hasAlb(ingress: Ingress): boolean {
  return ingress.kind === "rest-api" ? ingress.via !== "nlb" : ingress.kind !== "nlb";
}

/** Who may call through a way in, when it asks. */
export function authorizationOf(ingress: Ingress) {
  return ingress.kind === "nlb" ? undefined : ingress.authorization;
}
