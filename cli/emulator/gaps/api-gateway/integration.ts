import type { AwsRequest, Handlers } from "../../proxy/gap";
import { editJson } from "../../wire/edit";
import { object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { Memory } from "../../wire/memory";
import { applyPatch } from "../../wire/patch";

const method = "/restapis/{api}/resources/{resource}/methods/{method}";

/**
 * moto forgets the `connectionId` (the VPC link) of an integration and cannot update one; shown by
 * `aws_api_gateway_integration`: a difference at once, and a hang when it changes.
 */
export function integrations(): Handlers {
  const known = new Memory<JsonObject>();
  const keyOf = ({ params: { api, resource, method: verb } }: AwsRequest): string => `${api}/${resource}/${verb}`;

  return {
    [`PUT ${method}/integration`]: async (request, forward) => {
      const sent = pick(parseJson(request.body), ["connectionId", "integrationTarget"]);
      return editJson(await forward(), (integration) => {
        known.of(request).set(keyOf(request), sent);
        return { ...integration, ...sent };
      });
    },
    [`PATCH ${method}/integration`]: async (request, forward) =>
      editJson(await forward({ method: "GET", body: "" }), (integration) => {
        const current = { ...integration, ...known.of(request).get(keyOf(request)) };
        const { integrationResponses, ...patched } = applyPatch(current, parseJson(request.body));
        known.of(request).set(keyOf(request), patched);
        return { ...patched, integrationResponses };
      }),
    [`GET ${method}/integration`]: async (request, forward) =>
      editJson(await forward(), (integration) => ({
        ...integration,
        ...known.of(request).get(keyOf(request)),
      })),
    [`GET ${method}`]: async (request, forward) =>
      editJson(await forward(), (body) => withIntegration(body, known.of(request).get(keyOf(request)))),
    "GET /restapis/{api}/resources": async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        item: objects(body.item).map((resource) => ({
          ...resource,
          ...(resource.resourceMethods !== undefined && {
            resourceMethods: Object.fromEntries(
              Object.entries(object(resource.resourceMethods)).map(([verb, value]) => {
                const key = `${request.params.api}/${text(resource.id)}/${verb}`;
                return [verb, withIntegration(object(value), known.of(request).get(key))];
              }),
            ),
          }),
        })),
      })),
  };
}

function withIntegration(body: JsonObject, known: JsonObject | undefined): JsonObject {
  if (known === undefined || body.methodIntegration === undefined) return body;
  return { ...body, methodIntegration: { ...object(body.methodIntegration), ...known } };
}
