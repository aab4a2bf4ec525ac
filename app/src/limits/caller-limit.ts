import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import { ProblemError } from "../api/problem";
import { cacheStore, type Counter } from "./cache-store";

/** How many requests one caller may make. */
export interface CallerLimitProps {
  readonly perMinute: number;
  /** Where all tasks count together. @default - each process counts for itself */
  readonly cache?: Counter;
}

/** Answers 429 to a caller that asks too often; while the cache is away, nobody is kept from anything. */
export async function limitCallers(api: FastifyInstance, { perMinute, cache }: CallerLimitProps): Promise<void> {
  await api.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: ({ caller }) => caller,
    ...(cache !== undefined && { store: cacheStore(cache) }),
    skipOnError: true,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { after }) => new ProblemError(429, `more than ${perMinute} requests a minute: try again in ${after}`),
  });
}
