import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { RunningEmulator } from "../running-emulator";

/** A user pool with one client and one user, and that user's tokens. */
export interface PoolWithUser {
  readonly poolId: string;
  readonly clientId: string;
  readonly issuer: string;
  readonly accessToken: string;
  readonly idToken: string;
}

/** Scope of the access tokens of users who sign in with a password. */
export const userScope = "aws.cognito.signin.user.admin";

/** Creates a user pool, and signs a user in. */
export async function poolWithUser(aws: RunningEmulator): Promise<PoolWithUser> {
  const cognito = new CognitoIdentityProviderClient(aws.client());
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "users" }));
  const poolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: "web",
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  const clientId = UserPoolClient?.ClientId ?? "";
  const user = { UserPoolId: poolId, Username: "ada" };
  await cognito.send(new AdminCreateUserCommand(user));
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: "Lovelace-1815", Permanent: true }));
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: poolId,
      ClientId: clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "ada", PASSWORD: "Lovelace-1815" },
    }),
  );
  return {
    poolId,
    clientId,
    issuer: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
    accessToken: AuthenticationResult?.AccessToken ?? "",
    idToken: AuthenticationResult?.IdToken ?? "",
  };
}

/** The token with another claim, under the old signature. */
export function tampered(token: string, claims: object): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const changed = { ...(JSON.parse(Buffer.from(payload, "base64url").toString()) as object), ...claims }; // claims are an object
  return [header, Buffer.from(JSON.stringify(changed)).toString("base64url"), signature].join(".");
}
