import { createHash, createHmac } from "node:crypto";
import type { AwsRequest, SentRequest } from "../proxy/call";

/** A signature of Signature Version 4, of the header "Authorization" or of a signed URL. */
export interface Signature {
  /** Day, region and service, such as "20260101/us-east-1/iam/aws4_request". */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly value: string;
  /** When it was made, such as "20260101T120000Z". */
  readonly time: string;
  /** Seconds for which a signed URL is valid. @default - the signature is in the header */
  readonly expires?: number;
}

const authorization =
  /^AWS4-HMAC-SHA256\s+Credential=[^/]+\/(\d{8}\/[^/]+\/[^/]+\/aws4_request),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** The signature of a request; undefined when it is incomplete. */
export function signatureOf(request: AwsRequest): Signature | undefined {
  const { headers, query } = request.sent ?? request;
  if (headers.authorization === undefined) return signatureInUrl(query);
  const [, scope, signed = "", value = ""] = authorization.exec(headers.authorization) ?? [];
  const time = timeOf(headers["x-amz-date"], headers.date);
  return scope !== undefined && time !== undefined
    ? { scope, signedHeaders: signed.split(";"), value, time }
    : undefined;
}

function signatureInUrl(query: URLSearchParams): Signature | undefined {
  const scope = /\/(\d{8}\/[^/]+\/[^/]+\/aws4_request)$/.exec(query.get("X-Amz-Credential") ?? "")?.[1];
  const [time, signed, value] = ["Date", "SignedHeaders", "Signature"].map((name) => query.get(`X-Amz-${name}`));
  if (scope === undefined || time == null || signed == null || value == null) return undefined;
  return { scope, signedHeaders: signed.split(";"), value, time, expires: Number(query.get("X-Amz-Expires") ?? 0) };
}

/**
 * Whether a request is signed with a secret.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignedWith(secret: string, signature: Signature, request: AwsRequest): boolean {
  const sent = request.sent ?? request;
  const { scope, signedHeaders, value, time, expires } = signature;
  const isSigned = (path: string, query: string, separator: string, payload: string): boolean => {
    const headers = signedHeaders.map((name) => `${name}:${headerValue(sent, name, separator)}\n`);
    const canonical = [sent.method, path, query, headers.join(""), signedHeaders.join(";"), payload].join("\n");
    return signatureValue(secret, { scope, time }, canonical) === value;
  };
  const payloads = payloadHashes(sent, expires !== undefined);
  return canonicalPaths(sent.url).some((path) =>
    canonicalQueries(sent.url).some((query) =>
      [", ", ","].some((separator) => payloads.some((payload) => isSigned(path, query, separator, payload))),
    ),
  );
}

/**
 * The signature of a canonical request by a secret.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signatureValue(
  secret: string,
  { scope, time }: Pick<Signature, "scope" | "time">,
  canonical: string,
): string {
  const key = scope.split("/").reduce<Buffer | string>(hmac, `AWS4${secret}`);
  return hmac(key, ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n")).toString("hex");
}

function timeOf(amzDate: string | readonly string[] | undefined, date: string | undefined): string | undefined {
  if (typeof amzDate === "string") return amzDate;
  const time = new Date(date ?? "");
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString().replace(/[-:]|\.\d+/g, "");
}

/** S3 signs the path as it is sent, the other services encode it once more, and most normalize it before. */
function canonicalPaths(url: string): readonly string[] {
  const [sent = ""] = url.split("?");
  const path = sent === "" ? "/" : sent;
  const plain = encodedPath(decoded(path) ?? path);
  const { pathname } = new URL(path.replace(/\/{2,}/g, "/"), "http://emulator");
  return [...new Set([path, plain, encodedPath(path), encodedPath(plain), pathname, encodedPath(pathname)])];
}

/** A "+" is a space to some clients. */
function canonicalQueries(url: string): readonly string[] {
  const start = url.indexOf("?");
  const text = start < 0 ? "" : url.slice(start + 1);
  return [...new Set([text, text.replaceAll("+", "%20")])].map(canonicalQuery);
}

function canonicalQuery(text: string): string {
  const pairs = text
    .split("&")
    .filter((pair) => pair !== "" && !pair.startsWith("X-Amz-Signature="))
    .map((pair) => {
      const end = pair.includes("=") ? pair.indexOf("=") : pair.length;
      return [pair.slice(0, end), pair.slice(end + 1)].map((part) => encoded(decoded(part) ?? part)).join("=");
    });
  return pairs.sort(byNameAndValue).join("&");
}

function byNameAndValue(one: string, other: string): number {
  const [name = "", value = ""] = one.split("=");
  const [otherName = "", otherValue = ""] = other.split("=");
  if (name !== otherName) return name < otherName ? -1 : 1;
  return value < otherValue ? -1 : value > otherValue ? 1 : 0;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function payloadHashes({ headers, body, stream }: SentRequest, isInUrl: boolean): readonly string[] {
  const stated = headers["x-amz-content-sha256"];
  if (typeof stated === "string") return [stated];
  return [...(stream === undefined ? [sha256(body)] : []), ...(isInUrl ? ["UNSIGNED-PAYLOAD"] : [])];
}

// Node.js joins the values of a repeated header with ", ".
function headerValue({ headers }: SentRequest, name: string, separator: string): string {
  const value = headers[name] ?? "";
  const text = typeof value === "string" ? value : value.join(separator);
  return text.replaceAll(", ", separator).trim().replace(/ +/g, " ");
}

function encodedPath(path: string): string {
  return path.split("/").map(encoded).join("/");
}

function encoded(text: string): string {
  const code = (each: string) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, code);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** The SHA-256 hash of a text or body, in hexadecimal digits. */
export function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}
