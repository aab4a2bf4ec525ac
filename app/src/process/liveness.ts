import { once } from "node:events";
import { createServer } from "node:http";

/**
 * Serves the container's health check for a program without an HTTP API: 200 while `isAlive`, 503 otherwise.
 *
 * Unlike a heartbeat file, an HTTP listener works with a read-only root file system and uses the same health check as
 * the HTTP API. It listens on 127.0.0.1, reachable only inside the container.
 */
export async function serveLiveness(port: number, isAlive: () => boolean): Promise<{ stop(): void }> {
  const server = createServer((_request, response) => response.writeHead(isAlive() ? 200 : 503).end());
  await once(server.listen(port, "127.0.0.1"), "listening");
  return {
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
