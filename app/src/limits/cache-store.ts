import type { FastifyRateLimitStore } from "@fastify/rate-limit";
import type { Cache } from "./cache";

/** The part of the cache client that counts requests. */
export type Counter = Pick<Cache, "isReady" | "multi">;

const timeoutMilliseconds = 250;
// Longer than the client's socketTimeout: further commands would reset that timeout and keep a dead connection open.
const pauseMilliseconds = 15_000;

/** Counts requests in a cache, so that the limit applies to all tasks together. */
export function cacheStore(cache: Counter): new () => FastifyRateLimitStore {
  let nextTry = 0;
  return class CacheStore implements FastifyRateLimitStore {
    incr(...[caller, done, window]: Parameters<FastifyRateLimitStore["incr"]>): void {
      if (!cache.isReady || Date.now() < nextTry) return done(new Error("the cache is unavailable"));
      // `done` resolves a promise: a second call has no effect.
      const timer = setTimeout(() => {
        nextTry = Date.now() + pauseMilliseconds;
        done(new Error("the cache does not respond"));
      }, timeoutMilliseconds);
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
  // One key per transaction, as cluster mode requires. NX: only the first request of a window sets its end.
  const [current, , ttl] = await cache.multi().incr(key).pExpire(key, window, "NX").pTTL(key).execTyped();
  return { current, ttl };
}
