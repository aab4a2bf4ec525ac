import { createHash } from "node:crypto";
import { routeKey, type Route } from "./route";

// An ALB tries its rules by priority, so what is more specific comes first. The number depends on nothing but the
// route itself: services that come and go never renumber the rules of others, which AWS would refuse as "in use".

/** Segments that a route may have; deeper ones could not be told apart. */
const depths = 9;
const tails = 5;
const patterns = 1 + depths * tails;

/** Priorities from 1; those from 49,000 on are left to `priority` in the stage file. */
export function listenerPriority(route: Route): number {
  if (route.priority !== undefined) return route.priority;
  const { first, size } = band(route);
  return first + (createHash("sha256").update(routeKey(route)).digest().readUInt32BE() % size);
}

/** Ranges of priorities, in the order in which an ALB tries them; each holds one band for a pattern and a method. */
const exactBands = 2;
const ranges = {
  withCondition: { first: 1, size: 65 },
  exact: { first: 1 + 3 * patterns * 2 * 65, size: 5000 },
  wildcard: { first: 1 + 3 * patterns * 2 * 65 + exactBands * 5000, size: 220 },
};

/** Hosts come before headers, then paths, then methods: the most room is for exact paths without a condition. */
function band({ method, hosts, header, ...route }: Route): { first: number; size: number } {
  const place = patternRank(route) * 2 + (method === "ANY" ? 1 : 0);
  const condition = (hosts.length > 0 ? 0 : 2) + (header === undefined ? 1 : 0);
  const inRange = ({ first, size }: { first: number; size: number }, index: number) => ({
    first: first + index * size,
    size,
  });
  if (condition < 3) return inRange(ranges.withCondition, condition * patterns * 2 + place);
  return place < exactBands ? inRange(ranges.exact, place) : inRange(ranges.wildcard, place - exactBands);
}

/** 0 for an exact path; then the longer its literal beginning, and the more stands behind it, the lower. */
function patternRank({ segments, greedy }: Pick<Route, "segments" | "greedy">): number {
  const parts = greedy ? [...segments, "*"] : segments;
  const depth = parts.findIndex((part) => /^[{*]/.test(part));
  if (depth < 0) return 0;
  const rest = parts.slice(depth);
  const literals = rest.some((part) => !/^[{*]/.test(part));
  // A `*` of an ALB also matches slashes, so that of two such paths the longer one must come first.
  const tail = literals ? Math.max(0, 4 - rest.length) : rest.length > 1 ? 3 : 4;
  return 1 + (depths - 1 - depth) * tails + tail;
}
