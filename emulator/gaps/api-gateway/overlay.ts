import type { AwsRequest, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { parseJson, type JsonObject } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import { patchedProperties } from "./patch";

/** Properties of resources that moto loses, by the path of the resource. */
export class Overlay {
  private readonly store = new Store<JsonObject>();

  /** Stores properties of the resource at a path. */
  set(request: AwsRequest, path: string, properties: JsonObject): void {
    const entries = this.store.of(request);
    entries.set(path, { ...entries.get(path), ...properties });
  }

  /** Deletes the properties of the resource at a path, because it is replaced or deleted. */
  delete(request: AwsRequest, path: string): void {
    this.store.of(request).delete(path);
  }

  has(request: AwsRequest, path: string): boolean {
    return this.store.of(request).has(path);
  }

  /** The resource with the properties that are stored of it. */
  apply(request: AwsRequest, path: string, resource: JsonObject): JsonObject {
    return { ...resource, ...this.store.of(request).get(path) };
  }
}

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
