import type { FastifyRateLimitStore } from "@fastify/rate-limit";
import type { Cache } from "./cache";

/** What is needed of a cache to count in it. */
export type Counter = Pick<Cache, "isReady" | "multi">;

const patienceMilliseconds = 250;
// Longer than the client keeps a silent connection: what would be sent meanwhile would keep it open.
const breakMilliseconds = 15_000;

/** Counts requests in a cache, so that all tasks together keep the limit. */
export function cacheStore(cache: Counter): new () => FastifyRateLimitStore {
  let nextTry = 0;
  return class CacheStore implements FastifyRateLimitStore {
    incr(...[caller, done, window]: Parameters<FastifyRateLimitStore["incr"]>): void {
      if (!cache.isReady || Date.now() < nextTry) return done(new Error("the cache is away"));
      // Only the first of the two outcomes settles the promise.
      const timer = setTimeout(() => {
        nextTry = Date.now() + breakMilliseconds;
        done(new Error("the cache does not answer"));
      }, patienceMilliseconds);
      count(cache, caller, window)
        .then((result) => done(null, result))
        .catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error))))
        .finally(() => clearTimeout(timer));
    }

    child(): CacheStore {
      return this;
    }
  };
}

async function count(cache: Counter, caller: string, window: number): Promise<{ current: number; ttl: number }> {
  const key = `limit:${caller}`;
  // One key, so that it also works where keys are spread over servers; the first request sets when the window ends.
  const [current, , ttl] = await cache.multi().incr(key).pExpire(key, window, "NX").pTTL(key).execTyped();
  return { current, ttl };
}
