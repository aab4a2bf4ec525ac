import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  InitiateAuthCommand,
  UpdateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  type ExplicitAuthFlowsType,
} from "@aws-sdk/client-cognito-identity-provider";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("an app client of Cognito", () => {
  const aws = emulatorForSuite();
  let cognito: CognitoIdentityProviderClient;

  beforeAll(() => {
    cognito = new CognitoIdentityProviderClient(aws.client());
  });

  const pool = async (PoolName: string): Promise<string> => {
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName }));
    return UserPool?.Id ?? "";
  };
  const client = (UserPoolId: string, input: Partial<CreateUserPoolClientCommandInput>) =>
    cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app", ...input }));

  it("refuses an authentication flow that it does not enable [client-auth-flow]", async () => {
    const UserPoolId = await pool("flows");
    const [USERNAME, PASSWORD] = ["ada", "Lovelace-1815"];
    await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: USERNAME }));
    const password = { UserPoolId, Username: USERNAME, Password: PASSWORD, Permanent: true };
    await cognito.send(new AdminSetUserPasswordCommand(password));
    const AuthParameters = { USERNAME, PASSWORD, SRP_A: "ab".repeat(384) };
    const signIn = async (...ExplicitAuthFlows: ExplicitAuthFlowsType[]) => {
      const ClientId = (await client(UserPoolId, { ExplicitAuthFlows })).UserPoolClient?.ClientId;
      const initiate = (AuthFlow: "USER_PASSWORD_AUTH" | "USER_SRP_AUTH") =>
        refusal(cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters })));
      const AuthFlow = "ADMIN_USER_PASSWORD_AUTH";
      const admin = new AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow, AuthParameters });
      return [
        await initiate("USER_PASSWORD_AUTH"),
        await initiate("USER_SRP_AUTH"),
        await refusal(cognito.send(admin)),
      ];
    };
    const no = "InvalidParameterException";
    expect(await signIn()).toEqual([no, "", no]);
    expect(await signIn("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")).toEqual(["", no, no]);
    expect(await signIn("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH")).toEqual([no, "", ""]);
    expect(await signIn("ADMIN_NO_SRP_AUTH")).toEqual([no, "", ""]);
  });

  it("lets a user sign in to a user pool of any Region, whose requests have no signature", async () => {
    const other = new CognitoIdentityProviderClient(aws.client("eu-west-1"));
    const { UserPool } = await other.send(new CreateUserPoolCommand({ PoolName: "other" }));
    const { UserPoolClient } = await other.send(
      new CreateUserPoolClientCommand({
        UserPoolId: UserPool?.Id,
        ClientName: "app",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      }),
    );
    const user = { UserPoolId: UserPool?.Id, Username: "ada" };
    await other.send(new AdminCreateUserCommand(user));
    await other.send(new AdminSetUserPasswordCommand({ ...user, Password: "Lovelace-1815", Permanent: true }));
    const { AuthenticationResult } = await other.send(
      new InitiateAuthCommand({
        ClientId: UserPoolClient?.ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "ada", PASSWORD: "Lovelace-1815" },
      }),
    );
    expect(AuthenticationResult?.AccessToken).toBeDefined();
  });

  it("refuses client credentials without a secret [client-secret-of-credentials-flow]", async () => {
    const UserPoolId = await pool("credentials");
    const Scopes = [{ ScopeName: "read", ScopeDescription: "Reads orders" }];
    await cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "orders", Name: "orders", Scopes }));
    const change = async (GenerateSecret: boolean) => {
      const { UserPoolClient } = await client(UserPoolId, { GenerateSecret });
      const input = {
        UserPoolId,
        ClientId: UserPoolClient?.ClientId,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["client_credentials" as const],
        AllowedOAuthScopes: ["orders/read"],
      };
      return refusal(cognito.send(new UpdateUserPoolClientCommand(input)));
    };
    expect(await change(false)).toBe("InvalidOAuthFlowException");
    expect(await change(true)).toBe("");
  });

  it("gets the defaults of the settings that an update leaves out", async () => {
    const UserPoolId = await pool("reset");
    const { UserPoolClient } = await client(UserPoolId, {
      GenerateSecret: true,
      RefreshTokenValidity: 7,
      ReadAttributes: ["email"],
      CallbackURLs: ["https://shop.example.com"],
      SupportedIdentityProviders: ["COGNITO"],
    });
    const ClientId = UserPoolClient?.ClientId;
    const update = { UserPoolId, ClientId, SupportedIdentityProviders: ["COGNITO"] };
    const updated = (await cognito.send(new UpdateUserPoolClientCommand(update))).UserPoolClient;
    const described = (await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))).UserPoolClient;
    for (const read of [updated, described]) {
      expect(read).toMatchObject({ ClientName: "app", SupportedIdentityProviders: ["COGNITO"] });
      expect(read?.ClientSecret).toBe(UserPoolClient?.ClientSecret);
      expect(read?.RefreshTokenValidity).toBe(30);
      expect(read?.CallbackURLs).toBeUndefined();
      expect(read?.ReadAttributes).toBeUndefined();
    }
  });
});
