import type { FastifyPluginAsync } from "fastify";
import type { Authenticate } from "../auth/authenticate";
import type { Database } from "../database/database";
import { itemRoutes } from "../items/item-routes";
import { limitCallers, type CallerLimitProps } from "../limits/caller-limit";
import { repeatable } from "../repeats/repeatable";
import type { RequestStore } from "../repeats/request-store";
import { smokeRoutes } from "../smoke/smoke-routes";
import { uploadRoutes } from "../uploads/upload-routes";
import type { UploadStore } from "../uploads/upload-store";

/** Dependencies of the routes for callers. */
export interface CallerRoutesProps {
  readonly authenticate: Authenticate;
  readonly database: Database;
  /** @default - no upload routes */
  readonly uploads?: UploadStore;
  /** @default - no rate limit */
  readonly limit?: CallerLimitProps;
  /** @default - requests with an Idempotency-Key are rejected */
  readonly requests?: RequestStore;
}

/** All routes except the probes: the OpenAPI document, and the routes that require a token. BASE_PATH registers them a second time under a prefix. */
export const callerRoutes: FastifyPluginAsync<CallerRoutesProps> = async (api, props) => {
  const { authenticate, database, uploads, limit, requests } = props;
  const isCopy = api.prefix !== "";
  // The OpenAPI document lists each route once, and the prefix as a server.
  if (isCopy) api.addHook("onRoute", (route) => void (route.schema = { ...route.schema, hide: true }));
  api.get("/openapi.json", { schema: { hide: true } }, () => api.swagger());
  await api.register(async (guarded) => {
    guarded.decorateRequest("caller", "");
    guarded.addHook("onRequest", async (request) => {
      request.caller = await authenticate(request.headers.authorization);
    });
    if (limit !== undefined) await limitCallers(guarded, limit);
    repeatable(guarded, requests);
    await guarded.register(itemRoutes, { database });
    await guarded.register(smokeRoutes, { prefix: "/test", database });
    // With BASE_PATH=/test1, POST /test1 behaves like POST /test.
    if (isCopy) await guarded.register(smokeRoutes, { database });
    if (uploads !== undefined) await guarded.register(uploadRoutes, { uploads });
  });
};
