import { request as send, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Reply } from "./gap";

/** Where moto listens. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
}

export interface UpstreamRequest {
  readonly method: string;
  /** Path with the query, as the client sent it. */
  readonly url: string;
  readonly headers: OutgoingHttpHeaders;
}

// They belong to one connection, and there are two: client to proxy, proxy to moto.
const hopByHop = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "expect"];

/** Sends a request to moto, with a whole body or with a stream of it; the answer streams. */
export function ask(upstream: Upstream, head: UpstreamRequest, body: Buffer | Readable): Promise<IncomingMessage> {
  const headers = endToEnd(head.headers);
  if (Buffer.isBuffer(body)) {
    delete headers["transfer-encoding"];
    headers["content-length"] = body.length;
  }
  return new Promise((resolve, reject) => {
    const outgoing = send({ ...upstream, method: head.method, path: head.url, headers }, resolve);
    outgoing.on("error", reject);
    if (Buffer.isBuffer(body)) {
      outgoing.end(body);
    } else {
      // A client that goes away in the middle of its body must not leave moto waiting for the rest.
      body.on("close", () => {
        if (!body.readableEnded) outgoing.destroy();
      });
      body.pipe(outgoing);
    }
  });
}

/** The headers that belong to the message and not to the connection. */
export function endToEnd(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== undefined && !hopByHop.includes(name)),
  );
}

/** Reads an answer to its end. */
export async function collect(answer: IncomingMessage): Promise<Reply> {
  return { status: answer.statusCode ?? 502, headers: endToEnd(answer.headers), body: await readAll(answer) };
}

/** Reads a stream to its end. */
export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer)); // a byte stream yields buffers
  return Buffer.concat(chunks);
}
