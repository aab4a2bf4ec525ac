import assert from "node:assert/strict";
import { createSign, generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { FetchError } from "aws-jwt-verify/error";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { DependencyUnavailable } from "../../src/dependency";
import { authenticator, cognitoVerifier } from "../../src/auth/authenticate";

const pool = { mode: "jwt", userPoolId: "us-east-1_Abc123", clientId: "client" } as const;
const issuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Abc123";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const now = Math.floor(Date.now() / 1000);
const claims = { sub: "alice", iss: issuer, aud: "client", token_use: "id", iat: now, exp: now + 600 };

function token(changes: object = {}, key = privateKey): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${part({ alg: "RS256", kid: "key", typ: "JWT" })}.${part({ ...claims, ...changes })}`;
  return `${content}.${createSign("RSA-SHA256").update(content).sign(key, "base64url")}`;
}

const verifier = cognitoVerifier(pool);
const { n = "", e = "" } = publicKey.export({ format: "jwk" });
verifier.cacheJwks({ keys: [{ kid: "key", kty: "RSA", alg: "RS256", use: "sig", n, e }] });

describe("AUTH_MODE=jwt", () => {
  const authenticate = authenticator(pool, verifier);
  const refused = (status: number, message: RegExp) => (error: { statusCode?: number; message: string }) =>
    error.statusCode === status && message.test(error.message);

  it("accepts an identity token and an access token of the pool", async () => {
    assert.equal(await authenticate(`Bearer ${token()}`), "alice");
    assert.equal(await authenticate(token({ token_use: "access", client_id: "client", aud: undefined })), "alice");
  });

  const refusals: [what: string, authorization: string | undefined][] = [
    ["no token", undefined],
    ["an empty token", "Bearer "],
    ["a malformed token", "Bearer abc"],
    ["an expired token", token({ exp: now - 60 })],
    ["a token of another pool", token({ iss: issuer.replace("Abc", "Xyz") })],
    ["a token for another client", token({ aud: "other" })],
    ["a token that was signed with another key", token({}, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey)],
    ["a token whose claims were changed", token().replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...claims, sub: "bob" })).toString("base64url")}.`)],
  ];
  for (const [what, authorization] of refusals) {
    it(`rejects ${what}`, async () => {
      await assert.rejects(authenticate(authorization), refused(401, /token/));
    });
  }
});

describe("AUTH_MODE=jwt while the keys of the pool cannot be read", () => {
  it("reports an unavailable dependency instead of an invalid token", async () => {
    const fetcher = { fetch: () => Promise.reject(new FetchError("https://cognito-idp", "unavailable")) };
    const keyless = CognitoJwtVerifier.create({ ...pool, tokenUse: null }, { jwksCache: new SimpleJwksCache({ fetcher }) });
    await assert.rejects(authenticator(pool, keyless)(token()), (error) => error instanceof DependencyUnavailable && error.dependency === "user pool");
  });
});

describe("AUTH_MODE=gateway", () => {
  it("accepts the claims without verifying the signature", async () => {
    const otherKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    assert.equal(await authenticator({ mode: "gateway" })(`Bearer ${token({}, otherKey)}`), "alice");
  });

  it("rejects a missing token, a malformed token and a token without a subject", async () => {
    for (const bad of [undefined, "Bearer abc", token({ sub: "" })]) await assert.rejects(authenticator({ mode: "gateway" })(bad), /token/);
  });
});

describe("AUTH_MODE=none", () => {
  it("accepts requests without a token", async () => {
    assert.equal(await authenticator({ mode: "none" })(undefined), "anonymous");
  });
});
