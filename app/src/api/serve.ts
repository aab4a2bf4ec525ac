import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../database/open";
import { openCache } from "../limits/cache";
import { cacheToken } from "../limits/cache-token";
import type { Context, Running } from "../process/run";
import { RequestStore } from "../repeats/request-store";
import { UploadStore } from "../uploads/upload-store";
import { buildApi } from "./api";

/** Starts the HTTP API; `stop` completes every accepted request. */
export async function serve({ configuration, logger }: Context): Promise<Running> {
  const { cache: settings, environment } = configuration;
  const { HOST: host, PORT: port, UPLOADS_BUCKET: bucket, REQUESTS_TABLE: table, DRAIN_DELAY_SECONDS: delay } = environment;
  const lifecycle = { draining: false };
  const database = await openDatabase(configuration, logger);
  const uploads = bucket === undefined ? undefined : new UploadStore(bucket);
  const requests = table === undefined ? undefined : new RequestStore(table);
  const cache = settings && openCache(settings, () => cacheToken(settings), logger);
  const api = await buildApi({ configuration, logger, database, lifecycle, uploads, requests, cache });
  logger.info(`Server listening at ${await api.listen({ host, port })}`);
  return {
    stop: async () => {
      // Readiness fails first, so that the load balancer sends no requests to a socket that is about to close.
      lifecycle.draining = true;
      await sleep(delay * 1000);
      // close() closes idle connections once; a connection that becomes idle later would delay the end of close().
      const sweep = setInterval(() => api.server.closeIdleConnections(), 250);
      await api.close();
      clearInterval(sweep);
      await database.close();
      uploads?.close();
      requests?.close();
      cache?.destroy();
    },
  };
}
