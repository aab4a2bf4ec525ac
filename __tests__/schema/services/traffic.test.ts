import { problems, web, worker } from "../../fixtures/problems";
import { ingresses } from "../../fixtures/stage";

const limits = { minimum: 1, maximum: 4 };
const withoutAlb = ["rest-api via nlb", "nlb"] as const;
const withAlb = ["rest-api via nlb-alb", "rest-api via alb", "http-api", "alb"] as const;

describe("features that need an ALB", () => {
  const asked: [string, object, RegExp][] = [
    [
      "requests to scale by",
      { scaling: { ...limits, requestsPerTarget: 100 } },
      /orders.scaling.requestsPerTarget: 100 needs an ALB, which this ingress does not have; choose "alb", "http-api", or "rest-api"/,
    ],
    [
      "blue/green",
      { deployment: { strategy: "blue-green" } },
      /deployment.strategy: "blue-green" needs an ALB, which this ingress does not have; choose "alb", "http-api", or "rest-api"/,
    ],
    [
      "a canary",
      { deployment: { strategy: "canary" } },
      /strategy: "canary" needs an ALB, which this ingress does not have; choose "alb", "http-api", or "rest-api"/,
    ],
    [
      "steps",
      { deployment: { strategy: "linear" } },
      /strategy: "linear" needs an ALB, which this ingress does not have; choose "alb", "http-api", or "rest-api"/,
    ],
    [
      "errors to go back on",
      { deployment: { strategy: "rolling", rollbackOnErrors: {} } },
      /deployment.rollbackOnErrors: \{\} needs an ALB, which this ingress does not have; choose "alb", "http-api", or "rest-api"/,
    ],
  ];

  it.each(withoutAlb.flatMap((kind) => asked.map(([what, fields, message]) => [what, kind, fields, message] as const)))(
    "cannot be %s behind %s",
    (_, kind, fields, message) => {
      expect(problems({ ingress: ingresses[kind], ...web(fields) })).toMatch(message);
    },
  );

  it.each(withAlb.flatMap((kind) => asked.map(([what, fields]) => [what, kind, fields] as const)))(
    "may be %s behind %s",
    (_, kind, fields) => {
      expect(problems({ ingress: ingresses[kind], ...web(fields) })).toBe("");
    },
  );
});

describe("a deployment that shifts requests", () => {
  const trafficShifting = (fields: object) => ({
    ingress: ingresses.alb,
    ...web({ deployment: { strategy: "blue-green" }, ...fields }),
  });

  it("refuses a route on which an ALB signs users in", () => {
    const signing = { ...ingresses.alb, authorization: { userPool: { source: "create" } } };
    expect(problems({ ...trafficShifting({}), ingress: signing })).toMatch(
      /deployment.strategy: "blue-green" does not support a listener rule that signs users in; write public: true, or "rolling"/,
    );
    expect(problems({ ...trafficShifting({ routes: [{ route: "/*", public: true }] }), ingress: signing })).toBe("");
  });

  it("supports one route", () => {
    expect(problems(trafficShifting({ routes: ["GET /a", "GET /b"] }))).toMatch(
      /deployment.strategy: "blue-green" supports one route, not "GET \/a", "GET \/b"; write one route, or strategy: "rolling"/,
    );
  });

  it("does not support requestsPerTarget, as there are two target groups", () => {
    expect(problems(trafficShifting({ scaling: { ...limits, requestsPerTarget: 10 } }))).toMatch(
      /scaling.requestsPerTarget: 10 covers only one of the two target groups of a blue-green deployment; write cpuPercent/,
    );
    expect(problems(trafficShifting({ scaling: { ...limits, cpuPercent: 50 } }))).toBe("");
  });
});

describe("the backlog of a worker", () => {
  const scaling = { ...limits, backlogPerTask: 10 };
  const fed = (fields: object) => ({
    data: { queues: { mails: {} } },
    ...worker({ queue: "mails", scaling, ...fields }),
  });

  it.each(["enabled", "enhanced", undefined])("is counted with Container Insights %s", (containerInsights) => {
    expect(problems({ containerInsights, ...fed({}) })).toBe("");
  });

  it("is that of a queue", () => {
    expect(problems(fed({ queue: undefined }))).toMatch(
      /mailer.scaling.backlogPerTask: 10 needs a queue; write the worker's `queue`/,
    );
  });

  it("is refused without Container Insights", () => {
    expect(problems({ containerInsights: "disabled", ...fed({}) })).toMatch(
      /backlogPerTask: 10 needs the number of running tasks; write containerInsights: "enabled"/,
    );
  });

  it("is at least one message per task", () => {
    expect(problems(fed({ scaling: { ...limits, backlogPerTask: 0 } }))).toMatch(
      /backlogPerTask: 0 .* from 1 to 1000000/,
    );
  });
});

describe("the number of tasks", () => {
  it.each([
    [
      "a web service",
      web({ desiredCount: 2, scaling: { ...limits, cpuPercent: 50 } }),
      /orders.desiredCount: 2 is changed/,
    ],
    [
      "a worker",
      worker({ desiredCount: 2, scaling: { ...limits, cpuPercent: 50 } }),
      /mailer.desiredCount: 2 is changed/,
    ],
  ])("has one source: %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });
});
