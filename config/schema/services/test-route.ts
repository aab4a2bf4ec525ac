import type { Route } from "../route";
import type { WebDeployment } from "./deployment";

type TestHeader = Exclude<WebDeployment, { strategy: "rolling" }>["testHeader"];

/** A route as those take it who test a service's new tasks: with one more header, and so before the route itself. */
export function testRoute({ header, ...route }: Route, { name, value }: TestHeader): Route {
  return {
    ...route,
    priority: undefined,
    header: { name, values: [value, ...(header === undefined ? [] : [header.name, ...header.values])] },
  };
}
