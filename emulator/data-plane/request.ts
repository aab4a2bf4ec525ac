import { isIP } from "node:net";
import type { DataPlane } from ".";
import { target, type DataRequest } from "./message";

/** What a request has besides its URL. */
export interface RequestOptions {
  /** @default "GET" */
  readonly method?: string;
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly body?: string | Buffer;
  /** Address of the client. @default "203.0.113.10" (RFC 5737) */
  readonly sourceIp?: string;
}

/** Requests a URL of the emulated AWS; redirects are not followed. */
export async function requestTo(dataPlane: DataPlane, url: string, options: RequestOptions = {}): Promise<Response> {
  const { status, headers, body } = await dataPlane.answer(requestOf(url, options));
  const list = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((item): [string, string] => [name, item]),
  );
  // A Response refuses a body of these: https://fetch.spec.whatwg.org/#null-body-status
  const isEmpty = [101, 204, 205, 304].includes(status) || options.method === "HEAD";
  return new Response(isEmpty ? null : new Uint8Array(body), { status, headers: list });
}

function requestOf(url: string, options: RequestOptions): DataRequest {
  const { method = "GET", headers = {}, body = "", sourceIp = "203.0.113.10" } = options;
  const { protocol, hostname, port, host, pathname, search } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:")
    throw new Error(`the URL ${url} must begin with http:// or https://`);
  if (isIP(sourceIp) === 0) throw new Error(`sourceIp "${sourceIp}" must be an IP address`);
  const content = Buffer.from(body);
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const scheme = protocol === "https:" ? "https" : "http";
  return {
    ...target(`${pathname}${search}`),
    method,
    scheme,
    host: hostname,
    port: port === "" ? (scheme === "https" ? 443 : 80) : Number(port),
    headers: { host, ...(content.length > 0 && { "content-length": String(content.length) }), ...named },
    body: content,
    sourceIp,
  };
}
