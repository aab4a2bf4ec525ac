import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

describe("a metric filter", () => {
  const put = (filterPattern: string, transformation: JsonObject = {}) =>
    refusalOf("logs", "PutMetricFilter", {
      logGroupName: "/web",
      filterName: "errors",
      filterPattern,
      metricTransformations: [{ metricName: "Errors", metricNamespace: "shop", metricValue: "1", ...transformation }],
    })?.message;

  it.each([
    '{ ($.level = "error") || ($.level = "fatal") }',
    "",
    "?ERROR ?WARN",
    '"two words"',
    "[ip, user, status = 4*]",
    "{ $.m = %(a% }",
  ])("has the pattern %s", (pattern) => {
    expect(put(pattern)).toBeUndefined();
  });

  it.each(['{ ($.level = "error" }', "{ $.level = 1", "{ level = 1 }", '"open', "[ip, user"])(
    "never has the pattern %s",
    (pattern) => {
      expect(put(pattern)).toBe("Invalid metric filter pattern");
    },
  );

  it("has a value, and a default value or dimensions of a JSON pattern", () => {
    const dimensions = { Status: "$.status" };
    expect(put("{ $.status = 500 }", { metricValue: "$.duration", dimensions })).toBeUndefined();
    expect(put("ERROR", { defaultValue: 0 })).toBeUndefined();
    expect(put("{ $.status = 500 }", { dimensions, defaultValue: 0 })).toMatch(/mutually exclusive/);
    expect(put("ERROR", { dimensions })).toBe("The specified filter pattern does not support dimensions");
    expect(put("ERROR", { metricValue: "one" })).toMatch(/metricValue must be a number/);
    expect(put("{ $.a = 1 }", { dimensions: { a: "$.a", b: "$.b", c: "$.c", d: "$.d" } })).toMatch(/at most 3/);
  });
});

describe("a log group", () => {
  it("keeps its events for certain numbers of days", () => {
    const days = (retentionInDays: number) => refusalOf("logs", "PutRetentionPolicy", { retentionInDays })?.code;
    expect(days(30)).toBeUndefined();
    expect(days(31)).toBe("InvalidParameterException");
  });

  it("has subscription filters with a pattern, and with a role for a stream", () => {
    const put = (change: JsonObject) =>
      refusalOf("logs", "PutSubscriptionFilter", {
        filterPattern: "",
        destinationArn: "arn:aws:kinesis:us-east-1:1:stream/a",
        roleArn: "arn",
        ...change,
      })?.message;
    expect(put({})).toBeUndefined();
    expect(put({ filterPattern: "{" })).toBe("Invalid metric filter pattern");
    expect(put({ roleArn: undefined })).toMatch(/must be used with a roleArn/);
  });

  it("has a data protection policy that audits and masks the same data", () => {
    const DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"];
    const audit = { DataIdentifier, Operation: { Audit: { FindingsDestination: {} } } };
    const mask = { DataIdentifier, Operation: { Deidentify: { MaskConfig: {} } } };
    const put = (policy: JsonObject) =>
      refusalOf("logs", "PutDataProtectionPolicy", {
        logGroupIdentifier: "/web",
        policyDocument: JSON.stringify({ Name: "mask", Version: "2021-06-01", Statement: [audit, mask], ...policy }),
      })?.message;
    expect(put({})).toBeUndefined();
    expect(put({ Version: "2012-10-17" })).toMatch(/Version 2021-06-01/);
    expect(put({ Statement: [mask] })).toMatch(/one Audit and one Deidentify/);
    expect(put({ Statement: [audit, { ...mask, DataIdentifier: ["other"] }] })).toMatch(/same data identifiers/);
    expect(put({ Statement: [{ ...audit, Operation: { Audit: {} } }, mask] })).toMatch(/FindingsDestination/);
    expect(put({ Statement: [audit, { ...mask, Operation: { Deidentify: {} } }] })).toMatch(/MaskConfig/);
    expect(refusalOf("logs", "PutDataProtectionPolicy", { policyDocument: "{" })?.message).toMatch(/not valid JSON/);
  });
});

