import { textOf, valueAt } from "../fields";
import type { Plan, ResourceChange } from "../plan";
import type { Interruption, PartOf } from "./interruption";

const ofRestApi: PartOf = { type: "aws_api_gateway_rest_api", by: "rest_api_id", key: "id" };
const ofHttpApi: PartOf = { type: "aws_apigatewayv2_api", by: "api_id", key: "id" };
const ofPath: PartOf = { type: "aws_api_gateway_resource", by: "resource_id", key: "id" };

const allRoutes = () => "all routes of the API";
const tokens = () => "routes that require a token";
const before = (field: string) => (resource: ResourceChange) => textOf(valueAt(resource.change.before, field));

const restRoute = {
  what: (resource: ResourceChange, plan: Pick<Plan, "resource_changes">) =>
    `the route ${before("http_method")(resource)} ${pathOf(resource, plan)}`,
  until: "the new one exists, and the API is deployed again",
  minutes: 1,
  partOf: [ofPath, ofRestApi],
};

const vpcLink = (minutes: number): Interruption => ({
  thing: "VPC link",
  what: allRoutes,
  until: "the new VPC link is available, and the integrations of the API name it",
  minutes,
  // AWS refuses to delete one that an integration names.
  whenDeleted: false,
});

/** What is not available without parts of an API. */
export const apiInterruptions: Readonly<Record<string, Interruption>> = {
  aws_api_gateway_rest_api: {
    thing: "API",
    what: allRoutes,
    until: "the new API is deployed, and the domain name or the callers name it",
    minutes: 2,
  },
  aws_api_gateway_stage: {
    thing: "stage of the API",
    what: allRoutes,
    until: "the new stage exists",
    minutes: 1,
    partOf: [ofRestApi],
  },
  aws_api_gateway_deployment: {
    thing: "deployment of the API",
    what: allRoutes,
    until: "the new deployment exists, and the stage names it",
    minutes: 1,
    whenDeleted: false,
    partOf: [ofRestApi],
  },
  aws_api_gateway_resource: {
    thing: "path of the API",
    what: (resource) => `the routes of the path ${before("path")(resource)}`,
    until: "the new path exists with its methods, and the API is deployed again",
    minutes: 1,
    partOf: [{ type: "aws_api_gateway_resource", by: "parent_id", key: "id" }, ofRestApi],
  },
  aws_api_gateway_method: { thing: "method", ...restRoute },
  aws_api_gateway_integration: { thing: "integration", ...restRoute, whenDeleted: false },
  aws_api_gateway_authorizer: {
    thing: "authorizer",
    what: tokens,
    until: "the new authorizer exists, and the API is deployed again",
    minutes: 1,
    whenDeleted: false,
    partOf: [ofRestApi],
  },
  aws_api_gateway_api_key: {
    thing: "API key",
    what: (resource) => `requests with the API key ${before("name")(resource)}`,
    until: "its callers send the new key",
  },
  aws_api_gateway_usage_plan: {
    thing: "usage plan",
    what: () => "requests with API keys",
    until: "the new plan exists with its keys",
    minutes: 1,
  },
  aws_api_gateway_usage_plan_key: {
    thing: "key of the usage plan",
    what: () => "requests with the API key",
    until: "the key is part of the plan again",
    minutes: 1,
    partOf: [
      { type: "aws_api_gateway_api_key", by: "key_id", key: "id" },
      { type: "aws_api_gateway_usage_plan", by: "usage_plan_id", key: "id" },
    ],
  },
  aws_api_gateway_vpc_link: vpcLink(5),
  aws_apigatewayv2_api: {
    thing: "API",
    what: allRoutes,
    until: "the new API exists with its routes, and the domain name or the callers name it",
    minutes: 2,
  },
  aws_apigatewayv2_stage: {
    thing: "stage of the API",
    what: allRoutes,
    until: "the new stage exists",
    minutes: 1,
    partOf: [ofHttpApi],
  },
  aws_apigatewayv2_route: {
    thing: "route",
    what: (resource) => `the route ${before("route_key")(resource)}`,
    until: "the new route exists",
    minutes: 1,
    partOf: [ofHttpApi],
  },
  aws_apigatewayv2_integration: {
    thing: "integration",
    what: allRoutes,
    until: "the new integration exists, and the routes name it",
    minutes: 1,
    whenDeleted: false,
    partOf: [ofHttpApi],
  },
  aws_apigatewayv2_authorizer: {
    thing: "authorizer",
    what: tokens,
    until: "the new authorizer exists, and the routes name it",
    minutes: 1,
    whenDeleted: false,
    partOf: [ofHttpApi],
  },
  aws_apigatewayv2_vpc_link: vpcLink(3),
};

/** The path of a method, which its own values name by an id only. */
function pathOf({ change }: ResourceChange, { resource_changes: changes }: Pick<Plan, "resource_changes">): string {
  const id = valueAt(change.before, "resource_id");
  const resource = changes.find(
    ({ type, change: other }) => type === "aws_api_gateway_resource" && valueAt(other.before, "id") === id,
  );
  return textOf(valueAt(resource?.change.before, "path")) || "/";
}
