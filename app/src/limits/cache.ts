import type { ConnectionOptions } from "node:tls";
import { createClient } from "@redis/client";
import type { Logger } from "pino";
import type { CacheSettings } from "./settings";

const maximumDelayMilliseconds = 3_000;

/** A cache of the stage, Valkey or Redis. */
export type Cache = ReturnType<typeof openCache>;

/**
 * Connects to the cache over TLS and reconnects after a failure; commands fail immediately while there is no connection.
 *
 * Each connection authenticates with a new token. ElastiCache closes a connection after 12 hours; the client then reconnects.
 */
export function openCache({ host, port, user }: CacheSettings, token: () => Promise<string>, logger: Logger, tls: ConnectionOptions = {}) {
  let isUnavailable = false;
  const cache = createClient({
    credentialsProvider: {
      type: "async-credentials-provider",
      credentials: async () => ({ username: user, password: await token() }),
    },
    socket: {
      ...tls,
      host,
      port,
      tls: true,
      connectTimeout: 3_000,
      // With pingInterval, detects a server that no longer responds.
      socketTimeout: 10_000,
      reconnectStrategy: (attempt) => Math.min(100 * 2 ** attempt, maximumDelayMilliseconds),
    },
    pingInterval: 3_000,
    disableOfflineQueue: true,
  });
  // Logs one line per outage, not one per connection attempt.
  cache.on("error", (error: Error) => {
    if (!isUnavailable) logger.warn({ err: error }, "the cache is unavailable");
    isUnavailable = true;
  });
  cache.on("ready", () => {
    isUnavailable = false;
    logger.info("connected to the cache");
  });
  // Rejects only when the client is closed before the first connection; the events above log every failure.
  cache.connect().catch(() => undefined);
  return cache;
}
