import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { editJson } from "../../wire/edit";
import { object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import type { Overlay } from "./overlay";

const method = "/restapis/{api}/resources/{resource}/methods/{method}";

/**
 * moto forgets the `connectionId` (the VPC link) of an integration; shown by `aws_api_gateway_integration`. An integration
 * is also read as a part of its method, and of all resources.
 */
export function integrations(overlay: Overlay): Handlers {
  const whole = (request: AwsRequest, path: string, body: JsonObject): JsonObject => ({
    ...overlay.over(request, path, body),
    ...(body.methodIntegration != null && {
      methodIntegration: overlay.over(request, `${path}/integration`, object(body.methodIntegration)),
    }),
  });
  const putMethod = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    overlay.forget(request, request.path);
    return forward();
  };

  return {
    [`PUT ${method}/integration`]: async (request, forward) => {
      const sent = pick(parseJson(request.body), ["connectionId", "integrationTarget"]);
      return editJson(await forward(), (integration) => {
        overlay.forget(request, request.path);
        overlay.remember(request, request.path, sent);
        return { ...integration, ...sent };
      });
    },
    [`PUT ${method}`]: putMethod,
    [`PUT ${method}/responses/{status}`]: putMethod,
    [`PUT ${method}/integration/responses/{status}`]: putMethod,
    [`GET ${method}`]: async (request, forward) =>
      editJson(await forward(), (body) => whole(request, request.path, body)),
    "GET /restapis/{api}/resources": async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        item: objects(body.item).map((resource) => {
          const path = `${request.path}/${text(resource.id)}/methods`;
          const methods = Object.entries(object(resource.resourceMethods)).map(([verb, value]) => [
            verb,
            whole(request, `${path}/${verb}`, object(value)),
          ]);
          return resource.resourceMethods == null
            ? resource
            : { ...resource, resourceMethods: Object.fromEntries(methods) as JsonObject }; // entries of objects
        }),
      })),
  };
}
