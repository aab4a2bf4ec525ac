import { isRemoved, kindOf } from "../actions";
import { routeOfRule } from "../availability/load-balancers";
import { fieldChange, isObject, listOf, textOf, valueAt } from "../fields";
import { operationsOf } from "../openapi";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import type { Opening } from "./opening";

type Changes = Pick<Plan, "resource_changes">;

/** Routes that can be called without authentication after the apply, and not before. */
export function routeOpenings(plan: Changes): readonly Opening[] {
  return plan.resource_changes.flatMap((resource): Opening[] => {
    if (["none", "delete", "forget"].includes(kindOf(resource))) return [];
    return (openingsOf[resource.type]?.(resource, plan) ?? []).map((what) => ({ name: nameOf(resource), what }));
  });
}

const openingsOf: Readonly<Record<string, (resource: ResourceChange, plan: Changes) => readonly string[]>> = {
  aws_apigatewayv2_route: (route, plan) => {
    const key = textOf(valueAt(route.change.after, "route_key"));
    const type = (values: unknown) => textOf(valueAt(values, "authorization_type")) || "NONE";
    const before = formerOf(route, plan, "route_key");
    return before !== undefined && type(before) !== "NONE" && type(route.change.after) === "NONE"
      ? [`the route ${key} becomes public: authorization_type from ${type(before)} to NONE`]
      : [];
  },
  aws_api_gateway_method: ({ change }) => {
    const route = `the method ${textOf(valueAt(change.after, "http_method"))} becomes public`;
    const [before, after] = [change.before, change.after].map((values) => textOf(valueAt(values, "authorization")));
    const isKeyDropped =
      valueAt(change.before, "api_key_required") === true && valueAt(change.after, "api_key_required") !== true;
    return [
      ...(before !== "" && before !== "NONE" && after === "NONE"
        ? [`${route}: authorization from ${before} to NONE`]
        : []),
      ...(isKeyDropped ? [`${route}: it no longer requires an API key`] : []),
    ];
  },
  aws_api_gateway_rest_api: (api) => [...operationOpenings(api), ...endpointOpenings(api)],
  aws_apigatewayv2_api: (api) => endpointOpenings(api),
  aws_lb_listener_rule: (rule) => signInDropped(rule, "action", `the route ${routeOfRule(rule.change.after)}`),
  aws_lb_listener: (listener) => signInDropped(listener, "default_action", "the default route of the listener"),
  aws_lb: (loadBalancer, { resource_changes: changes }) => {
    if (valueAt(loadBalancer.change.after, "internal") !== false) return [];
    const isInternal = ({ change }: ResourceChange) => valueAt(change.before, "internal") === true;
    const others = changes.filter(({ type }) => type === "aws_lb").filter(isRemoved);
    const wasInternal = isInternal(loadBalancer) || (kindOf(loadBalancer) === "create" && others.some(isInternal));
    return wasInternal ? ["the load balancer becomes internet-facing, and was internal"] : [];
  },
};

/** The values of the same route before: at this address, or at one that the plan deletes. */
function formerOf(resource: ResourceChange, { resource_changes: changes }: Changes, key: string): unknown {
  if (kindOf(resource) !== "create") return resource.change.before;
  return changes.find(
    (other) =>
      other.type === resource.type &&
      kindOf(other) === "delete" &&
      valueAt(other.change.before, key) === valueAt(resource.change.after, key),
  )?.change.before;
}

/** Methods of an OpenAPI document that lose their security. */
function operationOpenings(api: ResourceChange): readonly string[] {
  const change = fieldChange(api, "body");
  const [before, after] = [operationsOf(change?.before), operationsOf(change?.after)];
  if (before === undefined || after === undefined) return [];
  const former = new Map(before.map((operation) => [operation.route, operation]));
  return after.flatMap(({ route, isProtected, requiresApiKey }) => {
    const was = former.get(route);
    if (was?.isProtected === true && !isProtected)
      return [`the route ${route} becomes public: its security is removed`];
    return was?.requiresApiKey === true && !requiresApiKey ? [`the route ${route} no longer requires an API key`] : [];
  });
}

function endpointOpenings(api: ResourceChange): readonly string[] {
  const types = fieldChange(api, "endpoint_configuration.types");
  const isPublic =
    listOf(types?.before).includes("PRIVATE") && types !== undefined && !listOf(types.after).includes("PRIVATE");
  const address = fieldChange(api, "disable_execute_api_endpoint");
  return [
    ...(isPublic ? ["the API becomes public: it was private to VPC endpoints"] : []),
    ...(address?.before === true && address.after !== true
      ? ["the default address of the API (execute-api) answers: it bypasses what protects the domain name"]
      : []),
  ];
}

function signInDropped({ change }: ResourceChange, field: string, route: string): readonly string[] {
  const types = (values: unknown) =>
    (isObject(values) ? listOf(values[field]) : []).map((action) => textOf(valueAt(action, "type")));
  const authenticates = (type: string) => type.startsWith("authenticate-") || type === "jwt-validation";
  const dropped = types(change.before).filter(authenticates);
  if (dropped.length === 0 || types(change.after).some(authenticates) || types(change.after).length === 0) return [];
  return [`${route} becomes public: its action ${dropped.join(", ")} is removed`];
}
