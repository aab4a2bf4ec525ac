import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../database/open";
import type { Context, Running } from "../process/run";
import { UploadStore } from "../uploads/upload-store";
import { buildApi } from "./api";

/** Starts the HTTP API; its stop loses no request that was accepted. */
export async function serve({ configuration, logger }: Context): Promise<Running> {
  const { HOST: host, PORT: port, UPLOADS_BUCKET: bucket, DRAIN_DELAY_SECONDS: delay } = configuration.environment;
  const lifecycle = { draining: false };
  const database = await openDatabase(configuration, logger);
  const uploads = bucket === undefined ? undefined : new UploadStore(bucket);
  const api = await buildApi({ configuration, logger, database, lifecycle, uploads });
  await api.listen({ host, port });
  return {
    stop: async () => {
      // Readiness fails first, so that nobody sends new work to a socket that is about to close.
      lifecycle.draining = true;
      await sleep(delay * 1000);
      // A connection may become idle after the server looked for idle ones; an open one would hold up the end.
      const sweep = setInterval(() => api.server.closeIdleConnections(), 250);
      await api.close();
      clearInterval(sweep);
      await database.close();
      uploads?.close();
    },
  };
}
