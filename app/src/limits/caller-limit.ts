import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import { ProblemError } from "../api/problem";
import { cacheStore, type Counter } from "./cache-store";

/** Rate limit per caller. */
export interface CallerLimitProps {
  readonly perMinute: number;
  /** Shared store of the request counts of all tasks. @default - each process counts separately */
  readonly cache?: Counter;
}

/** Returns 429 to a caller that exceeds its limit; while the cache is unavailable, no limit applies. */
export async function limitCallers(api: FastifyInstance, { perMinute, cache }: CallerLimitProps): Promise<void> {
  await api.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: ({ caller }) => caller,
    ...(cache !== undefined && { store: cacheStore(cache) }),
    skipOnError: true,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { after }) => new ProblemError(429, `more than ${perMinute} requests per minute; retry in ${after}`),
  });
}
