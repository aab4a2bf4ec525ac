import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  InitiateAuthCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  type CreateUserPoolClientCommandInput,
  type ExplicitAuthFlowsType,
} from "@aws-sdk/client-cognito-identity-provider";
import { emulatorForSuite, refusal } from "../running-emulator";
import { requestCertificate, validateCertificate } from "./certificates";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("Cognito", () => {
  const aws = emulatorForSuite();
  let cognito: CognitoIdentityProviderClient;

  beforeAll(() => {
    cognito = new CognitoIdentityProviderClient(aws.client());
  });

  const pool = async (PoolName: string): Promise<string> => {
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName }));
    return UserPool?.Id ?? "";
  };
  const domain = (UserPoolId: string, Domain: string) =>
    refusal(cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain })));
  const custom = (UserPoolId: string, Domain: string, CertificateArn: string) =>
    new CreateUserPoolDomainCommand({ UserPoolId, Domain, CustomDomainConfig: { CertificateArn } });

  it("refuses a domain of another user pool [user-pool-domain-in-use]", async () => {
    const [one, two] = [await pool("one"), await pool("two")];
    expect(await domain(one, "shared")).toBe("");
    expect(await domain(two, "shared")).toBe("InvalidParameterException");
    await cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId: one, Domain: "shared" }));
    expect(await domain(two, "shared")).toBe("");
  });

  it("refuses dots in a domain prefix [domain-prefix-characters]", async () => {
    const UserPoolId = await pool("prefix");
    expect(await domain(UserPoolId, "auth.shop")).toBe("InvalidParameterException");
    expect(await domain(UserPoolId, "auth-shop")).toBe("");
  });

  it("refuses a second domain prefix, and takes a custom domain beside it [user-pool-has-domain]", async () => {
    const UserPoolId = await pool("domains");
    expect(await domain(UserPoolId, "first")).toBe("");
    expect(await domain(UserPoolId, "second")).toBe("InvalidParameterException");
    const certificate = await requestCertificate(aws.client(), "auth.example.com");
    await validateCertificate(aws.client(), certificate);
    expect(await refusal(cognito.send(custom(UserPoolId, "auth.example.com", certificate)))).toBe("");
    const again = custom(UserPoolId, "login.example.com", certificate);
    expect(await refusal(cognito.send(again))).toBe("InvalidParameterException");
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool).toMatchObject({ Domain: "first", CustomDomain: "auth.example.com" });
  });

  it("refuses a custom domain without an issued certificate of us-east-1 [custom-domain-certificate]", async () => {
    const UserPoolId = await pool("certified");
    const create = (certificate: string) =>
      refusal(cognito.send(custom(UserPoolId, "certified.example.com", certificate)));
    const certificate = await requestCertificate(aws.client(), "certified.example.com");
    expect(await create(certificate)).toBe("InvalidParameterException");
    expect(await create(certificate.replace(/.{12}$/, "000000000000"))).toBe("InvalidParameterException");
    const elsewhere = await requestCertificate(aws.client("eu-west-1"), "certified.example.com");
    expect(await create(elsewhere)).toBe("InvalidParameterException");
    await validateCertificate(aws.client(), certificate);
    expect(await create(certificate)).toBe("");
  });

  it("refuses to delete a user pool with a domain [user-pool-with-domain]", async () => {
    const UserPoolId = await pool("used");
    await domain(UserPoolId, "used");
    const end = new DeleteUserPoolCommand({ UserPoolId });
    expect(await refusal(cognito.send(end))).toBe("InvalidParameterException");
    await cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain: "used" }));
    expect(await refusal(cognito.send(end))).toBe("");
  });

  it("refuses to delete a protected user pool [user-pool-deletion-protection]", async () => {
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName: "protected", DeletionProtection: "ACTIVE" }),
    );
    const end = new DeleteUserPoolCommand({ UserPoolId: UserPool?.Id });
    expect(await refusal(cognito.send(end))).toBe("InvalidParameterException");
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId: UserPool?.Id, DeletionProtection: "INACTIVE" }));
    expect(await refusal(cognito.send(end))).toBe("");
  });

  it("refuses a second resource server of one identifier [resource-server-in-use]", async () => {
    const UserPoolId = await pool("servers");
    const server = { UserPoolId, Identifier: "orders", Name: "orders" };
    const create = () => refusal(cognito.send(new CreateResourceServerCommand(server)));
    expect(await create()).toBe("");
    expect(await create()).toBe("InvalidParameterException");
    await cognito.send(new DeleteResourceServerCommand(server));
    expect(await create()).toBe("");
  });

  const client = (UserPoolId: string, input: Partial<CreateUserPoolClientCommandInput>) =>
    cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app", ...input }));

  it("refuses a scope that no resource server has [client-scope-exists]", async () => {
    const UserPoolId = await pool("scopes");
    const oauth = (scope: string) => ({
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["client_credentials" as const],
      AllowedOAuthScopes: [scope],
      GenerateSecret: true,
    });
    expect(await refusal(client(UserPoolId, oauth("orders/read")))).toBe("ScopeDoesNotExistException");
    const Scopes = [{ ScopeName: "read", ScopeDescription: "Reads orders" }];
    await cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "orders", Name: "orders", Scopes }));
    const { UserPoolClient } = await client(UserPoolId, oauth("orders/read"));
    const update = new UpdateUserPoolClientCommand({
      UserPoolId,
      ClientId: UserPoolClient?.ClientId,
      AllowedOAuthScopes: ["orders/write"],
    });
    expect(await refusal(cognito.send(update))).toBe("ScopeDoesNotExistException");
  });

  it("refuses an identity provider that the user pool lacks [client-provider-exists]", async () => {
    const UserPoolId = await pool("providers");
    const providers = () => refusal(client(UserPoolId, { SupportedIdentityProviders: ["COGNITO", "Google"] }));
    expect(await providers()).toBe("InvalidParameterException");
    await cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid" },
      }),
    );
    expect(await providers()).toBe("");
  });

  it("refuses a second identity provider of a name [identity-provider-in-use]", async () => {
    const UserPoolId = await pool("twice");
    const ProviderDetails = { client_id: "id", client_secret: "secret", authorize_scopes: "openid" };
    const create = (ProviderName: "Facebook" | "Google") =>
      refusal(
        cognito.send(
          new CreateIdentityProviderCommand({ UserPoolId, ProviderName, ProviderType: ProviderName, ProviderDetails }),
        ),
      );
    expect(await create("Google")).toBe("");
    expect(await create("Google")).toBe("DuplicateProviderException");
    expect(await create("Facebook")).toBe("");
  });

  it("refuses an authentication flow that the app client does not enable [client-auth-flow]", async () => {
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

  it("refuses client credentials of a client without a secret [client-secret-of-credentials-flow]", async () => {
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

  it("resets at an update the settings of an app client that the request leaves out", async () => {
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

  it("keeps at an update what cannot change of a user pool", async () => {
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({
        PoolName: "kept",
        UsernameAttributes: ["email"],
        UsernameConfiguration: { CaseSensitive: false },
      }),
    );
    const UserPoolId = UserPool?.Id;
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId, AutoVerifiedAttributes: ["email"] }));
    const updated = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(updated.UserPool).toMatchObject({
      AutoVerifiedAttributes: ["email"],
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
    });
  });
});
