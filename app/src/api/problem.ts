import { STATUS_CODES } from "node:http";
import { Type, type Static } from "@sinclair/typebox";

/** The one format of errors, RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: "about:blank: the status says what kind of problem it is" }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String(),
    request_id: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
  },
  { $id: "Problem", description: "An error, as of RFC 9457" },
);

/** A problem as it is sent. */
export type ProblemBody = Static<typeof Problem>;

/** The media type of problems. */
export const problemType = "application/problem+json; charset=utf-8";

/** Thrown by a route to answer with a problem of its own. */
export class ProblemError extends Error {
  constructor(
    readonly statusCode: number,
    detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

/** Builds the body of a problem. */
export function problem(status: number, detail: string, requestId: string, errors?: ProblemBody["errors"]): ProblemBody {
  return { type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, detail, request_id: requestId, ...(errors && { errors }) };
}

const reasons: Record<number, string> = {
  400: "The request does not fit its schema",
  401: "No valid token",
  404: "There is no such resource",
  409: "The first request with this Idempotency-Key is still in work",
  412: "The resource was changed by somebody else",
  413: "The body is too large",
  415: "The body is not JSON",
  422: "The Idempotency-Key belongs to another request",
  428: "If-Match is missing",
  429: "Too many requests of this caller: try again after the time in Retry-After",
  503: "A dependency is away: try again after the time in Retry-After",
};

/** The part of a route's response schema that describes its problems. */
export function problems(...statuses: number[]) {
  const schema = { $ref: "Problem#" };
  const entry = (status: number) => ({ description: reasons[status], content: { "application/problem+json": { schema } } });
  return Object.fromEntries(statuses.map((status) => [status, entry(status)]));
}

/** The problems of every route that asks for a token, and others. */
export function callerProblems(...others: number[]) {
  return problems(400, 401, 429, 503, ...others);
}

/** The problems of every route that makes something from a body. */
export const creationProblems = callerProblems(409, 413, 415, 422);
