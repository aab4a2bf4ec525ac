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

/** What the routes of callers work with. */
export interface CallerRoutesProps {
  readonly authenticate: Authenticate;
  readonly database: Database;
  /** @default - no upload routes */
  readonly uploads?: UploadStore;
  /** @default - nobody is limited */
  readonly limit?: CallerLimitProps;
  /** @default - an Idempotency-Key is refused */
  readonly requests?: RequestStore;
}

/** All but the probes: the description, and what asks for a token. Under a prefix they are there a second time. */
export const callerRoutes: FastifyPluginAsync<CallerRoutesProps> = async (api, props) => {
  const { authenticate, database, uploads, limit, requests } = props;
  const isCopy = api.prefix !== "";
  // The description has them once, and the prefix as a server.
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
    // A stage that routes /test1 here may call it as it would call /test.
    if (isCopy) await guarded.register(smokeRoutes, { database });
    if (uploads !== undefined) await guarded.register(uploadRoutes, { uploads });
  });
};
