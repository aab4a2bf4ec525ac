import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { cacheToken } from "../../src/limits/cache-token";

const cache = { name: "appname-cache-prod01", user: "appname-services-prod01", isServerless: false, region: "us-east-1" };
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-secret", sessionToken: "session+/=" };

/** Signature Version 4 as AWS documents it, computed as the cache does. */
function signatureOf(token: URL): string {
  const [, date = "", region = "", service = ""] = token.searchParams.get("X-Amz-Credential")?.split("/") ?? [];
  const query = token.search.slice(1).split("&").filter((part) => !part.startsWith("X-Amz-Signature=")).sort().join("&");
  const request = ["GET", "/", query, `host:${token.host}\n`, "host", createHash("sha256").update("").digest("hex")].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", token.searchParams.get("X-Amz-Date"), scope, createHash("sha256").update(request).digest("hex")].join("\n");
  const sign = (key: string | Buffer, value: string) => createHmac("sha256", key).update(value).digest();
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(sign, `AWS4${credentials.secretAccessKey}`);
  return sign(key, text).toString("hex");
}

describe("the token for the cache", () => {
  it("is a presigned request for this cache and user, without a scheme, which expires after 15 minutes", async () => {
    const text = await cacheToken(cache, credentials);
    assert.match(text, /^appname-cache-prod01\/\?/);
    const token = new URL(`https://${text}`);
    assert.equal(token.searchParams.get("Action"), "connect");
    assert.equal(token.searchParams.get("User"), "appname-services-prod01");
    assert.equal(token.searchParams.get("ResourceType"), null);
    assert.equal(token.searchParams.get("X-Amz-Expires"), "900");
    assert.equal(token.searchParams.get("X-Amz-SignedHeaders"), "host");
    assert.equal(token.searchParams.get("X-Amz-Security-Token"), "session+/=");
    assert.match(token.searchParams.get("X-Amz-Credential") ?? "", /^AKIDEXAMPLE\/\d{8}\/us-east-1\/elasticache\/aws4_request$/);
    assert.equal(token.searchParams.get("X-Amz-Signature"), signatureOf(token));
    assert.doesNotMatch(text, /not-a-secret/);
  });

  it("contains the resource type of a serverless cache", async () => {
    const token = new URL(`https://${await cacheToken({ ...cache, isServerless: true }, credentials)}`);
    assert.equal(token.searchParams.get("ResourceType"), "ServerlessCache");
    assert.equal(token.searchParams.get("X-Amz-Signature"), signatureOf(token));
  });
});
