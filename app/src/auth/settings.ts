import type { Environment } from "../environment";

/** Authentication mode and its user pool. */
export type AuthSettings =
  | { readonly mode: "none" }
  | { readonly mode: "gateway" }
  | { readonly mode: "jwt"; readonly userPoolId: string; readonly clientId: string };

/** Selects the authentication; adds each missing variable to `problems`. */
export function authSettings(environment: Environment, problems: string[]): AuthSettings {
  if (environment.AUTH_MODE !== "jwt") return { mode: environment.AUTH_MODE };
  const { COGNITO_USER_POOL_ID: userPoolId, COGNITO_CLIENT_ID: clientId } = environment;
  if (userPoolId === undefined) problems.push("COGNITO_USER_POOL_ID: is required by AUTH_MODE=jwt");
  if (clientId === undefined) problems.push("COGNITO_CLIENT_ID: is required by AUTH_MODE=jwt");
  return { mode: "jwt", userPoolId: userPoolId ?? "", clientId: clientId ?? "" };
}
