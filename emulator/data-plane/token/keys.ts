import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import type { Scope } from "../../models/aws";
import { objects, parseJson, text, type JsonObject } from "../../wire/json";
import { isSuccess } from "../../wire/reply";
import type { DataPlaneContext } from "../context";

const issuerPattern = /^https:\/\/cognito-idp\.([a-z0-9-]+)\.amazonaws\.com\/([\w-]+)$/;

/** A user pool of the emulated AWS. */
export interface UserPool {
  readonly scope: Scope;
  readonly id: string;
}

/** The user pool that is an issuer; undefined when there is none. */
export async function poolOf({ reader, accounts }: DataPlaneContext, issuer: string): Promise<UserPool | undefined> {
  const [, region, id] = issuerPattern.exec(issuer) ?? [];
  if (region === undefined || id === undefined) return undefined;
  for (const account of accounts()) {
    const scope = { account, region };
    const { UserPool } = await reader.ask(scope, "cognito-idp", "DescribeUserPool", { UserPoolId: id });
    if (UserPool !== undefined) return { scope, id };
  }
  return undefined;
}

/** The key set of a user pool: moto's key, with which it signs its tokens, and that of the emulator. */
export async function keySetOf(
  { send, signer }: DataPlaneContext,
  { scope, id }: UserPool,
): Promise<{ readonly keys: readonly object[] }> {
  const reply = await send({ ...scope, service: "cognito-idp", path: `/${id}/.well-known/jwks.json` });
  return { keys: [...(isSuccess(reply) ? motoKeys(reply.body) : []), await signer.jwk()] };
}

/**
 * The public key of an issuer with an id; undefined when the issuer has none.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
export async function keyOf(context: DataPlaneContext, issuer: string, kid: string): Promise<KeyObject | undefined> {
  const pool = await poolOf(context, issuer);
  if (!pool) return undefined;
  if (kid === context.signer.kid) return context.signer.publicKey();
  const reply = await context.send({
    ...pool.scope,
    service: "cognito-idp",
    path: `/${pool.id}/.well-known/jwks.json`,
  });
  const key = isSuccess(reply) ? motoKeys(reply.body).find((candidate) => text(candidate.kid) === kid) : undefined;
  // The set has JSON web keys: https://www.rfc-editor.org/rfc/rfc7517#section-5
  return key && createPublicKey({ key: key as JsonWebKey, format: "jwk" });
}

function motoKeys(body: Buffer): readonly JsonObject[] {
  return objects(parseJson(body).keys);
}
