import type { JsonObject, JsonValue } from "../../../wire/json";
import { refusalOf } from "../refusal";

const reason = (pattern: JsonValue) => {
  const refusal = refusalOf("events", "PutRule", { Name: "rule", EventPattern: JSON.stringify(pattern) });
  if (refusal) expect(refusal.code).toBe("InvalidEventPatternException");
  return refusal?.message.replace("Event pattern is not valid. Reason: ", "");
};

describe("an event pattern", () => {
  it.each([
    [{ source: ["aws.ecs"], "detail-type": ["ECS Task State Change"], resources: [{ prefix: "arn:aws:ecs" }] }],
    [{ detail: { $or: [{ code: ["A"] }, { code: ["B"], containers: { exitCode: [{ "anything-but": [0] }] } }] } }],
    [{ detail: { severity: [5, 8, null, true], count: [{ numeric: [">", 0, "<=", 5] }] } }],
    [{ detail: { a: [{ exists: false }], b: [{ "equals-ignore-case": "x" }], c: [{ suffix: ".png" }] } }],
    [{ detail: { ip: [{ cidr: "10.0.0.0/24" }, { cidr: "2001:db8::/32" }], path: [{ wildcard: "dir/*\\*.png" }] } }],
    [{ detail: { a: [{ "anything-but": { prefix: "init" } }, { "anything-but": { wildcard: ["*/a/*", "*/b/*"] } }] } }],
    [{ detail: { a: [{ prefix: { "equals-ignore-case": "event" } }, { "anything-but": ["a", "b"] }] } }],
    [{ detail: { $or: [{ prefix: "a" }, { prefix: "b" }], exact: [{ exactly: "a" }], not: [{ "anything-but": 5 }] } }],
  ])("is valid as %j", (pattern) => {
    expect(reason(pattern)).toBeUndefined();
  });

  it.each<[JsonValue, string]>([
    [["aws.ecs"], "Filter is not an object"],
    [{}, "Empty objects are not allowed"],
    [{ detail: {} }, "Empty objects are not allowed"],
    [{ source: "aws.ecs" }, '"source" must be an object or an array'],
    [{ source: [] }, "Empty arrays are not allowed"],
    [{ source: [["aws.ecs"]] }, "Match value must be String, number, true, false, or null"],
    [{ source: [{ starts: "aws" }] }, "Unrecognized match type starts"],
    [{ source: [{ prefix: ["aws"] }] }, "prefix match pattern must be a string"],
    [{ source: [{ suffix: [":created"] }] }, "suffix match pattern must be a string"],
    [{ source: [{ prefix: "a", suffix: "b" }] }, "Only one key allowed in match expression"],
    [{ a: [{ exists: "true" }] }, "exists match pattern must be either true or false."],
    [{ a: [{ numeric: 5 }] }, "Value of numeric must be an array."],
    [{ a: [{ numeric: ["!", 5] }] }, "Unrecognized numeric range operator: !"],
    [{ a: [{ numeric: [">", "5"] }] }, "Value of > must be numeric"],
    [{ a: [{ numeric: ["<", 5, ">", 1] }] }, "Too many elements in numeric expression"],
    [{ a: [{ numeric: [">", 5, "<", 1] }] }, "Bottom must be less than top"],
    [{ a: [{ cidr: "10.0.0.0" }] }, "Malformed CIDR, one '/' required"],
    [{ a: [{ cidr: "10.0.0.0/33" }] }, "Malformed CIDR, mask bits must be an integer"],
    [{ a: [{ wildcard: "a**b" }] }, "Consecutive wildcard characters at pos 2"],
    [{ a: [{ wildcard: "a\\b" }] }, "Invalid escape character at pos 2"],
    [
      { a: [{ "anything-but": [{ wildcard: "*" }] }] },
      "Inside anything but list, start|null|boolean is not supported.",
    ],
    [
      { a: [{ "anything-but": ["a", 1] }] },
      "Inside anything but list, either all values are number or string, mixed type is not supported",
    ],
    [{ a: [{ "anything-but": { starts: "a" } }] }, "Unsupported anything-but pattern: starts"],
    [{ a: [{ "anything-but": { prefix: "" } }] }, "Null prefix/suffix not allowed"],
    [{ a: [{ "anything-but": { prefix: 1 } }] }, "Inside anything-but/prefix list, only strings are supported."],
    [{ a: [{ "anything-but": { prefix: "a", suffix: "b" } }] }, "Only one key allowed in match expression"],
    [{ a: [{ "anything-but": {} }] }, "Anything-But expression name not found"],
    [{ a: [{ "anything-but": true }] }, "Value of anything-but must be an array or single string/number value."],
    [{ a: [{ exactly: 1 }] }, "exact match pattern must be a string"],
    [{ a: [{}] }, "Match expression name not found"],
    [{ a: [{ numeric: [5] }] }, "Invalid member in numeric match"],
    [{ a: [{ numeric: [">", 6e9] }] }, "Value must be between -5.0E9 and 5.0E9, inclusive"],
    [{ a: [{ numeric: [">", 1, "=", 5] }] }, 'Bad numeric range operator: "="'],
    [{ a: [{ numeric: [">", 1, "<", "5"] }] }, "Value of < must be numeric"],
    [{ a: [{ cidr: "host/8" }] }, "Nonstandard IP address: host"],
    [{ a: [{ cidr: 8 }] }, "cidr match pattern must be a string"],
    [{ $or: [{ a: ["b"] }] }, "Unrecognized match type a"],
    [{ $or: [{ a: ["b"] }, { a: [] }] }, "Empty arrays are not allowed"],
  ])("is refused as %j", (pattern, expected) => {
    expect(reason(pattern)).toBe(expected);
  });

  it("is JSON, also where no rule is put", () => {
    expect(refusalOf("events", "TestEventPattern", { EventPattern: "{" })?.code).toBe("InvalidEventPatternException");
  });
});

