import type { AwsRequest, Handlers } from "../../proxy/gap";
import { parseJson, type JsonObject } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import type { Overlay } from "../overlay";
import { patchedProperties } from "./patch";

/**
 * moto updates only some resources (no method, no integration, no domain name ...); affects a change of almost every
 * `aws_api_gateway_*` and `aws_apigatewayv2_*`.
 */
export function patches(overlay: Overlay): Handlers {
  return {
    "PATCH /{path+}": async (request, forward) => {
      const reply = await forward();
      if (reply.unanswered === undefined) return reply;
      return editJson(await forward({ method: "GET", body: "" }), (resource) => {
        const current = overlay.apply(request, request.path, resource);
        overlay.set(request, request.path, changedProperties(request, current));
        return overlay.apply(request, request.path, current);
      });
    },
    "GET /{path+}": async (request, forward) => {
      const reply = await forward();
      if (!overlay.has(request, request.path)) return reply;
      return editJson(reply, (resource) => overlay.apply(request, request.path, resource));
    },
    "DELETE /{path+}": async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) overlay.delete(request, request.path);
      return reply;
    },
  };
}

// A REST API is updated with patch operations, an HTTP API with the properties themselves.
function changedProperties(request: AwsRequest, current: JsonObject): JsonObject {
  const body = parseJson(request.body);
  return request.path.startsWith("/v2/") ? body : patchedProperties(current, body);
}
