import { createHash, randomUUID } from "node:crypto";
import { Type } from "@sinclair/typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ProblemError } from "../api/problem";
import type { Attempt, RequestStore } from "./request-store";

declare module "fastify" {
  interface FastifyRequest {
    /** The key that this request has taken, until it is answered. */
    attempt: Attempt | undefined;
  }
}

/** The header by which a caller repeats a POST whose answer it has not seen. */
export const RepeatHeaders = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({ pattern: "^[!-~]{1,200}$", description: "a text of the caller's, new for each request: its repetitions get the first answer" }),
  ),
});

const keptHeaders = ["content-type", "etag", "location"];

/** Does what is asked with an `Idempotency-Key` once, and answers its repetitions with the first success. */
export function repeatable(api: FastifyInstance, store: RequestStore | undefined): void {
  api.decorateRequest("attempt", undefined);
  api.addHook("preHandler", async (request, reply) => {
    const key = request.headers["idempotency-key"];
    if (request.method !== "POST" || key === undefined) return;
    // Better than a repetition that is done twice.
    if (store === undefined) throw new ProblemError(400, "answers are not kept here: send no Idempotency-Key");
    const attempt = attemptOf(request, String(key));
    const earlier = await store.begin(attempt);
    if (earlier === undefined) {
      request.attempt = attempt;
      return;
    }
    if (earlier.fingerprint !== attempt.fingerprint) throw new ProblemError(422, "the Idempotency-Key belongs to another request");
    if (earlier.answer === undefined) throw new ProblemError(409, "the request is still in work", { "retry-after": "1" });
    const { status, headers, body } = earlier.answer;
    return reply.code(status).headers(headers).send(body);
  });
  api.addHook("onSend", async (request, reply, payload) => {
    const { attempt } = request;
    request.attempt = undefined;
    if (attempt === undefined || store === undefined) return;
    // What was done is done: its caller hears of it, whatever becomes of the repetitions.
    await settle(store, attempt, reply, payload).catch((error: unknown) => {
      request.log.warn({ err: error }, "an answer could not be kept");
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
