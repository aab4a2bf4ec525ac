import type { IncomingMessage } from "node:http";
import { readBody } from "../proxy/upstream";

/** A request on its way through the data plane. */
export interface DataRequest {
  readonly method: string;
  readonly scheme: "http" | "https";
  /** Host name without the port, in lower case. */
  readonly host: string;
  readonly port: number;
  /** As the client sent it, still encoded. */
  readonly path: string;
  /** Without "?"; "" when there is none. */
  readonly query: string;
  /** By names in lower case; several values of one name are joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Address of the client. */
  readonly sourceIp: string;
  /** Port of the client. @default - one that a client may have */
  readonly sourcePort?: number;
}

/** An answer of the data plane. */
export interface DataResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** An answer with a text body. */
export function textResponse(status: number, body: string, headers: DataResponse["headers"] = {}): DataResponse {
  return { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body: Buffer.from(body) };
}

/** An answer with a JSON body. */
export function jsonResponse(status: number, body: object, headers: DataResponse["headers"] = {}): DataResponse {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Host name and port of a Host header. */
export function hostOf(header: string): { readonly name: string; readonly port?: number } {
  const [, name = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(header.trim()) ?? [];
  return { name: name.toLowerCase().replace(/\.$/, ""), ...(port !== undefined && { port: Number(port) }) };
}

/**
 * Reads a request of a client. The emulator listens with plain HTTP, so a request to an HTTPS listener has either the
 * header `x-forwarded-proto: https`, or port 443 in its Host header.
 */
export async function readRequest(incoming: IncomingMessage): Promise<DataRequest> {
  const { method = "GET", url = "/" } = incoming;
  const { "x-forwarded-proto": proto, ...headers } = joined(incoming.headers);
  const { name, port } = hostOf(headers.host ?? "");
  const scheme = proto === "https" || port === 443 ? "https" : "http";
  return {
    ...target(url),
    method,
    scheme,
    host: name,
    port: port ?? (scheme === "https" ? 443 : 80),
    headers,
    body: await readBody(incoming),
    sourceIp: incoming.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "127.0.0.1",
    ...(incoming.socket.remotePort !== undefined && { sourcePort: incoming.socket.remotePort }),
  };
}

/** Path and query of a request target. */
export function target(url: string): Pick<DataRequest, "path" | "query"> {
  const [, path = "/", query = ""] = /^([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
  return { path: path === "" ? "/" : path, query };
}

/** Path with the query, as the first line of a request has it. */
export function urlOf({ path, query }: Pick<DataRequest, "path" | "query">): string {
  return query === "" ? path : `${path}?${query}`;
}

function joined(headers: IncomingMessage["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}
