import type { InitialRole } from "emulated-aws";

const issuer = "https://gitlab.com";

/** The roles of a stack's jobs, as an account stack names them, with all permissions. */
export function jobRoles(accountId: string, stack: string): readonly InitialRole[] {
  const arn = (name: string) => `arn:aws:iam::${accountId}:role/pipeline/appname-${name}`;
  const webIdentity = { issuer, audience: issuer };
  return [arn("plan-us-east-1"), arn(`deploy-${stack}`)].map((each) => ({ arn: each, webIdentity }));
}

/** An ID token of GitLab; its signature is not verified. */
export function idToken(signature: string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const expiry = Math.floor(Date.now() / 1000) + 24 * 60 * 60;
  const claims = {
    iss: issuer,
    aud: issuer,
    sub: "project_path:platform/appname:ref_type:branch:ref:main",
    iat: expiry - 24 * 60 * 60,
    exp: expiry,
  };
  return [encode({ alg: "RS256", typ: "JWT" }), encode(claims), signature].join(".");
}
