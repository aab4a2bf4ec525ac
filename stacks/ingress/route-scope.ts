import { Construct } from "constructs";
import type { Route, RoutePattern } from "../../schema/route";
import { hashOf } from "../naming";

/** The construct for a path below `root`: one construct for each segment, created on first use. */
export function routeScope(
  root: Construct,
  { segments, greedy }: Pick<RoutePattern, "segments" | "greedy">,
): Construct {
  const ids = [...segments.map(segmentId), ...(greedy ? ["proxy"] : [])];
  return ids.reduce((scope, id) => child(scope, id) ?? new Construct(scope, id), root);
}

/** Suffix of the construct id that distinguishes routes of one method and path by their hosts or header. */
export function routeVariant({ hosts, header }: Route): string {
  return hosts.length === 0 && header === undefined ? "" : `-${hashOf(JSON.stringify([hosts, header]))}`;
}

function child(scope: Construct, id: string): Construct | undefined {
  const found = scope.node.tryFindChild(id);
  return found instanceof Construct ? found : undefined;
}

/** First words of the ids: in the middle of one, they would read as the id of a segment below. */
const kinds = ["parameter", "path", "proxy"];

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
