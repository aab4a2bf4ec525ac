import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  GetUserCommand,
  SetUserPoolMfaConfigCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { emulatorForSuite } from "../running-emulator";

describe("a user who signs in", () => {
  const aws = emulatorForSuite();
  const cognito = (): CognitoIdentityProviderClient => new CognitoIdentityProviderClient(aws.client());
  const pool = async (settings: Partial<CreateUserPoolCommandInput> = {}): Promise<string> =>
    (await cognito().send(new CreateUserPoolCommand({ PoolName: "users", ...settings }))).UserPool?.Id ?? "";
  const client = async (UserPoolId: string, settings: Partial<CreateUserPoolClientCommandInput> = {}) => {
    const ExplicitAuthFlows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] as const;
    const input = { UserPoolId, ClientName: "web", ExplicitAuthFlows: [...ExplicitAuthFlows], ...settings };
    return (await cognito().send(new CreateUserPoolClientCommand(input))).UserPoolClient?.ClientId ?? "";
  };
  const isSignedIn = async ({ accessToken }: { accessToken: string }): Promise<boolean> =>
    ((await cognito().send(new GetUserCommand({ AccessToken: accessToken }))).Username ?? "").endsWith("@example.com");

  it("has an access token and an ID token", async () => {
    const id = await pool();
    const tokens = await aws.signIn(id, await client(id));
    expect(await isSignedIn(tokens)).toBe(true);
    expect(tokens.idToken.split(".")).toHaveLength(3);
  });

  it("may sign in through a client with a secret", async () => {
    const id = await pool();
    expect(await isSignedIn(await aws.signIn(id, await client(id, { GenerateSecret: true })))).toBe(true);
  });

  it("may sign in to a user pool that requires a second factor", async () => {
    const id = await pool();
    const factor = { SoftwareTokenMfaConfiguration: { Enabled: true }, MfaConfiguration: "ON" } as const;
    await cognito().send(new SetUserPoolMfaConfigCommand({ UserPoolId: id, ...factor }));
    expect(await isSignedIn(await aws.signIn(id, await client(id)))).toBe(true);
  });

  it("is refused by a user pool without the client", async () => {
    const id = await pool();
    const refused = "DescribeUserPoolClient of cognito-idp: ResourceNotFoundException";
    await expect(aws.signIn(id, "0123456789abcdef0123456789")).rejects.toThrow(refused);
  });
});
