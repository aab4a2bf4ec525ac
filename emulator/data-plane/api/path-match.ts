/** A method and path of an API: "ANY" takes every method, "{id}" one segment, "{proxy+}" one or more. */
export interface ApiRoute {
  readonly method: string;
  /** Path such as "/orders/{id}". */
  readonly path: string;
}

/** A route that a request matches, and the values of its path parameters. */
export interface RouteMatch<Route extends ApiRoute> {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The most specific route for a request: literal segments come before variables, those before greedy variables, and a
 * method before ANY.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function bestMatch<Route extends ApiRoute>(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch<Route> | undefined {
  const segments = segmentsOf(path);
  const matches = routes
    .filter((route) => route.method === method || route.method === "ANY")
    .flatMap((route) => {
      const parameters = match(segmentsOf(route.path), segments);
      return parameters ? [{ route, parameters }] : [];
    });
  return matches.toSorted((one, other) => compare(one.route, other.route))[0];
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").slice(1);
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const variable = /^\{([^}+]+)(\+?)\}$/.exec(part);
    const [, name = "", greedy] = variable ?? [];
    const segment = segments[index] ?? "";
    if (!variable && segment === part && index < segments.length) continue;
    if (!variable || segment === "") return undefined;
    parameters[name] = greedy ? segments.slice(index).join("/") : segment;
    if (greedy) return parameters;
  }
  return pattern.length === segments.length ? parameters : undefined;
}

function compare(one: ApiRoute, other: ApiRoute): number {
  const [left, right] = [segmentsOf(one.path).map(rank), segmentsOf(other.path).map(rank)];
  const isGreedy = (ranks: readonly number[]): number => Number(ranks.at(-1) === 2);
  if (isGreedy(left) !== isGreedy(right)) return isGreedy(left) - isGreedy(right);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(one.method === "ANY") - Number(other.method === "ANY");
}

function rank(segment: string): number {
  if (!segment.startsWith("{")) return 0;
  return segment.endsWith("+}") ? 2 : 1;
}
