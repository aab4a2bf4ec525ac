import { z } from "zod";
import { matching } from "./primitives";

const methods = ["ANY", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** A method and a path that a service answers, taken apart. */
export interface Route {
  readonly method: (typeof methods)[number];
  /** Path segments without slashes; `{name}` is a parameter. */
  readonly segments: readonly string[];
  /** The route also answers every path below. */
  readonly greedy: boolean;
}

const segment = String.raw`(?:[A-Za-z0-9._~-]+|\{[A-Za-z_][A-Za-z0-9_]*\})`;

/** `<METHOD> <path>` or `<path>` for any method; `{name}` is a parameter, a final `*` everything below. */
export const route = matching(
  new RegExp(String.raw`^(?:(?:${methods.join("|")}) )?(?:/|(?:/${segment})+|(?:/${segment})*/\*)$`),
  'is no route; write one such as "/*", "/orders/*", "POST /orders" or "GET /orders/{order_id}"',
);

/** Takes a valid route apart. */
export function parseRoute(value: string): Route {
  const [path = "/", prefix] = value.split(" ").reverse();
  const segments = path.split("/").filter((part) => part !== "");
  const greedy = segments.at(-1) === "*";
  return {
    method: methods.find((method) => method === prefix) ?? "ANY",
    segments: greedy ? segments.slice(0, -1) : segments,
    greedy,
  };
}

/** What two routes must not share: parameters are alike whatever their name. */
export function routeKey({ method, segments, greedy }: Route): string {
  const path = segments.map((part) => (part.startsWith("{") ? "{}" : part)).join("/");
  return `${method} /${path}${greedy ? "*" : ""}`;
}

export type RouteText = z.output<typeof route>;
