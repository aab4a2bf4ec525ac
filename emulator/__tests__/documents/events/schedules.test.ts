import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

describe("a schedule of EventBridge Scheduler", () => {
  const message = (change: JsonObject) =>
    refusalOf("scheduler", "CreateSchedule", {
      Name: "sweep",
      ScheduleExpression: "rate(1 day)",
      ScheduleExpressionTimezone: "UTC",
      FlexibleTimeWindow: { Mode: "OFF" },
      ...change,
    })?.message;

  it.each(["rate(1 day)", "rate(1 hours)", "cron(0 3 * * ? *)", "at(2028-02-29T12:00:00)"])(
    "is valid as %s",
    (ScheduleExpression) => {
      expect(message({ ScheduleExpression })).toBeUndefined();
    },
  );

  it.each([
    "rate(10 seconds)",
    "rate(0 days)",
    "cron(0 3 * * *)",
    "at(2027-02-29T12:00:00)",
    "at(2027-02-28)",
    "daily",
  ])("is refused as %s", (ScheduleExpression) => {
    expect(message({ ScheduleExpression })).toBe(`Invalid Schedule Expression ${ScheduleExpression}.`);
  });

  it("has a time zone of the IANA database, in its case", () => {
    expect(message({ ScheduleExpressionTimezone: "Asia/Calcutta" })).toBeUndefined();
    expect(message({ ScheduleExpressionTimezone: "Berlin" })).toMatch(/Timezone Berlin/);
    expect(message({ ScheduleExpressionTimezone: "europe/berlin" })).toMatch(/Timezone europe/);
  });

  it("has the length of its time window exactly when that is flexible", () => {
    expect(message({ FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 5 } })).toBeUndefined();
    expect(message({ FlexibleTimeWindow: { Mode: "FLEXIBLE" } })).toMatch(/must be provided/);
    expect(message({ FlexibleTimeWindow: { Mode: "OFF", MaximumWindowInMinutes: 5 } })).toMatch(/must not be provided/);
  });

  it("starts before it ends", () => {
    expect(message({ StartDate: 1, EndDate: 2 })).toBeUndefined();
    expect(message({ StartDate: "2027-01-02T00:00:00Z", EndDate: "2027-01-01T00:00:00Z" })).toMatch(/before/);
  });
});

describe("a scheduled action of Application Auto Scaling", () => {
  const message = (change: JsonObject) =>
    refusalOf("application-autoscaling", "PutScheduledAction", {
      ScheduledActionName: "night",
      Schedule: "cron(0 20 * * ? *)",
      Timezone: "UTC",
      ScalableTargetAction: { MinCapacity: 1, MaxCapacity: 1 },
      ...change,
    })?.message;

  it("has a schedule, a time zone and a capacity", () => {
    expect(message({})).toBeUndefined();
  });

  it.each([
    [{ Schedule: "30 3 * * *" }, /^Invalid schedule expression/],
    [{ Timezone: "Local" }, /^Invalid timezone/],
    [{ ScalableTargetAction: {} }, /^At least one of MinCapacity and MaxCapacity/],
    [{ ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 1 } }, /^Maximum capacity cannot be less/],
  ])("is refused with %j", (change, expected) => {
    expect(message(change)).toMatch(expected);
  });
});

describe("the target of a schedule", () => {
  const message = (Target: JsonObject) =>
    refusalOf("scheduler", "CreateSchedule", {
      Name: "sweep",
      ScheduleExpression: "rate(1 day)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target,
    })?.message;
  const Arn = "arn:aws:ecs:us-east-1:111122223333:cluster/shop";

  it("has the parameters of its service", () => {
    expect(message({ Arn, EcsParameters: {} })).toBeUndefined();
    expect(message({ Arn: "arn:aws:sqs:us-east-1:111122223333:orders" })).toBeUndefined();
    expect(message({ Arn })).toMatch(/^EcsParameters must be specified/);
    expect(message({ Arn: "arn:aws:kinesis:us-east-1:111122223333:stream/a" })).toMatch(/^KinesisParameters/);
    expect(message({ Arn: "arn:aws:events:us-east-1:111122223333:event-bus/a" })).toMatch(/^EventBridgeParameters/);
  });

  it("is an operation that changes something", () => {
    expect(message({ Arn: "arn:aws:scheduler:::aws-sdk:ecs:updateService" })).toBeUndefined();
    expect(message({ Arn: "arn:aws:scheduler:::aws-sdk:ecs:describeServices" })).toMatch(/not a supported api/);
  });
});

it("keeps the default schedule group", () => {
  const codeOf = (Name: string) => refusalOf("scheduler", "DeleteScheduleGroup", { Name })?.code;
  expect([codeOf("default"), codeOf("nightly")]).toEqual(["ValidationException", undefined]);
});
