import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const rate = { RateBasedStatement: { Limit: 2000, AggregateKeyType: "IP", EvaluationWindowSec: 300 } };
const managed = { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } };
const size = {
  SizeConstraintStatement: { FieldToMatch: { Body: {} }, ComparisonOperator: "GT", Size: 1, TextTransformations: [] },
};
const block = { Block: { CustomResponse: { ResponseCode: 429 } } };
const rules = [
  { Name: "rate-limit", Priority: 1, Statement: rate, Action: block },
  { Name: "common", Priority: 2, Statement: managed, OverrideAction: { None: {} } },
  {
    Name: "size",
    Priority: 3,
    Statement: { AndStatement: { Statements: [size, { NotStatement: { Statement: size } }] } },
    Action: { Count: {} },
  },
];
const message = (change: JsonObject) => {
  const refusal = refusalOf("wafv2", "CreateWebACL", {
    Name: "acl",
    DefaultAction: { Allow: {} },
    Rules: rules,
    ...change,
  });
  if (refusal) expect(refusal.code).toBe("WAFInvalidParameterException");
  return refusal?.message;
};
const withRule = (change: JsonObject) => ({ Rules: [{ ...rules[0], ...change }] });
const notOne = (field: string, parameter: string) =>
  `Error reason: You have used none or multiple values for a field that requires exactly one value., field: ${field}, parameter: ${parameter}`;

it("takes rules with an action, and rule groups with an override", () => {
  expect(message({})).toBeUndefined();
  expect(message({ Rules: [] })).toBeUndefined();
});

it.each<[string, JsonObject, string]>([
  ["a rule without an action", withRule({ Action: undefined }), notOne("RULE", "Rule")],
  ["a rule with an override", withRule({ OverrideAction: { None: {} } }), notOne("RULE", "Rule")],
  ["a rule group with an action", withRule({ Statement: managed }), notOne("RULE", "Rule")],
  ["two actions in one", withRule({ Action: { ...block, Allow: {} } }), notOne("RULE_ACTION", "RuleAction")],
  [
    "two overrides in one",
    withRule({ Statement: managed, Action: undefined, OverrideAction: { None: {}, Count: {} } }),
    notOne("OVERRIDE_ACTION", "OverrideAction"),
  ],
  ["a rule without a statement", withRule({ Statement: {} }), notOne("STATEMENT", "Statement")],
  ["two statements in one", withRule({ Statement: { ...rate, ...size } }), notOne("STATEMENT", "Statement")],
  [
    "two statements in a nested one",
    withRule({ Statement: { NotStatement: { Statement: { ...rate, ...size } } } }),
    notOne("STATEMENT", "Statement"),
  ],
  [
    "a field to match that names none",
    withRule({ Statement: { SizeConstraintStatement: { FieldToMatch: {} } } }),
    notOne("FIELD_TO_MATCH", "FieldToMatch"),
  ],
  ["two default actions", { DefaultAction: { Allow: {}, Block: {} } }, notOne("DEFAULT_ACTION", "DefaultAction")],
])("refuses %s", (_, change, expected) => {
  expect(message(change)).toBe(expected);
});

it.each<[string, JsonObject, RegExp]>([
  ["equal priorities", { Rules: [rules[0] ?? {}, { ...rules[1], Priority: 1 }] }, /same priority.*, parameter: 1$/],
  ["equal names", { Rules: [rules[0] ?? {}, { ...rules[1], Name: "rate-limit" }] }, /same name/],
  ["AND of one statement", withRule({ Statement: { AndStatement: { Statements: [size] } } }), /field: AND_STATEMENT/],
  [
    "a rate by forwarded address without its header",
    withRule({ Statement: { RateBasedStatement: { Limit: 10, AggregateKeyType: "FORWARDED_IP" } } }),
    /parameter: FORWARDED_IP$/,
  ],
  [
    "a response body that does not exist",
    withRule({ Action: { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: "busy" } } } }),
    /parameter: busy$/,
  ],
])("refuses %s", (_, change, expected) => {
  expect(message(change)).toMatch(expected);
});

describe("logging", () => {
  const log = (arn: string) =>
    refusalOf("wafv2", "PutLoggingConfiguration", { LoggingConfiguration: { LogDestinationConfigs: [arn] } })?.message;

  it.each([
    "arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-shop",
    "arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-shop:*",
    "arn:aws:s3:::aws-waf-logs-shop",
    "arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-shop",
  ])("goes to %s", (arn) => {
    expect(log(arn)).toBeUndefined();
  });

  it.each(["arn:aws:logs:us-east-1:111122223333:log-group:waf-shop", "arn:aws:s3:::shop-logs", "aws-waf-logs-shop"])(
    "never goes to %s",
    (arn) => {
      expect(log(arn)).toMatch(/^Error reason: The ARN isn't valid\..*, field: LOG_DESTINATION, parameter: /);
    },
  );
});

it.each<[string, JsonObject]>([
  [
    "a rate over another window",
    withRule({ Statement: { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 90 } } }),
  ],
  ["a rate in another statement", withRule({ Statement: { AndStatement: { Statements: [rate, size] } } })],
  ["a rule group in another statement", withRule({ Statement: { NotStatement: { Statement: managed } } })],
  [
    "transformations of one priority",
    withRule({
      Statement: {
        SizeConstraintStatement: {
          TextTransformations: [{ Priority: 0 }, { Priority: 0 }],
          FieldToMatch: { Body: {} },
        },
      },
    }),
  ],
  ["an open group in an expression", withRule({ Statement: { RegexMatchStatement: { RegexString: "(a" } } })],
  ["an assertion in an expression", withRule({ Statement: { RegexMatchStatement: { RegexString: "a(?=b)" } } })],
])("refuses %s", (_, change) => {
  expect(message(change)).toMatch(/^Error reason: /);
});

it("takes expressions of WAF", () => {
  for (const RegexString of [
    "^/(admin|login)/\\d+$",
    "[()]+",
    "(?i)bot",
    "\\(a\\)",
    "[^\\]]",
    "^([\\w.]+)/[a-z]+$",
    "^([\\w]+)@a[.]b$",
  ]) {
    expect(message(withRule({ Statement: { RegexMatchStatement: { RegexString } } }))).toBeUndefined();
  }
});

it("takes ranges of an IP set's version, but not all addresses", () => {
  const set = (IPAddressVersion: string, ...Addresses: string[]) =>
    refusalOf("wafv2", "CreateIPSet", { IPAddressVersion, Addresses })?.code;
  expect(set("IPV4", "10.0.0.0/8", "192.0.2.1/32")).toBeUndefined();
  expect(set("IPV6", "2001:db8::/32")).toBeUndefined();
  for (const range of ["10.0.0.1", "0.0.0.0/0", "10.0.0.0/33", "300.0.0.0/8", "2001:db8::/32"]) {
    expect(set("IPV4", range)).toBe("WAFInvalidParameterException");
  }
});

it("takes at most ten expressions in a set", () => {
  const set = (...all: string[]) =>
    refusalOf("wafv2", "CreateRegexPatternSet", {
      RegularExpressionList: all.map((RegexString) => ({ RegexString })),
    })?.code;
  const ten = Array.from({ length: 10 }, (_, index) => `a${index}`);
  expect(set(...ten)).toBeUndefined();
  expect(set(...ten, "b")).toBe("WAFLimitsExceededException");
  expect(set("(")).toBe("WAFInvalidParameterException");
});
