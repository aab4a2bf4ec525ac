import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";

/** Whether the process is shutting down. */
export interface Lifecycle {
  draining: boolean;
}

/** Logs one line per request, without query, headers and body, which can contain sensitive data. */
export function requestLog(api: FastifyInstance, lifecycle: Lifecycle, logger: Logger): void {
  api.addHook("onRequest", async (request, reply) => {
    logWithId(request, reply, logger);
    reply.header("x-request-id", request.id);
  });
  api.addHook("onSend", async (_request, reply) => {
    // Makes the client open its next connection to another task. Set at the end of a request: one that began
    // before the drain would otherwise keep its connection open during the shutdown.
    if (lifecycle.draining) reply.header("connection", "close");
  });
  api.addHook("onResponse", async (request, reply) => {
    const trace = request.headers["x-amzn-trace-id"];
    request.log.info(
      {
        method: request.method,
        path: request.url.split("?", 1)[0]?.slice(0, 200),
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        trace_id: typeof trace === "string" ? trace.slice(0, 200) : undefined,
      },
      "request",
    );
  });
}

/** Adds the request id to the log lines of a request. */
export function logWithId(request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  request.log = reply.log = logger.child({ request_id: request.id });
}
