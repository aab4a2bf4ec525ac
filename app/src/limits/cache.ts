import type { ConnectionOptions } from "node:tls";
import { createClient } from "@redis/client";
import type { Logger } from "pino";
import type { CacheSettings } from "./settings";

const longestPauseMilliseconds = 3_000;

/** A cache of the stage, Valkey or Redis. */
export type Cache = ReturnType<typeof openCache>;

/**
 * Connects to the cache over TLS and stays at it; commands fail at once while there is no connection.
 *
 * Each connection signs in with a new token: AWS ends one after 12 hours, which is then like any other loss.
 */
export function openCache({ host, port, user }: CacheSettings, token: () => Promise<string>, logger: Logger, tls: ConnectionOptions = {}) {
  let isAway = false;
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
      // With the ping below, a server that went away without a word is noticed.
      socketTimeout: 10_000,
      reconnectStrategy: (attempt) => Math.min(100 * 2 ** attempt, longestPauseMilliseconds),
    },
    pingInterval: 3_000,
    disableOfflineQueue: true,
  });
  // An outage is one line, and not one for each attempt.
  cache.on("error", (error: Error) => {
    if (!isAway) logger.warn({ err: error }, "the cache is away");
    isAway = true;
  });
  cache.on("ready", () => {
    isAway = false;
    logger.info("connected to the cache");
  });
  // It ends with the first connection, or with a close before; the events report everything there is to log.
  cache.connect().catch(() => undefined);
  return cache;
}
