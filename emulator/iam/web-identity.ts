import { list, parseJson, scalarText, text, type JsonObject } from "../wire/json";
import { lookUp, type Ask } from "./call";
import { stringsAt } from "./input";
import type { Refusal } from "./refusal";

/** The identity in a token of an OpenID Connect provider. */
export interface WebIdentity {
  /** ARN of the provider in IAM. */
  readonly providerArn: string;
  /** Condition keys of the claims, such as "gitlab.com:sub". */
  readonly context: Readonly<Record<string, string | undefined>>;
}

/** IAM accepts a token for five minutes longer: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html */
const clockSkewSeconds = 300;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const signatures = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

/** Claims that IAM requires: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html */
const required = ["iss", "sub", "aud", "exp", "iat"];

const timestamps = ["exp", "iat"];

const invalid = (message: string): Refusal => ({ code: "InvalidIdentityToken", message, status: 400 });

/**
 * Reads an ID token, whose issuer must be a provider in IAM that has the audience. The signature is not verified.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 *
 * @param accountArn the account in which IAM has the provider, such as "arn:aws:iam::111122223333"
 */
export async function webIdentity(token: string, accountArn: string, ask: Ask): Promise<WebIdentity | Refusal> {
  const [header, claims] = partsOf(token);
  if (header === undefined || claims === undefined) {
    return invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
  }
  if (!signatures.includes(text(header.alg)))
    return invalid(`The signature algorithm ${text(header.alg)} is not supported`);
  const missing = required.find((claim) => claims[claim] === undefined);
  if (missing !== undefined) return invalid(`Missing a required claim: ${missing}`);
  const odd = timestamps.find((claim) => !Number.isInteger(claims[claim]));
  if (odd !== undefined) return invalid(`The claim ${odd} is not an integer`);
  const now = Math.floor(Date.now() / 1000);
  if (typeof claims.exp === "number" && claims.exp + clockSkewSeconds <= now) {
    const message = `Token expired: current date/time ${now} must be before the expiration date/time ${claims.exp}`;
    return { code: "ExpiredTokenException", message, status: 400 };
  }
  const issuer = text(claims.iss);
  const host = issuer.replace(/^https:\/\//, "");
  const providerArn = `${accountArn}:oidc-provider/${host}`;
  const provider = await lookUp(ask("iam", "GetOpenIDConnectProvider", { OpenIDConnectProviderArn: providerArn }));
  if (provider === undefined) return invalid(`No OpenIDConnect provider found in your account for ${issuer}`);
  const audiences = typeof claims.aud === "string" ? [claims.aud] : list(claims.aud).map(text);
  const clients = stringsAt(provider, "ClientIDList");
  const audience = audiences.find((each) => clients.includes(each));
  if (audience === undefined) return invalid("Incorrect token audience");
  return { providerArn, context: contextOf(host, claims, audience) };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
function contextOf(host: string, claims: JsonObject, audience: string): WebIdentity["context"] {
  // The key "aud" is the authorized party, if the token has one.
  return {
    [`${host}:aud`]: text(claims.azp) || audience,
    [`${host}:oaud`]: text(claims.azp) === "" ? undefined : audience,
    [`${host}:sub`]: scalarText(claims.sub) || undefined,
    [`${host}:email`]: text(claims.email) || undefined,
  };
}

/** Header and claims of a JSON Web Token; nothing for any other text. */
function partsOf(token: string): readonly (JsonObject | undefined)[] {
  const [header, payload, signature, ...rest] = token.split(".");
  if (!header || !payload || signature === undefined || rest.length > 0) return [];
  try {
    return [header, payload].map((part) => parseJson(Buffer.from(part, "base64url")));
  } catch {
    return [];
  }
}
