import { z } from "zod";
import { authorization, domainPrefix } from "../../schema/authorization";
import { crossChecks } from "../../schema/checks/check";
import { domainPrefixAllowed } from "../../schema/checks/ingress";
import { userPoolDomain } from "../../stacks/naming";
import { minimalStage } from "../fixtures/stage";

const arn = "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_AbC123";
const created = (fields: object = {}) => authorization.safeParse({ userPool: { source: "create", ...fields } });
const existing = (fields: object = {}) =>
  authorization.safeParse({ userPool: { source: "existing", arn, clientIds: ["abc123"], ...fields } });
const refusals = ({ error }: { error?: z.ZodError | undefined }) =>
  error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n") ?? "";

describe("an authorization", () => {
  it("requires only the source of a created pool", () => {
    expect(created().data?.userPool).toEqual({
      source: "create",
      scopes: {},
      callbackUrls: [],
      logoutUrls: [],
      mfa: "optional",
      passwordMinimumLength: 14,
      temporaryPasswordValidityDays: 7,
      selfSignUp: false,
      deletionProtection: false,
      accessTokenMinutes: 60,
      refreshTokenDays: 30,
    });
  });

  it("needs an ARN and a client of a pool that exists", () => {
    expect(existing().data?.userPool).toEqual({ source: "existing", arn, clientIds: ["abc123"], scopes: {} });
  });

  it.each([
    "https://www.example.com/in",
    "https://a.example.com:8443/a/b.c~d-e_f/%20;v=1",
    "http://localhost",
    "http://localhost:3000/in",
  ])("redirects to %s", (url) => {
    expect(refusals(created({ callbackUrls: [url], logoutUrls: [url] }))).toBe("");
  });

  it.each([
    ["plain HTTP", "http://www.example.com"],
    ["a host that only begins as localhost", "http://localhost.example.com"],
    ["no host", "https://"],
    ["a control character", "https://www.example.com/\u0000"],
    ["a fragment", "https://www.example.com/#in"],
    ["a wildcard", "https://*.example.com"],
    ["a template", "https://www.example.com/${path.cwd}"],
    ["a template on this machine", "http://localhost/${path.cwd}"],
    ["a directive", "https://www.example.com/%{if~true}a%{endif}"],
  ])("does not redirect to %s", (_, url) => {
    const message =
      /callbackUrls.0 must be a URL that Cognito accepts; write one such as "https:\/\/www\.example\.com\/signed-in"/;
    expect(refusals(created({ callbackUrls: [url] }))).toMatch(message);
    expect(refusals(created({ logoutUrls: [url] }))).toMatch(
      /logoutUrls.0 must be a URL that Cognito accepts; write one such as "https:\/\/www\.example\.com\/signed-in"/,
    );
  });

  it.each<[string, object, RegExp]>([
    ["a short password", { passwordMinimumLength: 13 }, /passwordMinimumLength must be .* from 14 to 99/],
    ["a password over AWS's limit", { passwordMinimumLength: 100 }, /passwordMinimumLength must be a whole number/],
    [
      "a sign-out URL without a sign-in",
      { logoutUrls: ["https://www.example.com"] },
      /logoutUrls have no effect without a sign-in; write callbackUrls, or remove them/,
    ],
    [
      "a temporary password for over a week",
      { temporaryPasswordValidityDays: 8 },
      /temporaryPasswordValidityDays .* from 1 to 7/,
    ],
    [
      "temporaryPasswordValidityDays 0",
      { temporaryPasswordValidityDays: 0 },
      /temporaryPasswordValidityDays .* from 1 to 7/,
    ],
    ["accessTokenMinutes 4", { accessTokenMinutes: 4 }, /accessTokenMinutes must be .* from 5 to 1440/],
    ["accessTokenMinutes 1441", { accessTokenMinutes: 1441 }, /accessTokenMinutes must be a whole number/],
    ["refreshTokenDays 3651", { refreshTokenDays: 3651 }, /refreshTokenDays .* from 1 to 3650/],
    ['mfa "sometimes"', { mfa: "sometimes" }, /mfa must be one of "off", "optional", "required"/],
    ["a scope with a slash", { scopes: { "shop/read": "Read" } }, /scopes/],
    ["a scope with an empty description", { scopes: { read: "" } }, /scopes.read must not be empty; write a value/],
    [
      "a scope with a Terraform template",
      { scopes: { read: "${path.cwd}" } },
      /scopes.read must not contain a Terraform template \(\$\{ or %\{\); write plain text/,
    ],
    ["clientIds", { clientIds: ["abc123"] }, /userPool Unrecognized key/],
  ])("of a pool of its own refuses %s", (_, fields, message) => {
    expect(refusals(created(fields))).toMatch(message);
  });

  it.each<[string, object, RegExp]>([
    ["the ID of the pool as arn", { arn: "us-east-1_AbC123" }, /arn must be the ARN of a user pool; write one such as/],
    [
      "the ARN of an identity pool",
      { arn: "arn:aws:cognito-identity:us-east-1:111122223333:identitypool/a" },
      /arn must be the ARN of a user pool; write one such as/,
    ],
    ["empty clientIds", { clientIds: [] }, /clientIds must not be empty; write the ID of an app client of the pool/],
    [
      "a Terraform template in clientIds",
      { clientIds: ["${a}"] },
      /clientIds.0 must be a client ID; write the ID of an app client of the pool/,
    ],
    [
      "a URL as domain",
      { domain: "https://login.example.com" },
      /domain must be the domain of a user pool; write its prefix or its host name/,
    ],
    ["mfa", { mfa: "required" }, /userPool Unrecognized key/],
  ])("of a pool that exists refuses %s", (_, fields, message) => {
    expect(refusals(existing(fields))).toMatch(message);
  });

  it("names its choices when the source is none of them", () => {
    expect(refusals(authorization.safeParse({ userPool: { source: "okta" } }))).toMatch(
      /userPool.source must be a user pool; write \{ source: "create" \} or \{ source: "existing", arn: \.\.\.,/,
    );
  });
});

describe("the domain prefix of a user pool", () => {
  it.each(["a", "shop-2", "a".repeat(63)])("may be %s", (prefix) => {
    expect(refusals(created({ domainPrefix: prefix }))).toBe("");
  });

  it.each(["", "-shop", "shop-", "Shop", "login.example.com", "a".repeat(64), "my-aws", "amazonia", "cognito1"])(
    'may not be "%s"',
    (prefix) => {
      expect(refusals(created({ domainPrefix: prefix }))).toMatch(
        /domainPrefix must be a prefix that Cognito accepts; write .* without "aws", "amazon" or "cognito"/,
      );
    },
  );

  const stage = (fields: object, userPool: object = { source: "create" }) => ({
    ...minimalStage,
    ...fields,
    ingress: { ...minimalStage.ingress, authorization: { userPool } },
  });
  const checked = z.unknown().superRefine(...crossChecks([domainPrefixAllowed], () => z.unknown()));
  const check = (input: unknown) => refusals(checked.safeParse(input));

  it.each([
    ["app", { app: "lawsuits" }, '"aws"'],
    ["app", { app: "amazonia" }, '"amazon"'],
    ["stage", { stage: "cognito1" }, '"cognito"'],
  ])("must be written where Cognito would refuse the one computed from the %s in %j", (_, fields, word) => {
    expect(check(stage(fields))).toBe(
      `ingress.authorization.userPool.domainPrefix is missing; ` +
        `write one, as Cognito refuses ${word} in the default prefix of app and stage`,
    );
    expect(domainPrefix.safeParse(userPoolDomain({ ...minimalStage, ...fields })).success).toBe(false);
  });

  it("is computed where Cognito accepts it, up to the longest one", () => {
    const longest = { app: "a".repeat(24), stage: "s".repeat(12) };
    for (const fields of [{}, longest, { app: "a-ws" }, { app: "shop-a", stage: "ws1" }]) {
      expect(check(stage(fields))).toBe("");
      expect(domainPrefix.safeParse(userPoolDomain({ ...minimalStage, ...fields })).success).toBe(true);
    }
  });

  it("is not computed when it is given, when the pool exists, or without an authorization", () => {
    const app = "lawsuits";
    expect(check(stage({ app }, { source: "create", domainPrefix: "suits" }))).toBe("");
    expect(check(stage({ app }, { source: "existing", arn, clientIds: ["abc123"] }))).toBe("");
    expect(check({ ...minimalStage, app })).toBe("");
  });

  it("is not checked while app or stage have problems of their own", () => {
    expect(check(stage({ app: 7 }))).toBe("");
  });
});
