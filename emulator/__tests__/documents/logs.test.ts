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

  it("has a namespace of its own", () => {
    expect(put("ERROR", { metricNamespace: "AWS/Logs" })).toMatch(/can't start with AWS/);
  });

  it.each(["{ $.a IS TRUE }", "{ $.a NOT EXISTS }"])("has the pattern %s", (pattern) => {
    expect(put(pattern)).toBeUndefined();
  });

  it.each(["{ $.level }", '{ ($.level = "error" }', "{ $.level = 1", "{ level = 1 }", '"open', "[ip, user"])(
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
  it("has a name without AWS's prefix", () => {
    const create = (logGroupName: string) => refusalOf("logs", "CreateLogGroup", { logGroupName })?.code;
    expect(create("/aws/ecs/shop")).toBeUndefined();
    expect(create("aws/shop")).toBe("InvalidParameterException");
  });

  it("keeps its events for certain numbers of days", () => {
    const days = (retentionInDays: number) => refusalOf("logs", "PutRetentionPolicy", { retentionInDays })?.code;
    for (const allowed of [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]) {
      expect(days(allowed)).toBeUndefined();
    }
    for (const allowed of [1096, 1827, 2192, 2557, 2922, 3288, 3653]) expect(days(allowed)).toBeUndefined();
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
