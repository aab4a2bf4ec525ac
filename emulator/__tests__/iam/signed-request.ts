import { createHash, createHmac } from "node:crypto";

/** The credentials of a request. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A request in any form, such as no SDK sends it. */
export interface PlainRequest {
  readonly service: string;
  /** @default "GET" */
  readonly method?: string;
  /** Path with the query. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the signature is in the URL. @default false */
  readonly isInUrl?: boolean;
  /** Seconds for which the URL is valid. @default 60 */
  readonly expires?: number;
  /** Minutes since the signature was made. @default 0 */
  readonly age?: number;
}

/** Sends a request, signed as it is. */
export function sendSigned(endpoint: string, credentials: Credentials, request: PlainRequest): Promise<Response> {
  const { service, method = "GET", url, headers = {}, body, isInUrl = false, expires = 60, age = 0 } = request;
  const time = new Date(Date.now() - age * 60_000).toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = [time.slice(0, 8), "us-east-1", service, "aws4_request"];
  const credential = `${credentials.accessKeyId}/${scope.join("/")}`;
  const { sessionToken } = credentials;
  const { host } = new URL(endpoint);
  const [path = "/", text = ""] = url.split("?");
  const query = new URLSearchParams(text);
  const signedHeaders: Record<string, string> = { host };
  if (isInUrl) {
    query.set("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    query.set("X-Amz-Credential", credential);
    query.set("X-Amz-Date", time);
    query.set("X-Amz-Expires", String(expires));
    query.set("X-Amz-SignedHeaders", "host");
    if (sessionToken !== undefined) query.set("X-Amz-Security-Token", sessionToken);
  } else {
    signedHeaders["x-amz-date"] = time;
    if (sessionToken !== undefined) signedHeaders["x-amz-security-token"] = sessionToken;
  }
  const pairs = [...query].map((pair) => pair.map(encodeURIComponent).join("="));
  const names = Object.keys(signedHeaders).sort();
  const payload = isInUrl && service === "s3" ? "UNSIGNED-PAYLOAD" : sha256(body ?? "");
  const lines = names.map((name) => `${name}:${signedHeaders[name] ?? ""}\n`).join("");
  const canonical = [method, path, [...pairs].sort().join("&"), lines, names.join(";"), payload].join("\n");
  const key = scope.reduce<Buffer | string>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n")).toString(
    "hex",
  );
  if (isInUrl) pairs.push(`X-Amz-Signature=${signature}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return fetch(`${endpoint}${path}${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`, {
    method,
    // A Buffer has no content type of its own.
    body: body === undefined ? undefined : Buffer.from(body),
    headers: { ...headers, ...signedHeaders, ...(!isInUrl && { authorization }) },
  });
}

/** The status and error code of a reply. */
export async function answerOf(reply: Promise<Response>): Promise<string> {
  const response = await reply;
  const body = await response.text();
  const code = /<Code>(\w+)<\/Code>|"__type":\s*"(?:\w+#)?(\w+)"/.exec(body);
  return `${response.status} ${code?.[1] ?? code?.[2] ?? ""}`.trim();
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
