import { createHash, createHmac } from "node:crypto";
import type { AwsRequest } from "../proxy/call";

/** A header "Authorization" of Signature Version 4. */
const authorization =
  /^AWS4-HMAC-SHA256\s+Credential=[^/]+\/((\d{8})\/([^/]+)\/([^/]+)\/aws4_request),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/**
 * Whether a request is signed with a secret. Requests that do not state their signature in the header, or not what it is
 * about, are taken as signed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignedWith(secret: string, request: AwsRequest): boolean {
  const [, scope = "", date = "", region = "", service = "", signed = "", signature] =
    authorization.exec(request.headers.authorization ?? "") ?? [];
  const time = request.headers["x-amz-date"];
  const query = canonicalQuery(request.url);
  const payload = payloadHash(request);
  if (signature === undefined || typeof time !== "string" || query === undefined || payload === undefined) return true;
  const key = [date, region, service, "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  return canonicalPaths(request.url).some((path) =>
    [", ", ","].some((separator) => {
      const headers = signed.split(";").map((name) => `${name}:${headerValue(request, name, separator)}\n`);
      const canonical = [request.method, path, query, headers.join(""), signed, payload].join("\n");
      return hmac(key, ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n")).toString("hex") === signature;
    }),
  );
}

/** S3 signs the path as it is sent, the other services encode it once more, and most normalize it before. */
function canonicalPaths(url: string): readonly string[] {
  const [sent = ""] = url.split("?");
  const path = sent === "" ? "/" : sent;
  const plain = encodedPath(decoded(path) ?? path);
  const { pathname } = new URL(path.replace(/\/{2,}/g, "/"), "http://emulator");
  return [...new Set([path, plain, encodedPath(path), encodedPath(plain), pathname, encodedPath(pathname)])];
}

function canonicalQuery(url: string): string | undefined {
  const start = url.indexOf("?");
  const text = start < 0 ? "" : url.slice(start + 1);
  // A "+" is a space to some clients.
  if (text.includes("+")) return undefined;
  const pairs = text
    .split("&")
    .filter((pair) => pair !== "")
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

function payloadHash({ headers, body, stream }: AwsRequest): string | undefined {
  const stated = headers["x-amz-content-sha256"];
  if (typeof stated === "string") return stated;
  return stream === undefined ? sha256(body) : undefined;
}

// Node.js joins the values of a repeated header with ", ".
function headerValue({ headers }: AwsRequest, name: string, separator: string): string {
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

function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}
