import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from "fastify";
import { DependencyUnavailable } from "../dependency";
import { problem, problemType, ProblemError, type ProblemBody } from "./problem";

/** Responds to every error in the same format, and logs errors of the service and of its dependencies. */
export function handleError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof DependencyUnavailable) {
    const detail = `the ${error.dependency} is unavailable`;
    request.log.warn({ err: error }, detail);
    return send(reply, problem(503, detail, request.id), { "retry-after": "2" });
  }
  if (error instanceof ProblemError) return send(reply, problem(error.statusCode, error.message, request.id), error.headers);
  if ("validation" in error && error.validation !== undefined) {
    const part = error.validationContext ?? "request";
    const errors = error.validation.map((entry) => describe(part, entry));
    return send(reply, problem(400, `the ${part} does not fit its schema`, request.id, errors));
  }
  const status = "statusCode" in error ? (error.statusCode ?? 500) : 500;
  if (status < 500) return send(reply, problem(status, error.message, request.id));
  request.log.error({ err: error }, "a request failed");
  return send(reply, problem(500, "internal error; the log has the details under this request id", request.id));
}

/** Responds to a path or method that no route has. */
export function handleNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(reply, problem(404, `there is no ${request.method} for this path`, request.id));
}

function send(reply: FastifyReply, body: ProblemBody, headers: Readonly<Record<string, string>> = {}): FastifyReply {
  // Serialized here: the schema of the route that fails may not define this status.
  return reply.code(body.status).headers(headers).type(problemType).serializer(JSON.stringify).send(body);
}

function describe(part: string, { instancePath, message = "is not valid", params }: FastifySchemaValidationError) {
  const extra = "additionalProperty" in params ? `: ${JSON.stringify(params["additionalProperty"]).slice(0, 100)}` : "";
  return { field: `${part}${instancePath.replaceAll("/", ".")}`, message: `${message}${extra}` };
}
