import {
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  type CreateUserPoolClientCommandInput,
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
