import fc from "fast-check";
import { webScaling, workerScaling } from "../../../schema/services/scaling";
import { problems, web, worker } from "../../fixtures/problems";

const limits = { minimum: 1, maximum: 4 };
const scaled = (fields: object) => web({ scaling: { ...limits, ...fields } });
const night = { schedule: "cron(0 20 * * ? *)", minimum: 0, maximum: 0 };

describe("scaling", () => {
  it("has cooldowns of one minute for scale-out and five for scale-in by default", () => {
    expect(webScaling.parse({ ...limits, cpuPercent: 60 })).toEqual({
      ...limits,
      cpuPercent: 60,
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 300,
      schedules: {},
    });
  });

  it("by steps adds a task at 70 percent of CPU and removes one below 50, over five minutes, by default", () => {
    expect(webScaling.parse({ ...limits, steps: {} }).steps).toEqual({
      addAtCpuPercent: 70,
      removeBelowCpuPercent: 50,
      minutes: 5,
    });
  });

  it("by schedule uses UTC by default", () => {
    const { schedules } = webScaling.parse({ ...limits, schedules: { night } });
    expect(schedules).toEqual({ night: { ...night, timeZone: "UTC" } });
  });

  it.each<[string, object]>([
    ["CPU and memory", { cpuPercent: 1, memoryPercent: 100 }],
    ["steps and memory", { steps: { addAtCpuPercent: 80, removeBelowCpuPercent: 79, minutes: 60 }, memoryPercent: 50 }],
    ["schedules only", { schedules: { night, day: { ...night, timeZone: "Europe/Berlin", maximum: 2 } } }],
    ["cooldowns of 0 seconds", { cpuPercent: 50, scaleOutCooldownSeconds: 0, scaleInCooldownSeconds: 0 }],
    ["cooldowns of 3600 seconds", { cpuPercent: 50, scaleOutCooldownSeconds: 3600, scaleInCooldownSeconds: 3600 }],
    ["a minimum equal to the maximum", { cpuPercent: 50, minimum: 4 }],
    ["a minimum of 0 with a schedule", { minimum: 0, schedules: { night } }],
  ])("may scale by %s", (_, fields) => {
    expect(problems(scaled(fields))).toBe("");
  });

  it("of a worker may have a minimum of 0 tasks", () => {
    const scaling = { minimum: 0, maximum: 5, backlogPerTask: 100 };
    expect(problems({ data: { queues: { mails: {} } }, ...worker({ queue: "mails", scaling }) })).toBe("");
  });

  it.each<[string, object, RegExp]>([
    [
      "a minimum above the maximum",
      { minimum: 5, cpuPercent: 50 },
      /orders.scaling.minimum: 5 must not be above maximum; write no more than maximum/,
    ],
    [
      "no metric and no schedule",
      {},
      /orders.scaling: .* must have a metric or a schedule; write cpuPercent, memoryPercent, steps or schedules, or/,
    ],
    [
      "a minimum of 0 without a schedule",
      { minimum: 0, cpuPercent: 50 },
      /orders.scaling.minimum: 0 must not be 0, as no metric scales out from 0 tasks; write 1 or more, or schedules/,
    ],
    [
      "no maximum",
      { maximum: undefined, cpuPercent: 50 },
      /scaling.maximum: is missing; must be a whole number from 0 to 5000/,
    ],
    [
      "no minimum",
      { minimum: undefined, cpuPercent: 50 },
      /scaling.minimum: is missing; must be a whole number from 0 to 5000/,
    ],
    ["maximum 5001", { maximum: 5001, cpuPercent: 50 }, /maximum: 5001 must be .* 0 to 5000/],
    ["cpuPercent 0", { cpuPercent: 0 }, /cpuPercent: 0 must be a whole number from 1 to 100/],
    ["memoryPercent 101", { memoryPercent: 101 }, /memoryPercent: 101 must be .* from 1 to 100/],
    [
      "cpuPercent and steps",
      { cpuPercent: 50, steps: {} },
      /scaling.steps: \{\} must not be combined with cpuPercent; write one of the two/,
    ],
    [
      "removeBelowCpuPercent equal to addAtCpuPercent",
      { steps: { addAtCpuPercent: 50 } },
      /steps.removeBelowCpuPercent: .* must be below addAtCpuPercent, so that the number of tasks does not oscillate; write less/,
    ],
    ["steps of 0 minutes", { steps: { minutes: 0 } }, /steps.minutes: 0 must be a whole number from 1 to 60/],
    [
      "scaleInCooldownSeconds 3601",
      { cpuPercent: 50, scaleInCooldownSeconds: 3601 },
      /scaleInCooldownSeconds: 3601 .* 0 to 3600/,
    ],
    [
      "a rate as schedule",
      { schedules: { night: { ...night, schedule: "rate(1 hour)" } } },
      /schedules.night.schedule: "rate\(1 hour\)" must be a cron expression of AWS; write six fields/,
    ],
    [
      "an unknown time zone",
      { schedules: { night: { ...night, timeZone: "Berlin" } } },
      /schedules.night.timeZone: "Berlin" must be a time zone; write a name of the IANA database, such as "Europe\/Berlin"/,
    ],
    [
      "a schedule's minimum above its maximum",
      { schedules: { night: { ...night, minimum: 1 } } },
      /schedules.night.minimum: 1 must not be above maximum; write no more than maximum/,
    ],
    [
      "an upper-case name of a schedule",
      { schedules: { Night: night } },
      /scaling.schedules.Night: "Night" must be a name; write lower-case/,
    ],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(scaled(fields))).toMatch(message);
  });
});

const percent = fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined });
const count = fc.integer({ min: 0, max: 20 });
const written = fc.record({
  minimum: count,
  maximum: count,
  cpuPercent: percent,
  memoryPercent: percent,
  steps: fc.option(fc.constant({}), { nil: undefined }),
  backlogPerTask: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
  schedules: fc.constantFrom({}, { night }),
});

describe("any scaling that is accepted", () => {
  it("has ordered limits, a metric, one CPU metric at most, and a metric that starts the first task", () => {
    fc.assert(
      fc.property(written, (scaling) => {
        const { minimum, maximum, cpuPercent, memoryPercent, steps, backlogPerTask, schedules } = scaling;
        const byClock = "night" in schedules;
        const metrics = [cpuPercent, memoryPercent, steps, backlogPerTask].filter((metric) => metric !== undefined);
        const good =
          minimum <= maximum &&
          (metrics.length > 0 || byClock) &&
          (cpuPercent === undefined || steps === undefined) &&
          (minimum > 0 || backlogPerTask !== undefined || byClock);
        expect(workerScaling.safeParse(scaling).success).toBe(good);
      }),
      { numRuns: 500 },
    );
  });
});
