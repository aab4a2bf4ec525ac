import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

describe("a user pool's domain", () => {
  const create = (input: JsonObject) =>
    refusalOf("cognito-idp", "CreateUserPoolDomain", { UserPoolId: "p", ...input })?.message;

  it("has a prefix without AWS's names", () => {
    expect(create({ Domain: "shop-dev01" })).toBeUndefined();
    expect(create({ Domain: "shop-aws" })).toBe("Domain cannot contain reserved word: aws");
    expect(create({ Domain: "my-cognito" })).toBe("Domain cannot contain reserved word: cognito");
    expect(create({ Domain: "auth.laws.example.com", CustomDomainConfig: { CertificateArn: "arn" } })).toBeUndefined();
  });
});

describe("an app client", () => {
  const code = {
    ClientName: "sign-in",
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid"],
    CallbackURLs: ["https://www.example.com/callback", "http://localhost:3000", "http://[::1]/", "shop://callback"],
    TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "days" },
    AccessTokenValidity: 60,
    IdTokenValidity: 60,
    RefreshTokenValidity: 30,
  };
  const programs = { ...code, AllowedOAuthFlows: ["client_credentials"], CallbackURLs: [], GenerateSecret: true };
  const create = (input: JsonObject) => refusalOf("cognito-idp", "CreateUserPoolClient", input);

  it("signs users in, or programs with a secret", () => {
    expect(create(code)).toBeUndefined();
    expect(create(programs)).toBeUndefined();
    expect(create({ ...code, RefreshTokenValidity: 0 })).toBeUndefined();
    expect(create({ ClientName: "plain" })).toBeUndefined();
    const attributes = { ReadAttributes: ["email", "email_verified"], WriteAttributes: ["email", "custom:tenant"] };
    expect(create({ ...attributes, ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] })).toBeUndefined();
  });

  it.each<[JsonObject, RegExp]>([
    [{ ...programs, AllowedOAuthFlows: ["client_credentials", "code"] }, /along with code flow or implicit flow/],
    [{ ...programs, GenerateSecret: false }, /does not have a client secret/],
    [{ ...code, AllowedOAuthScopes: [] }, /^AllowedOAuthFlows and AllowedOAuthScopes are required/],
    [{ ...code, CallbackURLs: ["http://www.example.com"] }, /cannot use the HTTP protocol\.$/],
    [{ ...code, CallbackURLs: ["http://localhost.example.com"] }, /cannot use the HTTP protocol\.$/],
    [{ ...code, LogoutURLs: ["www.example.com"] }, /is not a valid URI/],
    [{ ...code, CallbackURLs: ["https://www.example.com/#a"] }, /cannot contain a fragment/],
    [{ ...code, DefaultRedirectURI: "https://other.example.com" }, /must be in the list of CallbackURLs/],
    [{ ...code, CallbackURLs: [] }, /callback_urls\) are not provided/],
    [{ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ADMIN_NO_SRP_AUTH"] }, /prefix ALLOW_/],
    [{ ReadAttributes: ["age"] }, /^Invalid read attributes/],
    [{ WriteAttributes: ["age"] }, /^Invalid write attributes/],
    [{ WriteAttributes: ["email_verified"] }, /^Invalid write attributes/],
    [{ ...code, AccessTokenValidity: 4 }, /^Invalid range for token validity/],
    [{ ...code, IdTokenValidity: 25, TokenValidityUnits: {} }, /^Invalid range for token validity/],
    [{ ...code, RefreshTokenValidity: 3651 }, /^Invalid range for token validity/],
    [
      { AccessTokenValidity: 2, RefreshTokenValidity: 1, TokenValidityUnits: { RefreshToken: "hours" } },
      /^Invalid range/,
    ],
  ])("is refused as %j", (input, expected) => {
    expect(create(input)?.message).toMatch(expected);
  });
});

describe("a user pool", () => {
  const create = (input: JsonObject) =>
    refusalOf("cognito-idp", "CreateUserPool", { PoolName: "shop", ...input })?.code;
  const recover = (...all: [string, number][]) => ({
    AccountRecoverySetting: { RecoveryMechanisms: all.map(([Name, Priority]) => ({ Name, Priority })) },
  });

  it.each<[JsonObject]>([
    [{ UsernameAttributes: ["email"] }],
    [recover(["verified_email", 1], ["verified_phone_number", 2])],
    [recover(["admin_only", 1])],
    [{ EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" } }],
  ])("can have %j", (input) => {
    expect(create(input)).toBeUndefined();
  });

  it.each<[JsonObject]>([
    [{ AliasAttributes: ["email"], UsernameAttributes: ["email"] }],
    [recover(["verified_email", 1], ["verified_phone_number", 1])],
    [recover(["verified_email", 1], ["admin_only", 2])],
    [{ EmailConfiguration: { EmailSendingAccount: "DEVELOPER" } }],
  ])("never has %j", (input) => {
    expect(create(input)).toBe("InvalidParameterException");
  });
});
