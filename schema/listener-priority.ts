import { createHash } from "node:crypto";
import { routeKey, type Route } from "./route";
import type { WebDeployment } from "./services/deployment";

/** The header of requests that reach the new tasks of a deployment. */
export type TestHeader = Exclude<WebDeployment, { strategy: "rolling" }>["testHeader"];

// An ALB evaluates its rules by priority, so more specific routes need lower numbers. A priority depends on its route
// alone: adding or removing a service never renumbers the rules of others, which AWS would refuse as "in use".

/** Limit of segments in a route. */
const depths = 9;
const tails = 5;
const patterns = 1 + depths * tails;

/** Priority of a route's listener rule, from 1 to 47,740; the route's own `priority` starts at 49,000. */
export function listenerPriority(route: Route): number {
  if (route.priority !== undefined) return route.priority;
  const { first, size } = band(route);
  return first + (createHash("sha256").update(routeKey(route)).digest().readUInt32BE() % size);
}

/**
 * The listener rule that sends requests with the test header to a deployment's new tasks. Its priority is the one before
 * the route's own, so that it matches none of the requests of other routes.
 */
export function testRoute(route: Route, { name, value }: TestHeader): Route {
  const { header } = route;
  return {
    ...route,
    priority: Math.max(1, listenerPriority(route) - 1),
    header: {
      name: header === undefined ? name : `${name} ${header.name}`,
      values: [value, ...(header?.values ?? [])],
    },
  };
}

/** Priority of the rule that associates the target group of a service with the load balancer, from 47,741 to 48,999. */
export function associationPriority(service: string): number {
  return associations.first + (createHash("sha256").update(service).digest().readUInt32BE() % associations.size);
}

/** Ranges of priorities, in ascending order; each has one band for every combination of pattern and method. */
const exactBands = 2;
const ranges = {
  withCondition: { first: 1, size: 65 },
  exact: { first: 1 + 3 * patterns * 2 * 65, size: 5000 },
  wildcard: { first: 1 + 3 * patterns * 2 * 65 + exactBands * 5000, size: 220 },
};

/** Between the priorities that are computed from routes and those of stage files. */
const associations = { first: 47741, size: 1259 };

/** Orders by host, header, path and method; exact paths without a condition get the widest bands. */
function band({ method, hosts, header, ...route }: Route): { first: number; size: number } {
  const index = patternRank(route) * 2 + (method === "ANY" ? 1 : 0);
  const condition = (hosts.length > 0 ? 0 : 2) + (header === undefined ? 1 : 0);
  const inRange = ({ first, size }: { first: number; size: number }, position: number) => ({
    first: first + position * size,
    size,
  });
  if (condition < 3) return inRange(ranges.withCondition, condition * patterns * 2 + index);
  return index < exactBands ? inRange(ranges.exact, index) : inRange(ranges.wildcard, index - exactBands);
}

/** 0 for an exact path; otherwise the lower, the longer the literal beginning and the longer the rest. */
function patternRank({ segments, greedy }: Pick<Route, "segments" | "greedy">): number {
  const parts = greedy ? [...segments, "*"] : segments;
  const depth = parts.findIndex((part) => /^[{*]/.test(part));
  if (depth < 0) return 0;
  const rest = parts.slice(depth);
  const literals = rest.some((part) => !/^[{*]/.test(part));
  // A `*` of an ALB also matches slashes, so the longer of two such paths must come first.
  const tail = literals ? Math.max(0, 4 - rest.length) : rest.length > 1 ? 3 : 4;
  return 1 + (depths - 1 - depth) * tails + tail;
}
