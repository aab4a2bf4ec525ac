import { problems, web } from "../../fixtures/problems";

const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop/stripe-AbCdEf";
const parameterArn = "arn:aws:ssm:us-east-1:111122223333:parameter/shop/stripe";
const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";
const secret = (value: unknown) => web({ secrets: { STRIPE: value } });

describe("a secret", () => {
  it.each<[string, object]>([
    ["a whole secret", { secretArn }],
    ["a key of a secret's JSON", { secretArn, key: "api.key" }],
    ["a secret with a key of its own", { secretArn, kmsKeyArn }],
    ["a parameter", { parameterArn }],
    ["a parameter with a key of its own", { parameterArn, kmsKeyArn }],
    ["a secret of a government's region", { secretArn: secretArn.replace("aws:", "aws-us-gov:") }],
  ])("may be %s", (_, value) => {
    expect(problems(secret(value))).toBe("");
  });

  it.each<[string, unknown, RegExp]>([
    ["the value itself", "hunter2", /secrets.STRIPE: "\(hidden\)" must be an object; write \{ ... \}/],
    [
      "an ARN without its end",
      { secretArn: secretArn.slice(0, -7) },
      /secrets.STRIPE.secretArn: .* must be the complete ARN of a secret; write one such as "arn:aws:secretsmanager/,
    ],
    [
      "the name of a secret",
      { secretArn: "shop/stripe" },
      /STRIPE.secretArn: "shop\/stripe" must be the complete ARN of a secret/,
    ],
    [
      "the name of a parameter",
      { parameterArn: "/shop" },
      /STRIPE.parameterArn: "\/shop" must be the ARN of a parameter; write/,
    ],
    [
      "a key of a parameter",
      { parameterArn, key: "a" },
      /secrets.STRIPE.key: "a" is not a field of a stage file; remove it/,
    ],
    [
      "a key with a colon",
      { secretArn, key: "a:b" },
      /STRIPE.key: "a:b" must be a key of the secret's JSON; write its name/,
    ],
    [
      "an alias of a key",
      { secretArn, kmsKeyArn: "alias/a" },
      /kmsKeyArn: "alias\/a" must be the ARN of a KMS key; write one, or/,
    ],
    ["nothing", {}, /secrets.STRIPE.secretArn: is missing; write one such as "arn:aws:secretsmanager/],
    [
      "a name with an exclamation mark",
      { secret: "Stripe!" },
      /secrets.STRIPE.secret: "Stripe!" must be a name; write lower-case letters, digits and single dashes/,
    ],
    [
      "a name and an ARN",
      { secret: "stripe", secretArn },
      /secrets.STRIPE.secret: .* is not a field of a stage file; remove it/,
    ],
    ["both", { secretArn, parameterArn }, /secrets.STRIPE.parameterArn: .* is not a field of a stage file; remove it/],
  ])("is never %s", (_, value, message) => {
    expect(problems(secret(value))).toMatch(message);
  });

  it("has the name of a variable", () => {
    expect(problems(web({ secrets: { "stripe-key": { secretArn } } }))).toMatch(
      /secrets.stripe-key: "stripe-key" must be the name of an environment variable; write letters, digits and _/,
    );
  });
});

describe("a secret of the stage", () => {
  const data = { secrets: { stripe: { source: "create" }, mail: { source: "create" } } };
  const STRIPE = { secret: "stripe", key: "live" };
  const MAIL = { secret: "mail" };
  const envoy = { image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/envoy:1", memoryMiB: 64 };

  it("is used by a service's container or a sidecar that names it", () => {
    expect(problems({ data, ...web({ secrets: { STRIPE, MAIL } }) })).toBe("");
    expect(
      problems({ data, ...web({ secrets: { STRIPE }, sidecars: { envoy: { ...envoy, secrets: { MAIL } } } }) }),
    ).toBe("");
    expect(problems({ data, ...web({ secrets: { STRIPE } }) })).toMatch(
      /data.secrets.mail: .* is used by no service; write uses: \["secret:mail"\], keep: true, or remove it/,
    );
  });

  it("that the stage lacks is refused, with the names of the existing ones", () => {
    expect(problems({ data, ...web({ secrets: { STRIPE, MAIL, PAYPAL: { secret: "paypal" } } }) })).toMatch(
      /services.orders.secrets.PAYPAL.secret: "paypal" must be a secret of the stage, which has stripe, mail; declare it in data\.secrets, or/,
    );
    expect(problems(web({ sidecars: { envoy: { ...envoy, secrets: { STRIPE } } } }))).toMatch(
      /services.orders.sidecars.envoy.secrets.STRIPE.secret: .* must be a secret of the stage, which has none; declare it in data\.secrets, or write a/,
    );
  });
});
