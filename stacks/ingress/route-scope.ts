import { Construct } from "constructs";
import type { Route, RoutePattern } from "../../schema/route";
import { hashOf } from "../naming";

/** The construct below `root` that holds what stands on a path: one for each segment, made when it is first asked for. */
export function routeScope(
  root: Construct,
  { segments, greedy }: Pick<RoutePattern, "segments" | "greedy">,
): Construct {
  const ids = [...segments.map(segmentId), ...(greedy ? ["proxy"] : [])];
  return ids.reduce((scope, id) => child(scope, id) ?? new Construct(scope, id), root);
}

/** Tells apart routes of one method and path that differ in hosts or a header. */
export function routeVariant({ hosts, header }: Route): string {
  return hosts.length === 0 && header === undefined ? "" : `-${hashOf(JSON.stringify([hosts, header]))}`;
}

function child(scope: Construct, id: string): Construct | undefined {
  const found = scope.node.tryFindChild(id);
  return found instanceof Construct ? found : undefined;
}

/** Tells `/orders` from `/{orders}`, `/a.b` from `/a-b`, and all from what stands on their path. */
function segmentId(segment: string): string {
  const id = segment.replace(/[{}]/g, "").replace(/[^A-Za-z0-9-]/g, "-");
  // One parameter stands in a place, so nothing can look like it.
  if (segment.startsWith("{")) return `parameter-${id}`;
  return id === segment ? `path-${id}` : `path-${id}-${hashOf(segment)}`;
}
