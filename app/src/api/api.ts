import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import Fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { authenticator, type Authenticate } from "../auth/authenticate";
import type { Configuration } from "../configuration";
import type { Database } from "../database/database";
import type { Counter } from "../limits/cache-store";
import type { RequestStore } from "../repeats/request-store";
import type { UploadStore } from "../uploads/upload-store";
import { callerRoutes } from "./caller-routes";
import { handleError, handleNotFound } from "./errors";
import { healthRoutes } from "./health";
import { describeApi } from "./openapi";
import { requestLog, type Lifecycle } from "./request-log";
import { serverOptions } from "./server-options";
import { convertingAjv, strictAjv } from "../validation";

/** Dependencies of the API. */
export interface ApiParts {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly database: Database;
  readonly lifecycle: Lifecycle;
  /** @default - no upload routes */
  readonly uploads?: UploadStore;
  /** Shared store of the request counts of all tasks. @default - each process counts separately */
  readonly cache?: Counter;
  /** @default - requests with an Idempotency-Key are rejected */
  readonly requests?: RequestStore;
  /** @default - according to AUTH_MODE */
  readonly authenticate?: Authenticate;
}

/** Builds the HTTP API; it does not listen yet. */
export async function buildApi(parts: ApiParts): Promise<FastifyInstance> {
  const { configuration, logger, database, lifecycle, uploads, cache, requests } = parts;
  const { BASE_PATH: basePath, RATE_LIMIT_PER_MINUTE: perMinute } = configuration.environment;
  const authenticate = parts.authenticate ?? authenticator(configuration.auth);
  // Without authentication all callers would share one limit.
  const limit = perMinute === 0 || configuration.auth.mode === "none" ? undefined : { perMinute, cache };
  const routes = { authenticate, database, uploads, limit, requests };
  const api = Fastify(serverOptions(configuration));
  api.setErrorHandler(handleError);
  api.setValidatorCompiler(({ schema, httpPart }) => (httpPart === "body" ? strictAjv : convertingAjv).compile(schema));
  api.removeContentTypeParser("text/plain");
  await api.register(describeApi, configuration);

  // Registered outside the plugins below: probes are frequent and need neither browser headers nor a log line.
  await api.register(healthRoutes, { database, lifecycle, logger });
  await api.register(async (open) => {
    await open.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: policyDirectives } });
    if (configuration.corsOrigins.length > 0) await open.register(cors, corsOptions(configuration.corsOrigins));
    requestLog(open, lifecycle, logger);
    open.setNotFoundHandler(handleNotFound);
    await open.register(callerRoutes, routes);
    if (basePath !== undefined) await open.register(callerRoutes, { prefix: basePath, ...routes });
  });
  await api.ready();
  return api;
}

// Responses are data: a browser that renders one as a page must not load other resources.
const policyDirectives = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };

function corsOptions(origins: readonly string[]) {
  return {
    origin: origins.includes("*") ? "*" : [...origins],
    methods: ["GET", "POST", "PUT", "DELETE"],
    exposedHeaders: ["etag", "location", "x-request-id", "retry-after"],
    maxAge: 600,
  };
}
