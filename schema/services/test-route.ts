import { listenerPriority } from "../listener-priority";
import type { Route } from "../route";
import type { WebDeployment } from "./deployment";

type TestHeader = Exclude<WebDeployment, { strategy: "rolling" }>["testHeader"];

/**
 * A route as those take it who test a service's new tasks: with one more header, in the place before the route itself, so
 * that it takes nothing that belongs to others.
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
