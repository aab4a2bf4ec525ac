import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { Aws } from "../../models/aws";
import { object, text, type JsonObject } from "../../wire/json";

/** Tokens of a user of a user pool. */
export interface UserTokens {
  readonly accessToken: string;
  readonly idToken: string;
}

/** A client of a user pool, through which a user signs in. */
export interface PoolClient {
  /** Account of the user pool. */
  readonly account: string;
  readonly userPoolId: string;
  readonly clientId: string;
}

/**
 * Creates a user of a user pool, and signs it in with a password, as managed login does. The emulated Cognito does not
 * check the proof of the password.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
 *
 * @throws Error with AWS's code and message when the user pool or the client does not exist
 */
export async function signIn(aws: Aws, { account, userPoolId, clientId }: PoolClient): Promise<UserTokens> {
  const scope = { account, region: userPoolId.split("_")[0] ?? "" };
  const call = (operation: string, input: JsonObject): Promise<JsonObject> =>
    aws.demand(scope, "cognito-idp", operation, input);
  const username = `user-${randomUUID()}@example.com`;
  const user = { UserPoolId: userPoolId, Username: username };
  await call("AdminCreateUser", { ...user, MessageAction: "SUPPRESS" });
  // Long, with a character of each kind that a password policy can require.
  await call("AdminSetUserPassword", { ...user, Password: `aA1!${randomUUID()}${randomUUID()}`, Permanent: true });

  const client = object(
    (await call("DescribeUserPoolClient", { UserPoolId: userPoolId, ClientId: clientId })).UserPoolClient,
  );
  const secret = text(client.ClientSecret);
  const hash = createHmac("sha256", secret).update(`${username}${clientId}`).digest("base64");
  const name = { USERNAME: username, ...(secret !== "" && { SECRET_HASH: hash }) };
  let step = await call("InitiateAuth", {
    ClientId: clientId,
    AuthFlow: "USER_SRP_AUTH",
    AuthParameters: { ...name, SRP_A: randomBytes(384).toString("hex") },
  });
  while (text(step.ChallengeName) !== "") {
    const proof = {
      PASSWORD_CLAIM_SECRET_BLOCK: text(object(step.ChallengeParameters).SECRET_BLOCK),
      PASSWORD_CLAIM_SIGNATURE: randomBytes(32).toString("base64"),
      TIMESTAMP: new Date().toUTCString(),
    };
    step = await call("RespondToAuthChallenge", {
      ClientId: clientId,
      ChallengeName: step.ChallengeName,
      Session: step.Session,
      ChallengeResponses: { ...name, ...(step.ChallengeName === "PASSWORD_VERIFIER" && proof) },
    });
  }
  const { AccessToken, IdToken } = object(step.AuthenticationResult);
  return { accessToken: text(AccessToken), idToken: text(IdToken) };
}
