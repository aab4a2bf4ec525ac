import { z } from "zod";
import { choice, flag, integer, matching, text } from "./primitives";

const scopeName = matching(/^[a-z][a-z0-9._:-]{0,63}$/, 'must be the name of a scope; write one such as "items.read"');

/** A redirect URL. Cognito accepts plain HTTP for localhost only; braces are excluded because of Terraform's templates. */
const url = matching(
  /^(https:\/\/[\w.~:/@!$&'()+,;=%-]+|http:\/\/localhost(:\d+)?(\/[\w.~:/@!$&'()+,;=%-]*)?)$/,
  'must be a URL that Cognito accepts; write one such as "https://www.example.com/signed-in"',
);

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html */
export const domainPrefix = matching(
  /^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  'must be a prefix that Cognito accepts; write lower-case letters, digits and dashes, without "aws", "amazon" or "cognito"',
);

const created = z
  .strictObject({
    /** A user pool that the stage creates, in its region. Stacks that share a domain name have it as `existing`. */
    source: z.literal("create"),
    /** OAuth scopes of the pool, by name, with a description. Routes require them with `scopes`. @default {} */
    scopes: z.record(scopeName, text.max(256, "is too long for a scope; write at most 256 characters")).default({}),
    /** URLs to which the managed login redirects; without one, browsers cannot sign in. @default [] */
    callbackUrls: z.array(url).default([]),
    /** URLs to which the managed login redirects after sign-out. @default [] */
    logoutUrls: z.array(url).default([]),
    /** Multi-factor authentication with an authenticator app. @default "optional" */
    mfa: choice("off", "optional", "required").default("optional"),
    /** @default 14 */
    passwordMinimumLength: integer(14, 99).default(14),
    /** Validity of the password that an administrator sends to a new user, in days. @default 7 */
    temporaryPasswordValidityDays: integer(1, 7).default(7),
    /** Whether users may sign themselves up. @default false */
    selfSignUp: flag.default(false),
    /** Whether the user pool is protected from deletion, also by Terraform. @default false */
    deletionProtection: flag.default(false),
    /** Validity of access and ID tokens, in minutes. @default 60 */
    accessTokenMinutes: integer(5, 1440).default(60),
    /** Validity of refresh tokens, in days. @default 30 */
    refreshTokenDays: integer(1, 3650).default(30),
    /** Prefix of the managed login's domain, unique in the region. @default - app, stage and a hash of the account */
    domainPrefix: domainPrefix.optional(),
  })
  .refine(({ callbackUrls, logoutUrls }) => callbackUrls.length > 0 || logoutUrls.length === 0, {
    path: ["logoutUrls"],
    error: "have no effect without a sign-in; write callbackUrls, or remove them",
  });

const existing = z.strictObject({
  /** A user pool that is managed elsewhere: in any region for an API, in the stage's own region and account for an ALB. */
  source: z.literal("existing"),
  arn: matching(
    /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[a-z0-9-]+_[A-Za-z0-9]+$/,
    'must be the ARN of a user pool; write one such as "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_AbCdEf123"',
  ),
  /** App clients whose tokens are accepted. An ALB signs users in with the first one, which needs a client secret. */
  clientIds: z
    .array(matching(/^[a-z0-9]{1,128}$/, "must be a client ID; write the ID of an app client of the pool"))
    .min(1, "must not be empty; write the ID of an app client of the pool"),
  /** Domain prefix or host name of the pool's managed login; required by an ALB. @default - none */
  domain: matching(
    /^[a-z0-9][a-z0-9.-]*$/,
    "must be the domain of a user pool; write its prefix or its host name",
  ).optional(),
  /** Scopes that routes require, with their full names in the pool, such as `shop/items.read`. @default {} */
  scopes: z.record(scopeName, text).default({}),
});

/** Authorization of requests by a Cognito user pool. */
export const authorization = z.strictObject({
  userPool: z.discriminatedUnion(
    "source",
    [created, existing],
    'must be a user pool; write { source: "create" } or { source: "existing", arn: ..., clientIds: [...] }',
  ),
});

export type Authorization = z.output<typeof authorization>;
