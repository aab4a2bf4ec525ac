import { verify } from "node:crypto";
import { list, parseJson, text, type JsonObject } from "../../wire/json";
import type { DataPlaneContext } from "../context";
import { keyOf } from "./keys";

/** The claims of a valid token, or why it is not valid. */
export type Verified = { readonly claims: JsonObject } | { readonly problem: string; readonly isExpired?: true };

/** Verifies the signature and the times of a token of one of the issuers. */
export async function verifyToken(
  context: DataPlaneContext,
  token: string,
  issuers: readonly string[],
  now = Date.now() / 1000,
): Promise<Verified> {
  const [head = "", payload = "", signature = ""] = token.split(".");
  const [header, claims] = [decoded(head), decoded(payload)];
  if (!header || !claims) return { problem: "the token is not a JSON web token" };
  if (header.alg !== "RS256") return { problem: `the algorithm ${text(header.alg)} is not supported` };
  const issuer = text(claims.iss);
  if (!issuers.includes(issuer)) return { problem: `the issuer ${issuer} is not allowed` };
  const key = await keyOf(context, issuer, text(header.kid));
  if (!key) return { problem: `the issuer has no key ${text(header.kid)}` };
  if (!verify("RSA-SHA256", Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, "base64url"))) {
    return { problem: "the signature is not valid" };
  }
  if (!(Number(claims.exp) > now)) return { problem: "the token has expired", isExpired: true };
  // Clocks of two machines differ.
  const latest = now + 60;
  if (Number(claims.nbf ?? 0) > latest || Number(claims.iat ?? 0) > latest)
    return { problem: "the token is not valid yet" };
  return { claims };
}

/** The scopes of a token: https://www.rfc-editor.org/rfc/rfc8693#section-4.2 */
export function scopesOf({ scope, scp }: JsonObject): readonly string[] {
  return [...text(scope).split(" "), ...(typeof scp === "string" ? scp.split(" ") : list(scp).map(text))].filter(
    Boolean,
  );
}

/** A token with or without the prefix "Bearer". */
export function bearer(value: string | undefined): string | undefined {
  const token = value?.replace(/^bearer\s+/i, "").trim();
  return token === "" ? undefined : token;
}

function decoded(part: string): JsonObject | undefined {
  try {
    const value = parseJson(Buffer.from(part, "base64url").toString());
    return Object.keys(value).length > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}