describe("a rule's schedule", () => {
  const message = (ScheduleExpression: string, rest: JsonObject = {}) =>
    refusalOf("events", "PutRule", { Name: "rule", ScheduleExpression, ...rest })?.message;

  it.each([
    "rate(5 minutes)",
    "rate(1 day)",
    "cron(0 3 * * ? *)",
    "cron(0/15 8-18 ? * MON-FRI 2026-2030)",
    "cron(0 9 LW * ? *)",
    "cron(0 9 15W * ? *)",
    "cron(0 9 ? JAN,MAR 2#1 *)",
    "cron(0 9 ? * MON#1 *)",
    "cron(0 9 ? * 6L *)",
    "cron(*/5,3 * * * ? *)",
    "cron(0-15/1 8-8 ? * 2,3,4 *)",
    "cron(0/5, 9-18, ? *, MON-FRI, *)",
  ])("is valid as %s", (expression) => {
    expect(message(expression)).toBeUndefined();
  });

  it.each([
    "rate(1 minutes)",
    "rate(5 minute)",
    "rate(0 minutes)",
    "rate(5 weeks)",
    "at(2030-01-01T00:00:00)",
    "cron(0 3 * * *)",
    "cron(0 3 * * ? * *)",
    "cron(0 3 * * * *)",
    "cron(0 3 ? * ? *)",
    "cron(60 3 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 3 32 * ? *)",
    "cron(0 3 * 13 ? *)",
    "cron(0 3 ? * 8 *)",
    "cron(15 12 ? * -1 *)",
    "cron(0 3 ? * MON#6 *)",
    "cron(0 3 ? * FOO *)",
    "cron(0 3 ? * FOO#1 *)",
    "cron(*/0 3 * * ? *)",
    "cron(1-2-3 3 * * ? *)",
    "cron(, 3 * * ? *)",
    "cron(1,,2 3 * * ? *)",
    "cron(0 3 * * ? 2200)",
    "0 3 * * ? *",
  ])("is refused as %s", (expression) => {
    expect(message(expression)).toBe("Parameter ScheduleExpression is not valid.");
  });

  it("exists on the default event bus only", () => {
    expect(message("rate(1 day)", { EventBusName: "default" })).toBeUndefined();
    expect(message("rate(1 day)", { EventBusName: "orders" })).toMatch(/default event bus/);
  });

  it("can only be left out with an event pattern", () => {
    expect(refusalOf("events", "PutRule", { Name: "rule" })?.code).toBe("ValidationException");
  });
});

describe("a target", () => {
  const message = (target: JsonObject) =>
    refusalOf("events", "PutTargets", { Rule: "rule", Targets: [{ Id: "chat", Arn: "arn", ...target }] })?.message;
  const InputPathsMap = { alarm: "$.detail.alarmName" };

  it("gets a text from an input transformer", () => {
    const InputTemplate = '{"text":"<alarm>","rule":<aws.events.rule-arn>}';
    expect(message({ InputTransformer: { InputPathsMap, InputTemplate } })).toBeUndefined();
  });

  it.each([
    [{ Input: "{}", InputPath: "$.detail" }, /^Only one of Input, InputPath, or InputTransformer/],
    [{ Input: "{" }, /^JSON syntax error in input for target chat/],
    [{ InputTransformer: { InputPathsMap, InputTemplate: "<state>" } }, /invalid placeholder state/],
    [
      { InputTransformer: { InputPathsMap: { ...InputPathsMap, a: "detail" }, InputTemplate: "<a>" } },
      /^Invalid InputPath /,
    ],
    [{ InputTransformer: { InputPathsMap: { AWSa: "$.a" }, InputTemplate: "a" } }, /^Invalid InputPathsMap key AWSa/],
  ])("is refused with %j", (target, expected) => {
    expect(message(target)).toMatch(expected);
  });
});

describe("a target of another service", () => {
  const put = (target: JsonObject) =>
    refusalOf("events", "PutTargets", { Targets: [{ Id: "1", Arn: "arn:aws:sqs:us-east-1:1:orders", ...target }] })
      ?.message;
  const cluster = { Arn: "arn:aws:ecs:us-east-1:111122223333:cluster/shop" };
  const EcsParameters = { TaskDefinitionArn: "arn:aws:ecs:us-east-1:111122223333:task-definition/shop" };

  it("has a role where it has no policy", () => {
    expect(put({})).toBeUndefined();
    expect(put({ ...cluster, RoleArn: "arn", EcsParameters })).toBeUndefined();
    expect(put({ ...cluster, EcsParameters })).toMatch(/^RoleArn is required for target/);
  });

  it("has the task definition that a cluster runs", () => {
    expect(put({ ...cluster, RoleArn: "arn" })).toMatch(/^Parameter EcsParameters is required/);
  });

  it("has a standard queue for dead letters, and a path of the event", () => {
    const deadLetters = (name: string) => ({ DeadLetterConfig: { Arn: `arn:aws:sqs:us-east-1:111122223333:${name}` } });
    expect(put({ ...deadLetters("lost"), InputPath: "$.detail" })).toBeUndefined();
    expect(put(deadLetters("lost.fifo"))).toMatch(/must be a standard queue/);
    expect(put({ DeadLetterConfig: { Arn: "arn:aws:sns:us-east-1:111122223333:lost" } })).toMatch(/standard queue/);
    expect(put({ InputPath: "detail" })).toMatch(/^Invalid InputPath/);
  });
});
