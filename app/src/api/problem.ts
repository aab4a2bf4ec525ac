import { STATUS_CODES } from "node:http";
import { Type, type Static } from "@sinclair/typebox";

/** The format of every error, RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: "about:blank: the status defines the type of the problem" }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String(),
    request_id: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
  },
  { $id: "Problem", description: "An error in the format of RFC 9457" },
);

/** The response body of a problem. */
export type ProblemBody = Static<typeof Problem>;

/** The media type of problems. */
export const problemType = "application/problem+json; charset=utf-8";

/** Thrown by a route to respond with a specific problem. */
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
  401: "The token is missing or not valid",
  404: "The resource does not exist",
  409: "The first request with this Idempotency-Key is still in progress",
  412: "The resource was changed by another request",
  413: "The body is too large",
  415: "The body is not JSON",
  422: "The Idempotency-Key was used for a request with another body",
  428: "If-Match is missing",
  429: "The caller has exceeded its rate limit: retry after the time in Retry-After",
  503: "A dependency is unavailable: retry after the time in Retry-After",
};

/** The part of a route's response schema that describes its problems. */
export function problems(...statuses: number[]) {
  const schema = { $ref: "Problem#" };
  const entry = (status: number) => ({ description: reasons[status], content: { "application/problem+json": { schema } } });
  return Object.fromEntries(statuses.map((status) => [status, entry(status)]));
}

/** The problems of every route that requires a token, and `others`. */
export function callerProblems(...others: number[]) {
  return problems(400, 401, 429, 503, ...others);
}

/** The problems of every route that creates a resource from a body. */
export const creationProblems = callerProblems(409, 413, 415, 422);
