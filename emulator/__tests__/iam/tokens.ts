import { createHmac } from "node:crypto";

/** An ID token with the claims. Its signature is not that of a provider. */
export function idToken(claims: Readonly<Record<string, unknown>>, alg = "RS256"): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const content = `${encode({ alg, typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${createHmac("sha256", "key").update(content).digest("base64url")}`;
}
