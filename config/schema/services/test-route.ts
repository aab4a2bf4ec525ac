import { listenerPriority } from "../listener-priority";
import type { Route } from "../route";
import type { WebDeployment } from "./deployment";

type TestHeader = Exclude<WebDeployment, { strategy: "rolling" }>["testHeader"];

/** A route as those take it who test a service's new tasks: with one more header, and so before the route itself. */
export function testRoute(route: Route, { name, value }: TestHeader): Route {
  const { header, priority } = route;
  if (header === undefined) return { ...route, priority: undefined, header: { name, values: [value] } };
  return {
    ...route,
    // Routes with a header already stand together: only the next place is sure to come before.
    priority: priority === undefined ? Math.max(1, listenerPriority(route) - 1) : undefined,
    header: { name: `${name} ${header.name}`, values: [value, ...header.values] },
  };
}
