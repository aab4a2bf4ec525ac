import { request, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Reply } from "./gap";

/** Address of moto. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
}

/** The head of a request to moto. */
export interface RequestHead {
  readonly method: string;
  /** Path with the query, as the client sent it. */
  readonly url: string;
  readonly headers: OutgoingHttpHeaders;
}

// They belong to one connection, and there are two: client to proxy, proxy to moto.
const hopByHop = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "expect"];

/** Sends a request to moto, and reads the reply to its end. */
export async function send(upstream: Upstream, head: RequestHead, body: Buffer | Readable): Promise<Reply> {
  const headers: OutgoingHttpHeaders = endToEnd(head.headers);
  if (Buffer.isBuffer(body)) {
    headers["content-length"] = body.length;
    delete headers["transfer-encoding"];
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request({ ...upstream, method: head.method, path: head.url, headers }, resolve);
    outgoing.on("error", reject);
    if (Buffer.isBuffer(body)) outgoing.end(body);
    else pipeline(body, outgoing).catch(reject);
  });
  return { status: response.statusCode ?? 502, headers: endToEnd(response.headers), body: await readBody(response) };
}

/** The headers that belong to the message and not to the connection. */
export function endToEnd(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== undefined && !hopByHop.includes(name)),
  );
}

/** Reads a stream to its end. */
export async function readBody(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer)); // a byte stream yields buffers
  return Buffer.concat(chunks);
}
