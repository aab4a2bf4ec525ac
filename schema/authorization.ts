import { z } from "zod";
import { integer, matching, text, yesOrNo } from "./primitives";

const scopeName = matching(/^[a-z][a-z0-9._:-]{0,63}$/, 'is no name of a scope; write one such as "items.read"');

/** Browsers come back here with a code; Cognito takes plain HTTP for localhost only. Without braces no template passes. */
const url = matching(
  /^(https:\/\/[\w.~:/@!$&'()+,;=%-]+|http:\/\/localhost(:\d+)?(\/[\w.~:/@!$&'()+,;=%-]*)?)$/,
  'is no address that Cognito accepts; write one such as "https://www.example.com/signed-in"',
);

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html */
export const domainPrefix = matching(
  /^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  'is no prefix that Cognito accepts; write lower-case letters, digits and dashes, without "aws", "amazon" or "cognito"',
);

const withoutWayBack = {
  path: ["logoutUrls"],
  error: "lead back from pages that nobody is sent to; write callbackUrls, or remove them",
};

const created = z
  .strictObject({
    /** A pool of the stage's own. A pool belongs to its region: tokens of one are nothing to the API of another. */
    source: z.literal("create"),
    /** What tokens may be good for: name and description of each scope, which routes ask for by `scopes`. @default {} */
    scopes: z
      .record(scopeName, text.max(256, "breaks AWS's limits on scopes; write at most 256 characters"))
      .default({}),
    /** Addresses that Cognito's pages lead back to; without one, no browser signs in by them. @default [] */
    callbackUrls: z.array(url).default([]),
    /** @default [] */
    logoutUrls: z.array(url).default([]),
    /** Second factor, by an authenticator app. @default "optional" */
    mfa: z
      .enum(["off", "optional", "required"], 'is no choice here; write "off", "optional" or "required"')
      .default("optional"),
    /** @default 14 */
    passwordMinimumLength: integer(14, 99).default(14),
    /** Life of the password that an administrator sends to a new account, in days. @default 7 */
    temporaryPasswordDays: integer(1, 7).default(7),
    /** Whether people may make an account themselves. @default false */
    selfSignUp: yesOrNo.default(false),
    /** Refuses to be deleted, also by Terraform. @default false */
    deletionProtection: yesOrNo.default(false),
    /** Life of access and id tokens. @default 60 */
    accessTokenMinutes: integer(5, 1440).default(60),
    /** Life of refresh tokens. @default 30 */
    refreshTokenDays: integer(1, 3650).default(30),
    /** Beginning of the address of Cognito's pages, unique in the region. @default - app, stage and a hash of the account */
    domainPrefix: domainPrefix.optional(),
  })
  .refine(({ callbackUrls, logoutUrls }) => callbackUrls.length > 0 || logoutUrls.length === 0, withoutWayBack);

const existing = z.strictObject({
  /** A pool that somebody else manages. */
  source: z.literal("existing"),
  arn: matching(
    /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[a-z0-9-]+_[A-Za-z0-9]+$/,
    'is no ARN of a user pool; write one such as "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_AbCdEf123"',
  ),
  /** App clients whose tokens are accepted; an ALB signs people in by the first, which needs a secret. */
  clientIds: z
    .array(matching(/^[a-z0-9]{1,128}$/, "is no client id; write the id of an app client of the pool"))
    .min(1, "is empty; write the id of an app client of the pool"),
  /** Prefix or host name of the pool's pages, which an ALB needs. @default - none */
  domain: matching(
    /^[a-z0-9][a-z0-9.-]*$/,
    "is no domain of a user pool; write its prefix or its host name",
  ).optional(),
  /** Scopes that routes ask for by `scopes`, with what the pool calls them, such as `shop/items.read`. @default {} */
  scopes: z.record(scopeName, text).default({}),
});

/** Who may call: people and programs of a Cognito user pool. */
export const authorization = z.strictObject({
  userPool: z.discriminatedUnion(
    "source",
    [created, existing],
    'is no source of a user pool; write { source: "create" } or { source: "existing", arn: ..., clientIds: [...] }',
  ),
});

export type Authorization = z.output<typeof authorization>;
