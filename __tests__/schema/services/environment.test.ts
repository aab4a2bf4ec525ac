import fc from "fast-check";
import { secretKind } from "../../../schema/services/secret-patterns";
import { problems, web } from "../../fixtures/problems";
import { minimalService, stageWith } from "../../fixtures/stage";

const word = "A-Za-z0-9";

/** Random text of a length, in the characters of a regular expression's class. */
const random = (characters: string, length: number) => fc.stringMatching(new RegExp(`^[${characters}]{${length}}$`));

const withPrefix = (prefixes: readonly string[], rest: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(...prefixes), rest).map((parts) => parts.join(""));

describe("a plain variable", () => {
  it("is kept as it is written", () => {
    const environment = { LOG_LEVEL: "info", GREETING: "a\nb", EMPTY: "" };
    const { orders } = stageWith({ services: { orders: { ...minimalService, environment } } }).services;
    expect(orders?.environment).toEqual(environment);
  });

  it.each([
    "DB_PASSWORD",
    "PGPASSWORD",
    "MYSQL_PWD",
    "SMTP_PASS",
    "db_password",
    "dbPassword",
    "SECRET",
    "CLIENT_SECRET",
    "clientSecret",
    "SECRET_KEY_BASE",
    "GITHUB_TOKEN",
    "STRIPE_API_KEY",
    "STRIPE_APIKEY",
    "AWS_SECRET_ACCESS_KEY",
    "JWT_SIGNING_KEY",
    "TLS_PRIVATE_KEY",
    "GOOGLE_CREDENTIALS",
  ])("is refused by its name, %s, without its value", (name) => {
    const message = problems(web({ environment: { [name]: "hunter2" } }));
    expect(message).toMatch(
      new RegExp(
        `environment.${name}: "\\(hidden\\)" is a secret, by its name; store it in Secrets Manager or Parameter Store`,
      ),
    );
    expect(message).not.toContain("hunter2");
  });

  it.each(["DB_PASSWORD_ARN", "TOKEN_FILE", "SECRETS_PATH", "PARTITION_KEY", "MAX_TOKENS", "PWD", "COMPASS", "BYPASS"])(
    "may have a name that only resembles a secret's, such as %s",
    (name) => {
      expect(secretKind(name, "orders")).toBeUndefined();
    },
  );

  it("may be a boolean, whatever its name", () => {
    expect(problems(web({ environment: { RESET_PASSWORD: "true", USE_API_KEY: "false", AUTH_TOKEN: "" } }))).toBe("");
  });

  it.each<[string, fc.Arbitrary<string>]>([
    ["an AWS access key", withPrefix(["AKIA", "ASIA"], random("A-Z2-7", 16))],
    ["a GitHub token", withPrefix(["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], random(word, 36))],
    ["a GitHub token", random(`${word}_`, 59).map((rest) => `github_pat_11${rest}`)],
    ["a GitLab token", withPrefix(["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-"], random(`${word}_-`, 20))],
    ["a Slack token", withPrefix(["xoxb-", "xoxp-", "xoxa-", "xoxr-"], random("0-9", 12))],
    ["a Stripe key", withPrefix(["sk_live_", "sk_test_", "rk_live_"], random(word, 24))],
    ["a URL with a password", random(word, 12).map((password) => `postgres://app:${password}@db.example.com/name`)],
    ["a URL with a password", random(word, 12).map((password) => `jdbc:mysql://a:${password}@db.example.com`)],
    ["a URL with a password", random(word, 12).map((password) => `redis://:${password}@cache.example.com`)],
    ["a URL with a password", random(word, 12).map((password) => `Server=db;User=app;Password=${password};`)],
  ])("is refused as %s, without its value", (kind, secrets) => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect(secretKind("A", secret)).toBe(kind);
        const message = problems(web({ environment: { A: secret } }));
        expect(message).toMatch(new RegExp(`environment.A: "\\(hidden\\)" is ${kind}; store it in Secrets Manager`));
        expect(message).not.toContain(secret);
      }),
      { numRuns: 20 },
    );
  });

  it("is refused as an AWS secret key", () => {
    const bytes = fc.noBias(fc.uint8Array({ minLength: 30, maxLength: 30 }));
    const isKey = (random: Uint8Array) =>
      secretKind("A", Buffer.from(random).toString("base64")) === "an AWS secret key";
    // Six of a million keys look like words: the seed keeps the test from meeting one.
    fc.assert(fc.property(bytes, isKey), { numRuns: 2000, seed: 1 });
  });

  it.each([
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"],
    ["a private key", "-----BEGIN PRIVATE KEY-----"],
    ["a signed token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"],
  ])("is refused as %s: %j", (kind, value) => {
    expect(secretKind("A", value)).toBe(kind);
  });
});

describe("the report of a problem beside a secret", () => {
  it("hides a secret in the same value", () => {
    const services = { mailer: { kind: "worker", environment: { DB_PASSWORD: "hunter2" }, command: ["hunter2"] } };
    const message = problems({ services: { ...services, other: { kind: "worker", environment: { A: "glpat-" } } } });
    expect(message).toMatch(/services: .*"DB_PASSWORD":"\(hidden\)"/);
    expect(message).not.toMatch(/"DB_PASSWORD":"hunter2"/);
  });

  it("hides a password that also contains a template", () => {
    const message = problems(web({ environment: { DB_PASSWORD: "${hunter2}" } }));
    expect(message).toMatch(
      /environment.DB_PASSWORD: "\(hidden\)" must not contain a Terraform template \(\$\{ or %\{\); write plain text/,
    );
  });
});
