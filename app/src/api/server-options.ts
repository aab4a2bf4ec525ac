import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import { LogController, type FastifyHttpOptions } from "fastify";
import type { Configuration } from "../configuration";
import { handleClientError } from "./client-errors";
import { handleError } from "./errors";

/** How the HTTP server treats connections and requests before a route is reached. */
export function serverOptions({ environment }: Configuration): FastifyHttpOptions<Server> {
  return {
    // A logger for each request is the largest cost of a probe; requests of callers are given one when they arrive.
    logger: false,
    logController: new LogController({ disableRequestLogging: true }),
    keepAliveTimeout: environment.KEEP_ALIVE_SECONDS * 1000,
    requestTimeout: 60_000,
    bodyLimit: environment.BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: 200 },
    genReqId: requestId,
    // A request that arrives on an open connection during the drain is answered, not refused.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    clientErrorHandler: handleClientError,
    frameworkErrors: handleError,
  };
}

// A caller's id is kept when it is harmless in a log line.
function requestId(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}
