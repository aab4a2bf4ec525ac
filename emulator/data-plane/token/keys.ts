import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import type { Scope } from "../../models/aws";
import { objects, parseJson, text } from "../../wire/json";
import { isSuccess } from "../../wire/reply";
import type { DataPlaneContext } from "../context";

const issuerPattern = /^https:\/\/cognito-idp\.([a-z0-9-]+)\.amazonaws\.com\/([\w-]+)$/;

/** The account and region of the emulated user pool that is an issuer; undefined when there is none. */
export async function poolOf(
  { reader, accounts }: DataPlaneContext,
  issuer: string,
): Promise<{ readonly scope: Scope; readonly id: string } | undefined> {
  const [, region, id] = issuerPattern.exec(issuer) ?? [];
  if (region === undefined || id === undefined) return undefined;
  for (const account of accounts()) {
    const scope = { account, region };
    const { UserPool } = await reader.ask(scope, "cognito-idp", "DescribeUserPool", { UserPoolId: id });
    if (UserPool !== undefined) return { scope, id };
  }
  return undefined;
}

/**
 * The public key of an issuer with an id; undefined when the issuer has none.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
export async function keyOf(context: DataPlaneContext, issuer: string, kid: string): Promise<KeyObject | undefined> {
  const pool = await poolOf(context, issuer);
  if (!pool) return undefined;
  const path = `/${pool.id}/.well-known/jwks.json`;
  const reply = await context.send({ ...pool.scope, service: "cognito-idp", path });
  if (!isSuccess(reply)) return undefined;
  const key = objects(parseJson(reply.body).keys).find((candidate) => text(candidate.kid) === kid);
  // The set has JSON web keys: https://www.rfc-editor.org/rfc/rfc7517#section-5
  return key && createPublicKey({ key: key as JsonWebKey, format: "jwk" });
}
