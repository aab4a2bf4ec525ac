import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { editJson } from "../../wire/reply";
import type { Overlay } from "../overlay";
import { patchedProperties } from "./patch";

const method = "/restapis/{api}/resources/{resource}/methods/{method}";

/** REST APIs with their integrations. */
export function restApis(overlay: Overlay): Handlers {
  return { ...apis(overlay), ...integrations(overlay) };
}

/**
 * moto loses the binary media types of a REST API, refuses most updates, and returns the policy without the escapes that
 * AWS returns; affects `aws_api_gateway_rest_api` and `aws_api_gateway_rest_api_policy`.
 */
function apis(overlay: Overlay): Handlers {
  const complete = (request: AwsRequest, api: JsonObject): JsonObject => {
    const whole = overlay.apply(request, `/restapis/${text(api.id)}`, api);
    return { ...whole, ...(typeof whole.policy === "string" && { policy: escaped(whole.policy) }) };
  };
  const read = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editJson(await forward(), (api) => complete(request, api));

  return {
    "POST /restapis": async (request, forward) => {
      const sent = pick(parseJson(request.body), ["binaryMediaTypes", "minimumCompressionSize"]);
      return editJson(await forward(), (api) => {
        overlay.set(request, `/restapis/${text(api.id)}`, sent);
        return complete(request, api);
      });
    },
    "GET /restapis": async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        item: objects(body.item).map((api) => complete(request, api)),
      })),
    "GET /restapis/{api}": read,
    "PATCH /restapis/{api}": async (request, forward) =>
      editJson(await forward({ method: "GET", body: "" }), (api) => {
        const current = overlay.apply(request, request.path, { ...api, binaryMediaTypes: api.binaryMediaTypes ?? [] });
        overlay.set(request, request.path, patchedProperties(current, parseJson(request.body)));
        return complete(request, api);
      }),
  };
}

/**
 * moto loses the `connectionId` (the VPC link) and the transfer mode of an integration; affects `aws_api_gateway_integration`.
 * An integration is also part of its method, and of the list of resources.
 */
function integrations(overlay: Overlay): Handlers {
  const responses = (request: AwsRequest, path: string, body: JsonObject, name: string): JsonObject => {
    if (body[name] == null) return body;
    const completed = Object.entries(object(body[name])).map(([status, response]): [string, JsonObject] => [
      status,
      overlay.apply(request, `${path}/responses/${status}`, object(response)),
    ]);
    return { ...body, [name]: Object.fromEntries(completed) };
  };
  const complete = (request: AwsRequest, path: string, body: JsonObject): JsonObject => {
    const method = responses(request, path, overlay.apply(request, path, body), "methodResponses");
    if (body.methodIntegration == null) return method;
    const integrationPath = `${path}/integration`;
    const integration = overlay.apply(request, integrationPath, object(body.methodIntegration));
    return { ...method, methodIntegration: responses(request, integrationPath, integration, "integrationResponses") };
  };
  const replace = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    overlay.delete(request, request.path);
    return forward();
  };

  return {
    [`PUT ${method}/integration`]: async (request, forward) => {
      const sent = pick(parseJson(request.body), ["connectionId", "integrationTarget", "responseTransferMode"]);
      return editJson(await forward(), (integration) => {
        overlay.delete(request, request.path);
        overlay.set(request, request.path, sent);
        return { ...integration, ...sent };
      });
    },
    [`PUT ${method}`]: replace,
    [`PUT ${method}/responses/{status}`]: replace,
    [`PUT ${method}/integration/responses/{status}`]: replace,
    [`GET ${method}`]: async (request, forward) =>
      editJson(await forward(), (body) => complete(request, request.path, body)),
    "GET /restapis/{api}/resources": async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        item: objects(body.item).map((resource) => {
          const path = `${request.path}/${text(resource.id)}/methods`;
          const methods = Object.entries(object(resource.resourceMethods)).map(([verb, value]) => [
            verb,
            complete(request, `${path}/${verb}`, object(value)),
          ]);
          return resource.resourceMethods == null
            ? resource
            : { ...resource, resourceMethods: Object.fromEntries(methods) as JsonObject }; // entries of objects
        }),
      })),
  };
}

// moto returns some policies escaped, and others as they were sent.
function escaped(policy: string): string {
  return policy.includes('\\"') ? policy : JSON.stringify(policy).slice(1, -1);
}
