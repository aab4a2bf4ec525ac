import { CognitoJwtVerifier } from "aws-jwt-verify";
import { JwksNotAvailableInCacheError, JwtBaseError, FetchError } from "aws-jwt-verify/error";
import { decomposeUnverifiedJwt } from "aws-jwt-verify/jwt";
import { ProblemError } from "../api/problem";
import { DependencyUnavailable } from "../dependency";
import type { AuthSettings } from "./settings";

/** Returns the caller's subject for an Authorization header; throws a 401 problem, or {@link DependencyUnavailable} (503). */
export type Authenticate = (authorization: string | undefined) => Promise<string>;

declare module "fastify" {
  interface FastifyRequest {
    /** Subject of the caller's token; `anonymous` with AUTH_MODE=none. */
    caller: string;
  }
}

/** A verifier of identity and access tokens of a Cognito user pool. */
export function cognitoVerifier({ userPoolId, clientId }: AuthSettings & { mode: "jwt" }) {
  return CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: null });
}

/** Selects the authentication by AUTH_MODE: none, tokens that API Gateway has verified, or tokens that this service verifies. */
export function authenticator(settings: AuthSettings, verifier = settings.mode === "jwt" ? cognitoVerifier(settings) : undefined): Authenticate {
  if (settings.mode === "none") return () => Promise.resolve("anonymous");
  return async (authorization) => {
    const token = authorization?.replace(/^Bearer /i, "") ?? "";
    if (token === "") throw unauthorized("the Authorization header must contain a token");
    try {
      const { sub } = verifier === undefined ? decomposeUnverifiedJwt(token).payload : await verifier.verify(token);
      if (sub === undefined || sub === "") throw unauthorized("the token has no subject");
      return sub;
    } catch (error) {
      throw refusal(error);
    }
  };
}

// The keys of the pool are fetched on first use; a failed fetch is an outage (503), not an invalid token (401).
function refusal(error: unknown): unknown {
  if (error instanceof FetchError || error instanceof JwksNotAvailableInCacheError) {
    return new DependencyUnavailable("user pool", error);
  }
  return error instanceof JwtBaseError ? unauthorized("the token is not valid") : error;
}

function unauthorized(detail: string): ProblemError {
  return new ProblemError(401, detail, { "www-authenticate": "Bearer" });
}
