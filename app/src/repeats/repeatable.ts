import { createHash, randomUUID } from "node:crypto";
import { Type } from "@sinclair/typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ProblemError } from "../api/problem";
import type { Attempt, RequestStore } from "./request-store";

declare module "fastify" {
  interface FastifyRequest {
    /** The idempotency key that this request holds until its response. */
    attempt: Attempt | undefined;
  }
}

/** The header that makes a POST safe to retry. */
export const RepeatHeaders = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({ pattern: "^[!-~]{1,200}$", description: "unique per request, chosen by the caller; retries with the same key get the first response" }),
  ),
});

const keptHeaders = ["content-type", "etag", "location"];

/** Processes a POST with an `Idempotency-Key` once; retries get the first successful response. */
export function repeatable(api: FastifyInstance, store: RequestStore | undefined): void {
  api.decorateRequest("attempt", undefined);
  api.addHook("preHandler", async (request, reply) => {
    const key = request.headers["idempotency-key"];
    if (request.method !== "POST" || key === undefined) return;
    // Without a store, a retry would be processed a second time.
    if (store === undefined) throw new ProblemError(400, "Idempotency-Key is not supported without REQUESTS_TABLE; send no Idempotency-Key");
    const attempt = attemptOf(request, String(key));
    const earlier = await store.begin(attempt);
    if (earlier === undefined) {
      request.attempt = attempt;
      return;
    }
    if (earlier.fingerprint !== attempt.fingerprint) throw new ProblemError(422, "the Idempotency-Key was used for a request with another body");
    if (earlier.answer === undefined) throw new ProblemError(409, "the request is still in progress", { "retry-after": "1" });
    const { status, headers, body } = earlier.answer;
    return reply.code(status).headers(headers).send(body);
  });
  api.addHook("onSend", async (request, reply, payload) => {
    const { attempt } = request;
    request.attempt = undefined;
    if (attempt === undefined || store === undefined) return;
    // The request succeeded: its caller gets the response even if it cannot be stored for retries.
    await settle(store, attempt, reply, payload).catch((error: unknown) => {
      request.log.warn({ err: error }, "a response could not be stored for its Idempotency-Key");
    });
  });
}

function settle(store: RequestStore, attempt: Attempt, reply: FastifyReply, payload: unknown): Promise<void> {
  if (reply.statusCode >= 400 || typeof payload !== "string") return store.forget(attempt);
  const headers = keptHeaders.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : []));
  return store.finish(attempt, { status: reply.statusCode, headers: Object.fromEntries(headers), body: payload });
}

function attemptOf({ caller, url, body }: FastifyRequest, key: string): Attempt {
  return { request: digest([caller, url, key]), id: randomUUID(), fingerprint: digest(body) };
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url");
}