describe("a key", () => {
  it("waits 7 to 30 days to be deleted", () => {
    const schedule = (PendingWindowInDays?: number) =>
      refusalOf("kms", "ScheduleKeyDeletion", { PendingWindowInDays })?.message;
    expect([schedule(), schedule(7), schedule(30)]).toEqual([undefined, undefined, undefined]);
    expect(schedule(6)).toMatch(/greater than or equal to 7$/);
    expect(schedule(31)).toMatch(/less than or equal to 30$/);
  });
});

describe("a secret", () => {
  it("has a name and one value", () => {
    const create = (input: JsonObject) => refusalOf("secretsmanager", "CreateSecret", input)?.code;
    expect(create({ Name: "shop/stripe_key+=.@!-", SecretString: "a" })).toBeUndefined();
    expect(create({ Name: "shop stripe" })).toBe("ValidationException");
    expect(create({ Name: "shop", SecretString: "a", SecretBinary: "YQ==" })).toBe("InvalidParameterException");
  });

  it.each<[JsonObject]>([
    [{ AutomaticallyAfterDays: 30 }],
    [{ ScheduleExpression: "rate(10 days)", Duration: "3h" }],
    [{ ScheduleExpression: "cron(0 /8 * * ? *)" }],
    [{ ScheduleExpression: "cron(0 16 1,15 * ? *)" }],
  ])("is rotated by %j", (RotationRules) => {
    expect(refusalOf("secretsmanager", "RotateSecret", { RotationRules })).toBeUndefined();
  });

  it.each<[JsonObject]>([
    [{ AutomaticallyAfterDays: 30, ScheduleExpression: "rate(10 days)" }],
    [{ ScheduleExpression: "rate(3 hours)" }],
    [{ ScheduleExpression: "cron(30 8 * * ? *)" }],
    [{ ScheduleExpression: "rate(10 days)", Duration: "25h" }],
  ])("is never rotated by %j", (RotationRules) => {
    expect(refusalOf("secretsmanager", "RotateSecret", { RotationRules })?.code).toBe("InvalidParameterException");
  });
});

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
    CallbackURLs: ["https://www.example.com/callback", "http://localhost:3000", "shop://callback"],
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

describe("a budget", () => {
  const email = { SubscriptionType: "EMAIL", Address: "team@example.com" };
  const topic = { SubscriptionType: "SNS", Address: "arn:aws:sns:us-east-1:111122223333:cost" };
  const create = (limit: JsonObject, threshold = 80, ...Subscribers: readonly JsonObject[]) =>
    refusalOf("budgets", "CreateBudget", {
      Budget: { BudgetName: "shop", BudgetLimit: { Amount: "500", Unit: "USD", ...limit } },
      NotificationsWithSubscribers: [
        { Notification: { Threshold: threshold, ThresholdType: "PERCENTAGE" }, Subscribers },
      ],
    })?.message;

  it("has an amount, thresholds and subscribers", () => {
    expect(create({}, 80, email, topic)).toBeUndefined();
    expect(create({ Amount: "0" })).toMatch(/greater than 0/);
    expect(create({ Unit: "" })).toMatch(/unit must not be empty/);
    expect(create({}, 0)).toMatch(/^Notification threshold/);
    expect(create({}, 80, topic, topic)).toMatch(/only one SNS subscriber/);
    expect(create({}, 80, ...Array.from({ length: 11 }, () => email))).toMatch(/at most 10 email/);
    expect(create({}, 80, { ...email, Address: "team" })).toMatch(/must be an email address/);
    expect(create({}, 80, { ...topic, Address: "cost" })).toMatch(/ARN of a topic/);
  });

  it("keeps them when it changes", () => {
    const NewBudget = { BudgetLimit: { Amount: "-1", Unit: "USD" } };
    expect(refusalOf("budgets", "UpdateBudget", { NewBudget })?.code).toBe("InvalidParameterException");
    const Notification = { Threshold: 0 };
    expect(refusalOf("budgets", "CreateNotification", { Notification })?.code).toBe("InvalidParameterException");
  });
});
