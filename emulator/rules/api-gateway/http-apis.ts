import { objects, scalarText, text } from "../../wire/json";
import type { Rule } from "../rule";
import { referenceV2, service } from "./reference";

/** Rules on the routes, integrations, authorizers and stages of HTTP and WebSocket APIs. */
export const httpApiRules: readonly Rule[] = [
  {
    name: "route-in-use",
    service,
    operations: ["CreateRoute", "UpdateRoute"],
    code: "ConflictException",
    status: 409,
    rule: "An API has one route of each route key.",
    source: `${referenceV2}/apis-apiid-routes.html`,
    refuse: async ({ input, ask }) => {
      const { ApiId, RouteId, RouteKey } = input;
      if (RouteKey === undefined) return undefined;
      const { Items } = await ask("GetRoutes", { ApiId });
      const owner = objects(Items).find((route) => route.RouteKey === RouteKey && route.RouteId !== RouteId);
      return owner && `Route with key ${text(RouteKey)} already exists for this API`;
    },
  },
  {
    name: "route-target-exists",
    service,
    operations: ["CreateRoute", "UpdateRoute"],
    code: "BadRequestException",
    rule: "The integration of a route must exist.",
    source: `${referenceV2}/apis-apiid-routes.html`,
    refuse: async ({ input, ask }) => {
      const [, IntegrationId] = /^integrations\/(.+)$/.exec(text(input.Target)) ?? [];
      if (IntegrationId === undefined) return undefined;
      const found = await ask("GetIntegration", { ApiId: input.ApiId, IntegrationId });
      return found.IntegrationId === undefined ? `Integration with id ${IntegrationId} not found` : undefined;
    },
  },
  {
    name: "integration-in-use",
    service,
    operations: ["DeleteIntegration"],
    code: "ConflictException",
    status: 409,
    rule: "An integration of a route cannot be deleted.",
    source: `${referenceV2}/apis-apiid-integrations-integrationid.html`,
    refuse: async ({ input, ask }) => {
      const { ApiId, IntegrationId } = input;
      if (ApiId === undefined) return undefined;
      const { Items } = await ask("GetRoutes", { ApiId });
      const user = objects(Items).find(({ Target }) => Target === `integrations/${text(IntegrationId)}`);
      return (
        user &&
        `Cannot delete Integration because it is referenced by the following Routes with Ids: [${text(user.RouteId)}]`
      );
    },
  },
  {
    name: "route-authorizer-in-use",
    service,
    operations: ["DeleteAuthorizer"],
    code: "ConflictException",
    status: 409,
    rule: "An authorizer of a route cannot be deleted.",
    source: `${referenceV2}/apis-apiid-authorizers-authorizerid.html`,
    refuse: async ({ input, ask }) => {
      const { ApiId, AuthorizerId } = input;
      if (ApiId === undefined) return undefined;
      const { Items } = await ask("GetRoutes", { ApiId });
      const user = objects(Items).find((route) => route.AuthorizerId === AuthorizerId);
      return user && `Cannot delete authorizer '${text(AuthorizerId)}', is referenced in route: ${text(user.RouteKey)}`;
    },
  },
  {
    name: "stage-in-use",
    service,
    operations: ["CreateStage"],
    code: "ConflictException",
    status: 409,
    rule: "An API has one stage of each name.",
    source: `${referenceV2}/apis-apiid-stages.html`,
    refuse: async ({ input, ask }) => {
      const { ApiId, StageName } = input;
      if (ApiId === undefined) return undefined;
      const stage = await ask("GetStage", { ApiId, StageName });
      return stage.StageName === undefined ? undefined : "Stage already exists";
    },
  },
  {
    name: "http-api-mapped",
    service,
    operations: ["DeleteApi"],
    code: "BadRequestException",
    rule: "An HTTP API to which a domain name maps cannot be deleted.",
    source: `${referenceV2}/apis-apiid.html`,
    refuse: async ({ input, ask }) => {
      const { Items } = await ask("GetDomainNames");
      for (const { DomainName } of objects(Items)) {
        const mappings = await ask("GetApiMappings", { DomainName });
        if (objects(mappings.Items).some(({ ApiId }) => ApiId === input.ApiId)) {
          return `Deleting API ${scalarText(input.ApiId)} failed. Please remove all API mappings for the API from your custom domain names.`;
        }
      }
      return undefined;
    },
  },
];
