import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { editJson } from "../../wire/edit";
import { objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { patchedProperties } from "../../wire/patch";
import type { Overlay } from "./overlay";

/**
 * moto forgets the binary media types of a REST API, takes every update for one of its own few, and gives its policy back
 * without the escapes in which AWS sends it; shown by `aws_api_gateway_rest_api` and `aws_api_gateway_rest_api_policy`.
 */
export function restApis(overlay: Overlay): Handlers {
  const complete = (request: AwsRequest, api: JsonObject): JsonObject => {
    const whole = overlay.over(request, `/restapis/${text(api.id)}`, api);
    return { ...whole, ...(typeof whole.policy === "string" && { policy: escaped(whole.policy) }) };
  };
  const read = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editJson(await forward(), (api) => complete(request, api));

  return {
    "POST /restapis": async (request, forward) => {
      const sent = pick(parseJson(request.body), ["binaryMediaTypes", "minimumCompressionSize"]);
      return editJson(await forward(), (api) => {
        overlay.remember(request, `/restapis/${text(api.id)}`, sent);
        return complete(request, api);
      });
    },
    "GET /restapis": async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        item: objects(body.item).map((api) => complete(request, api)),
      })),
    "GET /restapis/{api}": read,
    "PUT /restapis/{api}": read,
    "PATCH /restapis/{api}": async (request, forward) =>
      editJson(await forward({ method: "GET", body: "" }), (api) => {
        const current = overlay.over(request, request.path, { ...api, binaryMediaTypes: api.binaryMediaTypes ?? [] });
        overlay.remember(request, request.path, patchedProperties(current, parseJson(request.body)));
        return complete(request, api);
      }),
  };
}

// Both are seen: a policy that moto has escaped already, and one as it was sent.
function escaped(policy: string): string {
  return policy.includes('\\"') ? policy : JSON.stringify(policy).slice(1, -1);
}
