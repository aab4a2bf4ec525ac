import { once } from "node:events";
import { createServer } from "node:http";

/**
 * Answers the container's health check for a program that serves nobody: 200 while `isAlive`, 503 otherwise.
 *
 * A listener works where a heartbeat file does not, on a root that cannot be written to, and is asked by the same
 * health check as the HTTP API. Only the container itself reaches it.
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
