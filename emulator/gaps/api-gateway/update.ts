import type { AwsRequest, Handlers } from "../../proxy/gap";
import { editJson, isSuccess } from "../../wire/edit";
import { parseJson, type JsonObject } from "../../wire/json";
import { patchedProperties } from "../../wire/patch";
import type { Overlay } from "./overlay";

/**
 * moto updates only some of API Gateway's resources (no method, no integration, no domain name ...): what it cannot is
 * remembered and laid over every read. Shown by a change of almost any `aws_api_gateway_*` or `aws_apigatewayv2_*`.
 */
export function updates(overlay: Overlay): Handlers {
  return {
    "PATCH /{path+}": async (request, forward) => {
      const reply = await forward();
      if (reply.unanswered === undefined) return reply;
      return editJson(await forward({ method: "GET", body: "" }), (resource) => {
        const current = overlay.over(request, request.path, resource);
        overlay.remember(request, request.path, changes(request, current));
        return overlay.over(request, request.path, current);
      });
    },
    "GET /{path+}": async (request, forward) => {
      const reply = await forward();
      if (!overlay.has(request, request.path)) return reply;
      return editJson(reply, (resource) => overlay.over(request, request.path, resource));
    },
    "DELETE /{path+}": async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) overlay.forget(request, request.path);
      return reply;
    },
  };
}

// A REST API is updated by patch operations, an HTTP API by the properties themselves.
function changes(request: AwsRequest, current: JsonObject): JsonObject {
  const body = parseJson(request.body);
  return request.path.startsWith("/v2/") ? body : patchedProperties(current, body);
}
