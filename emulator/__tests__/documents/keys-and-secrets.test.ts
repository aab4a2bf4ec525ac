import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

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

describe("a new key", () => {
  const code = (input: JsonObject) => refusalOf("kms", "CreateKey", input)?.code;

  it.each<[JsonObject]>([
    [{}],
    [{ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }],
    [{ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }],
    [{ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" }],
    [{ KeySpec: "SM2", KeyUsage: "SIGN_VERIFY" }],
  ])("can be %j", (input) => {
    expect(code(input)).toBeUndefined();
  });

  it.each<[JsonObject]>([
    [{ KeyUsage: "SIGN_VERIFY" }],
    [{ KeySpec: "HMAC_256" }],
    [{ KeySpec: "RSA_2048" }],
    [{ KeySpec: "ECC_NIST_P256", KeyUsage: "ENCRYPT_DECRYPT" }],
  ])("is never %j", (input) => {
    expect(code(input)).toBe("ValidationException");
  });

  it("has each tag once, and no alias of AWS", () => {
    expect(code({ Tags: [{ TagKey: "a" }, { TagKey: "b" }] })).toBeUndefined();
    expect(code({ Tags: [{ TagKey: "a" }, { TagKey: "a" }] })).toBe("TagException");
    expect(refusalOf("kms", "CreateAlias", { AliasName: "alias/shop" })).toBeUndefined();
    expect(refusalOf("kms", "CreateAlias", { AliasName: "alias/aws/shop" })?.code).toBe("NotAuthorizedException");
  });
});

it("gives a secret one value", () => {
  const put = (input: JsonObject) =>
    refusalOf("secretsmanager", "PutSecretValue", { SecretId: "shop", ...input })?.code;
  expect(put({ SecretString: "a" })).toBeUndefined();
  expect(put({ SecretString: "a", SecretBinary: "YQ==" })).toBe("InvalidParameterException");
});
