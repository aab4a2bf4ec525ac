import { job as schema } from "../../../schema/services/services";
import { job, problems } from "../../fixtures/problems";

const hourly = { kind: "job", schedule: "rate(1 hour)" };

describe("a job", () => {
  it("starts on time in UTC, with three retries within an hour, by default", () => {
    expect(schema.parse(hourly)).toMatchObject({
      timeZone: "UTC",
      maximumRetryAttempts: 3,
      maximumEventAgeSeconds: 3600,
      enabled: true,
    });
    expect(schema.parse(hourly).flexibleTimeWindowMinutes).toBeUndefined();
  });

  it.each<[string, object]>([
    ["a rate", { schedule: "rate(5 minutes)" }],
    ["a moment of the week in a zone", { schedule: "cron(0 8 ? * MON-FRI *)", timeZone: "Europe/Berlin" }],
    ["a quarter of an hour to begin", { flexibleTimeWindowMinutes: 15 }],
    ["a day to begin", { flexibleTimeWindowMinutes: 1440 }],
    ["one try", { maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 }],
    ["as many tries as AWS makes", { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86400 }],
    ["a pause", { enabled: false }],
  ])("may have %s", (_, fields) => {
    expect(problems(job(fields))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    [
      "no schedule",
      { schedule: undefined },
      /cleaner.schedule: is missing; write one such as "cron\(0 3 \* \* \? \*\)"/,
    ],
    [
      "a schedule of Unix",
      { schedule: "0 3 * * *" },
      /cleaner.schedule: "0 3 \* \* \*" must be a schedule; write one such as "cron\(0 3 \* \* \? \*\)", .* or "rate\(5 minutes\)"/,
    ],
    [
      "a schedule with two days",
      { schedule: "cron(0 3 * * * *)" },
      /cleaner.schedule: .* must be a schedule; write one such/,
    ],
    [
      "a rate that AWS writes in the plural",
      { schedule: "rate(5 minute)" },
      /cleaner.schedule: .* must be a schedule; write/,
    ],
    [
      "an unknown time zone",
      { timeZone: "Mars/Base" },
      /cleaner.timeZone: "Mars\/Base" must be a time zone; write a name/,
    ],
    ["no time to begin", { flexibleTimeWindowMinutes: 0 }, /flexibleTimeWindowMinutes: 0 must be .* from 1 to 1440/],
    [
      "more than a day to begin",
      { flexibleTimeWindowMinutes: 1441 },
      /flexibleTimeWindowMinutes: 1441 must be .* from 1 to 1440/,
    ],
    ["more tries than AWS makes", { maximumRetryAttempts: 186 }, /maximumRetryAttempts: 186 must be .* from 0 to 185/],
    ["less than a minute to try", { maximumEventAgeSeconds: 59 }, /maximumEventAgeSeconds: 59 .* from 60 to 86400/],
    ["more than a day to try", { maximumEventAgeSeconds: 86401 }, /maximumEventAgeSeconds: 86401 .* from 60 to 86400/],
    ["a pause by name", { enabled: "paused" }, /cleaner.enabled: "paused" must be true or false/],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(job(fields))).toMatch(message);
  });
});
