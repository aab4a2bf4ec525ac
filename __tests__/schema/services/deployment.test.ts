import { webDeployment, workerDeployment } from "../../../schema/services/deployment";
import { problems, web, worker } from "../../fixtures/problems";
import { ingresses } from "../../fixtures/stage";

const rolling = {
  waitForSteadyState: false,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  availabilityZoneRebalancing: false,
};
const shifting = {
  waitForSteadyState: false,
  healthCheckGracePeriodSeconds: 60,
  bakeTimeMinutes: 10,
  testHeader: { name: "X-Deployment", value: "next" },
};
const deployed = (deployment: object) => ({ ingress: ingresses.alb, ...web({ deployment }) });

describe("a deployment", () => {
  it.each<[string, object]>([
    ["rolling", { ...rolling, healthCheckGracePeriodSeconds: 60 }],
    ["blue-green", shifting],
    ["canary", { ...shifting, canaryPercent: 5, canaryBakeTimeMinutes: 10 }],
    ["linear", { ...shifting, stepPercent: 10, stepBakeTimeMinutes: 6 }],
  ])("with strategy %s has the defaults of ECS", (strategy, defaults) => {
    expect(webDeployment.parse({ strategy })).toEqual({ strategy, ...defaults });
    expect(problems(deployed({ strategy }))).toBe("");
  });

  it("of a worker is rolling, without fields for a load balancer", () => {
    expect(workerDeployment.parse({ strategy: "rolling" })).toEqual({ strategy: "rolling", ...rolling });
    expect(problems(worker({ deployment: { strategy: "rolling", availabilityZoneRebalancing: true } }))).toBe("");
  });

  it("that rolls back on errors does so at 5 percent of 20 requests", () => {
    const { rollbackOnErrors } = webDeployment.parse({ strategy: "canary", rollbackOnErrors: {} });
    expect(rollbackOnErrors).toEqual({ percent: 5, minimumRequests: 20 });
  });

  it.each<[string, object]>([
    [
      "minimumHealthyPercent 0 and maximumPercent 100",
      { strategy: "rolling", minimumHealthyPercent: 0, maximumPercent: 100 },
    ],
    [
      "availabilityZoneRebalancing",
      { strategy: "rolling", minimumHealthyPercent: 50, maximumPercent: 101, availabilityZoneRebalancing: true },
    ],
    [
      "waitForSteadyState and bakeTimeMinutes 0",
      { strategy: "blue-green", waitForSteadyState: true, bakeTimeMinutes: 0 },
    ],
    [
      "testHeader and bakeTimeMinutes 1440",
      { strategy: "blue-green", testHeader: { name: "X-Test", value: "1" }, bakeTimeMinutes: 1440 },
    ],
    ["canaryPercent 99", { strategy: "canary", canaryPercent: 99, canaryBakeTimeMinutes: 1440 }],
    ["stepPercent 100", { strategy: "linear", stepPercent: 100, stepBakeTimeMinutes: 0 }],
    ["stepPercent 3", { strategy: "linear", stepPercent: 3, stepBakeTimeMinutes: 1440 }],
    [
      "rollbackOnErrors with percent 1 and minimumRequests 1",
      { strategy: "rolling", rollbackOnErrors: { percent: 1, minimumRequests: 1 } },
    ],
  ])("may have %s", (_, deployment) => {
    expect(problems(deployed(deployment))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    [
      'with strategy "recreate"',
      { strategy: "recreate" },
      /deployment.strategy: "recreate" must be one of "rolling", "blue-green", "canary", "linear"/,
    ],
    [
      "without strategy",
      {},
      /deployment.strategy: is missing; must be one of "rolling", "blue-green", "canary", "linear"/,
    ],
    [
      "with minimumHealthyPercent and maximumPercent 100",
      { strategy: "rolling", minimumHealthyPercent: 100, maximumPercent: 100 },
      /minimumHealthyPercent: 100 must be below maximumPercent, so that ECS can replace a task; write less/,
    ],
    ["with maximumPercent 99", { strategy: "rolling", maximumPercent: 99 }, /maximumPercent: 99 must be .* 100 to 200/],
    ["with maximumPercent 201", { strategy: "rolling", maximumPercent: 201 }, /maximumPercent: 201 must be .* to 200/],
    [
      "with availabilityZoneRebalancing and maximumPercent 100",
      { strategy: "rolling", minimumHealthyPercent: 0, maximumPercent: 100, availabilityZoneRebalancing: true },
      /availabilityZoneRebalancing: true starts a task before it stops one; write maximumPercent above 100/,
    ],
    [
      "with bakeTimeMinutes 1441",
      { strategy: "blue-green", bakeTimeMinutes: 1441 },
      /bakeTimeMinutes: 1441 .* from 0 to 1440/,
    ],
    ["with canaryPercent 0", { strategy: "canary", canaryPercent: 0 }, /canaryPercent: 0 must be .* from 1 to 99/],
    ["with canaryPercent 100", { strategy: "canary", canaryPercent: 100 }, /canaryPercent: 100 .* from 1 to 99/],
    [
      "with canaryBakeTimeMinutes 1441",
      { strategy: "canary", canaryBakeTimeMinutes: 1441 },
      /canaryBakeTimeMinutes: 1441 .* to 1440/,
    ],
    ["with stepPercent 2", { strategy: "linear", stepPercent: 2 }, /stepPercent: 2 must be .* from 3 to 100/],
    [
      "with stepBakeTimeMinutes 1441",
      { strategy: "linear", stepBakeTimeMinutes: 1441 },
      /stepBakeTimeMinutes: 1441 .* from 0 to 1440/,
    ],
    [
      'with stepPercent and strategy "canary"',
      { strategy: "canary", stepPercent: 10 },
      /deployment.stepPercent: 10 is not a field of a stage file/,
    ],
    [
      'with maximumPercent and strategy "linear"',
      { strategy: "linear", maximumPercent: 200 },
      /deployment.maximumPercent: 200 is not a field of a stage file; remove it/,
    ],
    [
      'with bakeTimeMinutes and strategy "rolling"',
      { strategy: "rolling", bakeTimeMinutes: 5 },
      /deployment.bakeTimeMinutes: 5 is not a field of a stage file/,
    ],
    [
      "with a space in the name of testHeader",
      { strategy: "canary", testHeader: { name: "X Test" } },
      /testHeader.name: "X Test" must be the name of a header; write one such as "X-Tenant"/,
    ],
    [
      "with a testHeader value of 129 characters",
      { strategy: "canary", testHeader: { value: "a".repeat(129) } },
      /testHeader.value: "a+.* is too long for a listener rule; write at most 128 characters/,
    ],
    [
      "with rollbackOnErrors of 0 percent",
      { strategy: "rolling", rollbackOnErrors: { percent: 0 } },
      /rollbackOnErrors.percent: 0 must be .* from 1 to 100/,
    ],
    [
      "with rollbackOnErrors of 0 minimumRequests",
      { strategy: "rolling", rollbackOnErrors: { minimumRequests: 0 } },
      /rollbackOnErrors.minimumRequests: 0 must be .* from 1 to 1000000/,
    ],
    [
      "with healthCheckGracePeriodSeconds -1",
      { strategy: "rolling", healthCheckGracePeriodSeconds: -1 },
      /healthCheckGracePeriodSeconds: -1 .* from 0 to/,
    ],
    [
      "with a number as waitForSteadyState",
      { strategy: "rolling", waitForSteadyState: 1 },
      /waitForSteadyState: 1 must be true or false/,
    ],
  ])("is refused %s", (_, deployment, message) => {
    expect(problems(deployed(deployment))).toMatch(message);
  });
});
