import { CognitoJwtVerifier } from "aws-jwt-verify";
import { JwksNotAvailableInCacheError, JwtBaseError, FetchError } from "aws-jwt-verify/error";
import { decomposeUnverifiedJwt } from "aws-jwt-verify/jwt";
import { ProblemError } from "../api/problem";
import { DependencyUnavailable } from "../dependency";
import type { AuthSettings } from "./settings";

/** Gives the caller's subject for an Authorization header, or throws a 401 problem, or what makes a 503 one. */
export type Authenticate = (authorization: string | undefined) => Promise<string>;

declare module "fastify" {
  interface FastifyRequest {
    /** Subject of the caller's token, `anonymous` when the service asks for none. */
    caller: string;
  }
}

/** A verifier of the tokens that a Cognito user pool issues, identity and access tokens alike. */
export function cognitoVerifier({ userPoolId, clientId }: AuthSettings & { mode: "jwt" }) {
  return CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: null });
}

/** Chooses who verifies tokens: nobody, API Gateway before the request came here, or this service. */
export function authenticator(settings: AuthSettings, verifier = settings.mode === "jwt" ? cognitoVerifier(settings) : undefined): Authenticate {
  if (settings.mode === "none") return () => Promise.resolve("anonymous");
  return async (authorization) => {
    const token = authorization?.replace(/^Bearer /i, "") ?? "";
    if (token === "") throw unauthorized("a token is needed in the Authorization header");
    try {
      const { sub } = verifier === undefined ? decomposeUnverifiedJwt(token).payload : await verifier.verify(token);
      if (sub === undefined || sub === "") throw unauthorized("the token has no subject");
      return sub;
    } catch (error) {
      throw refusal(error);
    }
  };
}

// The keys of the pool are fetched on first use: their absence is not the caller's mistake.
function refusal(error: unknown): unknown {
  if (error instanceof FetchError || error instanceof JwksNotAvailableInCacheError) {
    return new DependencyUnavailable("user pool", error);
  }
  return error instanceof JwtBaseError ? unauthorized("the token is not valid") : error;
}

function unauthorized(detail: string): ProblemError {
  return new ProblemError(401, detail, { "www-authenticate": "Bearer" });
}
