import { problems, web, worker } from "../../fixtures/problems";

const container = { command: ["node", "check.js"] };
const checked = (fields: object, target: object = {}) =>
  web({ healthCheck: { container: { ...container, ...fields }, target } });

describe("a health check", () => {
  it.each<[string, object, object]>([
    ["often", { intervalSeconds: 5, timeoutSeconds: 2 }, { intervalSeconds: 5, timeoutSeconds: 2 }],
    ["seldom", { intervalSeconds: 300, timeoutSeconds: 60 }, { intervalSeconds: 300, timeoutSeconds: 120 }],
    ["once", { retries: 1, startPeriodSeconds: 0 }, { healthyThreshold: 2, unhealthyThreshold: 2 }],
    ["ten times", { retries: 10, startPeriodSeconds: 300 }, { healthyThreshold: 10, unhealthyThreshold: 10 }],
    ["at a path", {}, { path: "/api/health.json" }],
  ])("may check %s", (_, fields, target) => {
    expect(problems(checked(fields, target))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    ["a program", { command: undefined }, /container.command: is missing; write the program and its arguments/],
    [
      "a list",
      { command: "node check.js" },
      /container.command: "node check.js" must be a list; write the program and its/,
    ],
    ["an interval above 4 s", { intervalSeconds: 4 }, /intervalSeconds: 4 must be .* from 5 to 300/],
    ["an interval below 301 s", { intervalSeconds: 301 }, /intervalSeconds: 301 must be .* from 5 to 300/],
    ["a timeout above 1 s", { timeoutSeconds: 1 }, /timeoutSeconds: 1 must be .* from 2 to 60/],
    ["a timeout below 61 s", { timeoutSeconds: 61 }, /timeoutSeconds: 61 must be .* from 2 to 60/],
    ["at least one try", { retries: 0 }, /retries: 0 must be .* from 1 to 10/],
    ["at most ten tries", { retries: 11 }, /retries: 11 must be .* from 1 to 10/],
    ["at most 300 s to start", { startPeriodSeconds: 301 }, /startPeriodSeconds: 301 must be .* 0 to 300/],
    [
      "a timeout below its interval",
      { timeoutSeconds: 30 },
      /timeoutSeconds: 30 must be below intervalSeconds; write a shorter time/,
    ],
  ])("of the container needs %s", (_, fields, message) => {
    expect(problems(checked(fields))).toMatch(message);
  });

  it.each<[string, object, RegExp]>([
    ["a path", { path: "health" }, /target.path: "health" must be a path; write one such as "\/health"/],
    ["an interval above 4 s", { intervalSeconds: 4 }, /target.intervalSeconds: 4 must be .* from 5 to 300/],
    ["a timeout below 121 s", { intervalSeconds: 300, timeoutSeconds: 121 }, /target.timeoutSeconds: 121 .* 2 to 120/],
    ["at least two successes", { healthyThreshold: 1 }, /target.healthyThreshold: 1 must be .* from 2 to 10/],
    ["at most ten failures", { unhealthyThreshold: 11 }, /target.unhealthyThreshold: 11 must be .* 2 to 10/],
    [
      "a timeout below its interval",
      { timeoutSeconds: 10 },
      /target.timeoutSeconds: 10 must be below intervalSeconds; write a shorter time/,
    ],
  ])("of the load balancer needs %s", (_, target, message) => {
    expect(problems(checked({}, target))).toMatch(message);
  });

  it("may be missing on a worker, but not on a web service", () => {
    expect(problems(worker({}))).toBe("");
    expect(problems(worker({ healthCheck: { container } }))).toBe("");
    expect(problems(web({ healthCheck: undefined }))).toMatch(/orders.healthCheck: is missing/);
  });
});
