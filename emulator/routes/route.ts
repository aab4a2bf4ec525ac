import type { RoutingContext } from "../data-plane/context";
import type { DataRequest } from "../data-plane/message";
import type { Scope } from "../models/aws";

/** A method and public address on which requests are to be answered. */
export interface Route {
  /**
   * Method and address, such as "GET https://api.example.com/orders/{id}": the same after listeners, rules and target
   * groups behind it are replaced.
   */
  readonly name: string;
  /** Why a request is not served now; undefined when it is. */
  readonly blockedReason: () => Promise<string | undefined>;
}

/** Where routes are looked for. */
export interface Place {
  readonly context: RoutingContext;
  readonly scope: Scope;
}

/** An address of the internet for examples, from which requests come: https://www.rfc-editor.org/rfc/rfc5737 */
export const clientAddress = "203.0.113.10";

/** A request by which the way of all requests on a route is found. */
export function sampleRequest(request: Partial<DataRequest>): DataRequest {
  return {
    method: "GET",
    scheme: "https",
    host: "",
    port: 443,
    path: "/",
    query: "",
    headers: {},
    body: Buffer.alloc(0),
    sourceIp: clientAddress,
    ...request,
  };
}

/** The routes without duplicates: one with several ways is served when one of them is. */
export function distinct(routes: readonly Route[]): readonly Route[] {
  const byName = new Map<string, Route>();
  for (const route of routes) {
    const known = byName.get(route.name);
    byName.set(route.name, known ? either(known, route) : route);
  }
  return [...byName.values()];
}

function either(one: Route, other: Route): Route {
  return {
    name: one.name,
    blockedReason: async () => {
      const reason = await one.blockedReason();
      return reason !== undefined && (await other.blockedReason()) !== undefined ? reason : undefined;
    },
  };
}
