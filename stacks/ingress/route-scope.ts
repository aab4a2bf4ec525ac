import { Construct } from "constructs";
import type { Route, RoutePattern } from "../../schema/route";
import { hashOf } from "../naming";

/** The construct for a path below `root`: one construct for each segment, created on first use. */
export function routeScope(
  root: Construct,
  { segments, greedy }: Pick<RoutePattern, "segments" | "greedy">,
): Construct {
  return scopeOf(root, [...segments.map(segmentId), ...(greedy ? ["proxy"] : [])]);
}

/**
 * The construct for the requests that a path matches below `root`. A stage has one parameter or one `*` in a position, so
 * that neither the name of a parameter nor which of the two it is needs to be in the ids.
 */
export function matchScope(
  root: Construct,
  { segments, greedy }: Pick<RoutePattern, "segments" | "greedy">,
): Construct {
  const ids = segments.map((segment) => (segment.startsWith("{") ? wildcard : segmentId(segment)));
  return scopeOf(root, [...ids, ...(greedy ? [wildcard] : [])]);
}

/** Construct id of a route below its path: the method, and a hash of its hosts and header. */
export function matchId({ method, hosts, header }: Route): string {
  const name = method.toLowerCase();
  if (hosts.length === 0 && header === undefined) return name;
  const headerKey = header && [header.name.toLowerCase(), header.values.toSorted()];
  return `${name}-${hashOf(JSON.stringify([hosts.toSorted(), headerKey]))}`;
}

function scopeOf(root: Construct, ids: readonly string[]): Construct {
  return ids.reduce((scope, id) => child(scope, id) ?? new Construct(scope, id), root);
}

function child(scope: Construct, id: string): Construct | undefined {
  const found = scope.node.tryFindChild(id);
  return found instanceof Construct ? found : undefined;
}

const wildcard = "wildcard";

/** First words of the ids: in the middle of one, they would read as the id of a segment below. */
const kinds = ["parameter", "path", "proxy", wildcard];

/**
 * Construct id of a segment; `/orders` and `/{orders}`, `/a.b` and `/a-b`, `/Orders` and `/orders`, `/a-path-b` and `/a/b` have
 * different ones. A path has at most one parameter in a position, so the id of a parameter is unique there without a hash.
 */
function segmentId(segment: string): string {
  const words = segment
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const kind = segment.startsWith("{") ? "parameter" : "path";
  const isExact = words.join("-") === segment && !words.slice(1).some((word) => kinds.includes(word));
  return [kind, ...words, ...(kind === "parameter" || isExact ? [] : [hashOf(segment)])].join("-");
}
