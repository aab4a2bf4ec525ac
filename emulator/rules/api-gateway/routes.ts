import { verbs } from "../../documents/api-gateway/request";
import { text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { referenceV2, service } from "./reference";

const developRoutes = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html";
const routes = `${referenceV2}/apis-apiid-routes.html`;

/** Rules on the routes of HTTP and WebSocket APIs, which depend on the API's protocol and its authorizers. */
export const routeRules: readonly Rule[] = [
  {
    name: "route-key-form",
    service,
    operations: ["CreateRoute", "UpdateRoute"],
    code: "BadRequestException",
    rule: "The route key of an HTTP API is a method and a path, or $default.",
    source: developRoutes,
    refuse: async (call) => {
      const key = call.input.RouteKey;
      if (key === undefined || key === "$default" || (await protocolOf(call)) !== "HTTP") return undefined;
      const [verb = "", path = "", ...more] = text(key).split(" ");
      return verbs.includes(verb) && path.startsWith("/") && more.length === 0
        ? undefined
        : 'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"';
    },
  },
  {
    name: "route-greedy-at-end",
    service,
    operations: ["CreateRoute", "UpdateRoute"],
    code: "BadRequestException",
    rule: "A greedy variable, such as {proxy+}, is the end of a route's path.",
    source: developRoutes,
    refuse: async (call) => {
      const [, greedy] = /(\{[^}]*\+\})\//.exec(text(call.input.RouteKey)) ?? [];
      return greedy !== undefined && (await protocolOf(call)) === "HTTP"
        ? `Cannot create a child of a resource with a greedy path variable: ${greedy}`
        : undefined;
    },
  },
  {
    name: "route-authorizer-exists",
    service,
    operations: ["CreateRoute", "UpdateRoute"],
    code: "BadRequestException",
    rule: "The authorizer of a route must be one of its API, and of the kind that the authorization type has.",
    source: routes,
    refuse: async (call) => {
      const { ApiId, AuthorizationType, AuthorizerId } = call.input;
      if (AuthorizationType == null && AuthorizerId == null) return undefined;
      const current = await routeOf(call);
      const type = AuthorizationType ?? current.AuthorizationType;
      if (type !== "JWT" && type !== "CUSTOM") return undefined;
      const id = text(AuthorizerId ?? current.AuthorizerId);
      const { AuthorizerType } = id === "" ? {} : await call.ask("GetAuthorizer", { ApiId, AuthorizerId: id });
      if (AuthorizerType === (type === "JWT" ? "JWT" : "REQUEST")) return undefined;
      return type === "JWT"
        ? "Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer."
        : "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.";
    },
  },
  {
    name: "route-api-key",
    service,
    operations: ["CreateRoute", "UpdateRoute"],
    code: "BadRequestException",
    rule: "A route of an HTTP API cannot require an API key.",
    source: routes,
    refuse: async (call) =>
      call.input.ApiKeyRequired === true && (await protocolOf(call)) === "HTTP"
        ? "ApiKeyRequired is not currently supported for HTTP APIs."
        : undefined,
  },
  {
    name: "websocket-route-authorization",
    service,
    operations: ["CreateRoute", "UpdateRoute"],
    code: "BadRequestException",
    rule: "Of the routes of a WebSocket API, only $connect has an authorization.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html",
    refuse: async (call) => {
      const { AuthorizationType: type, RouteKey } = call.input;
      if (type !== "CUSTOM" && type !== "AWS_IAM") return undefined;
      if ((await protocolOf(call)) !== "WEBSOCKET") return undefined;
      return (RouteKey ?? (await routeOf(call)).RouteKey) === "$connect"
        ? undefined
        : "Currently, authorization is restricted to the $connect route only";
    },
  },
  {
    name: "websocket-authorizer-type",
    service,
    operations: ["CreateAuthorizer", "UpdateAuthorizer"],
    code: "BadRequestException",
    rule: "An authorizer of a WebSocket API is a Lambda function.",
    source: `${referenceV2}/apis-apiid-authorizers.html`,
    refuse: async (call) =>
      call.input.AuthorizerType === "JWT" && (await protocolOf(call)) === "WEBSOCKET"
        ? "Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis."
        : undefined,
  },
];

/** The protocol of the API of version 2 that the call names. */
export async function protocolOf({ input, ask }: RuleCall): Promise<string> {
  const { ApiId } = input;
  return ApiId === undefined ? "" : text((await ask("GetApi", { ApiId })).ProtocolType);
}

async function routeOf({ input, ask }: RuleCall): Promise<JsonObject> {
  const { ApiId, RouteId } = input;
  return RouteId === undefined ? {} : ask("GetRoute", { ApiId, RouteId });
}
