import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import { LogController, type FastifyHttpOptions } from "fastify";
import type { Configuration } from "../configuration";
import { handleClientError } from "./client-errors";
import { handleError } from "./errors";

/** Options of the HTTP server for connections, limits and errors outside of routes. */
export function serverOptions({ environment }: Configuration): FastifyHttpOptions<Server> {
  return {
    // A logger per request is the largest cost of a probe; an onRequest hook adds one to the requests of callers.
    logger: false,
    logController: new LogController({ disableRequestLogging: true }),
    keepAliveTimeout: environment.KEEP_ALIVE_SECONDS * 1000,
    requestTimeout: 60_000,
    bodyLimit: environment.BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: 200 },
    genReqId: requestId,
    // A request on an open connection during the drain gets its normal response instead of 503.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    clientErrorHandler: handleClientError,
    frameworkErrors: handleError,
  };
}

// Uses the caller's id when it contains only characters that are safe in a log line.
function requestId(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}
