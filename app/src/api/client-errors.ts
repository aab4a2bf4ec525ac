import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { problem, problemType } from "./problem";

const statuses: Record<string, [status: number, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, "the headers are too large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "the request took too long to arrive"],
};

/** Responds to invalid or oversized HTTP, for which Fastify creates no request, in the same error format. */
export function handleClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = statuses[error.code ?? ""] ?? [400, "the request is not valid HTTP"];
  const body = problem(status, detail, randomUUID());
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${status} ${body.title}\r\ncontent-type: ${problemType}\r\n` +
      `content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  );
}
