import type { FastifyInstance } from "fastify";
import type { Lifecycle } from "./health";

/** One log line per request, without query, headers or body: they may hold what must not be kept. */
export function requestLog(api: FastifyInstance, lifecycle: Lifecycle): void {
  api.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  api.addHook("onSend", async (_request, reply) => {
    // Asks the client to open its next connection to another task. Decided at the end of a request: one that began
    // before the drain must not leave a connection open that nobody will close.
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
