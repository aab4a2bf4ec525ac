import { kindOf } from "../actions";
import { fieldChange, isChanged, textOf, shownValue, valueAt } from "../fields";
import { operationsOf } from "../openapi";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import type { Outage } from "./outage";

/** The outages by changes in place of load balancers, APIs and routes of the network. */
export function endpointOutages({ resource_changes: changes }: Pick<Plan, "resource_changes">): readonly Outage[] {
  return changes
    .filter((resource) => kindOf(resource) === "update")
    .flatMap((resource) => updates[resource.type]?.(resource) ?? []);
}

/** What an update in place can interrupt, by type. */
const updates: Readonly<Record<string, (resource: ResourceChange) => readonly Outage[]>> = {
  aws_apigatewayv2_api: defaultAddressOff,
  aws_api_gateway_rest_api: (api) => [...defaultAddressOff(api), ...routesRemoved(api)],
  aws_lb_listener: (listener) =>
    isChanged(listener, "port")
      ? [
          {
            name: nameOf(listener),
            what: `all routes on port ${shownValue(valueAt(listener.change.before, "port"))} of the load balancer`,
            from: "the update of the listener",
            until: "what connects to it, such as the API or clients, uses the new port",
            reason: "its port changes",
          },
        ]
      : [],
  aws_route: (route) =>
    ["gateway_id", "nat_gateway_id", "network_interface_id"].some((field) => isChanged(route, field))
      ? [
          {
            name: nameOf(route),
            what: `egress: open connections of running tasks to ${textOf(valueAt(route.change.before, "destination_cidr_block"))}`,
            from: "the update of the route",
            until: "tasks have connected again",
            minutes: 1,
            reason: "it leads to another gateway",
          },
        ]
      : [],
};

function defaultAddressOff(api: ResourceChange): readonly Outage[] {
  const change = fieldChange(api, "disable_execute_api_endpoint");
  if (change?.after !== true || change.before === true) return [];
  return [
    {
      name: nameOf(api),
      what: "the default address of the API (execute-api)",
      from: "the update of the API, and its next deployment",
      reason: "disable_execute_api_endpoint is turned on",
    },
  ];
}

/** The routes that an OpenAPI document no longer has. */
function routesRemoved(api: ResourceChange): readonly Outage[] {
  const change = fieldChange(api, "body");
  const [before, after] = [operationsOf(change?.before), operationsOf(change?.after)];
  if (before === undefined || after === undefined) return [];
  const kept = new Set(after.map(({ route }) => route));
  return before
    .filter(({ route }) => !kept.has(route))
    .map(({ route }) => ({
      name: nameOf(api),
      what: `the route ${route}`,
      from: "the next deployment of the API, in the same apply",
      reason: "it is no longer in the OpenAPI document",
    }));
}
